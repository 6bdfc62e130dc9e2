import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mirrorGrey, shrinkGrey, sizeWithin } from '../../../../src-main/imaging/pictures/resize-grey.ts';

function pictureOf(columns: number, rows: number, seed: number): { grey: Uint8Array; columns: number; rows: number } {
  return { grey: Uint8Array.from({ length: columns * rows }, (_, at) => (at * 7919 + seed * 31) % 256), columns, rows };
}

const side = fc.integer({ min: 1, max: 40 });
const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('shrinkGrey', () => {
  it('is the mean of whole blocks where they are whole', () => {
    const grey = Uint8Array.from([0, 10, 100, 120, 20, 30, 140, 160]);
    expect([...shrinkGrey({ grey, columns: 4, rows: 2 }, { columns: 2, rows: 1 }).grey]).toEqual([15, 130]);
    expect([...shrinkGrey({ grey: Uint8Array.from([0, 90, 180]), columns: 3, rows: 1 }, { columns: 2, rows: 1 }).grey]).toEqual([30, 150]);
  });

  it('keeps the mean of every picture, within rounding, and levels that are there', () => {
    fc.assert(fc.property(side, side, side, side, fc.nat(99), (columns, rows, narrower, lower, seed) => {
      const picture = pictureOf(columns, rows, seed);
      const small = shrinkGrey(picture, { columns: Math.min(columns, narrower), rows: Math.min(rows, lower) });
      expect(small.grey.length).toBe(small.columns * small.rows);
      expect(Math.abs(mean(small.grey) - mean(picture.grey))).toBeLessThanOrEqual(0.51);
      expect(Math.min(...small.grey)).toBeGreaterThanOrEqual(Math.min(...picture.grey));
      expect(Math.max(...small.grey)).toBeLessThanOrEqual(Math.max(...picture.grey));
    }));
  });

  it('leaves a picture of the same size as it is and makes none larger', () => {
    const picture = pictureOf(9, 7, 1);
    expect(shrinkGrey(picture, picture).grey).toEqual(picture.grey);
    expect(() => shrinkGrey(picture, { columns: 10, rows: 7 })).toThrow(RangeError);
    expect(() => shrinkGrey(picture, { columns: 9, rows: 8 })).toThrow(RangeError);
  });
});

describe('sizeWithin', () => {
  it.each([
    [3000, 2000, 1500, 1500, 1000], [2000, 3000, 1500, 1000, 1500], [500, 400, 1500, 500, 400], [3000, 1, 300, 300, 1], [1500, 1500, 1500, 1500, 1500],
  ])('%d x %d within %d: %d x %d', (columns, rows, longest, wide, high) => {
    expect(sizeWithin({ columns, rows }, longest)).toEqual({ columns: wide, rows: high });
  });
});

describe('mirrorGrey', () => {
  it('turns every row; twice is not at all', () => {
    const picture = pictureOf(5, 3, 2);
    const before = [...picture.grey];
    mirrorGrey(picture);
    expect([...picture.grey.subarray(0, 5)]).toEqual(before.slice(0, 5).toReversed());
    mirrorGrey(picture);
    expect([...picture.grey]).toEqual(before);
  });
});
