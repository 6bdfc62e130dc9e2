import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelToPatient } from '../../../../src-shared/domain/image-affine.ts';
import { projectSlab } from '../../../../src-main/imaging/pictures/slab.ts';
import { makeTile, scaledPicture } from '../../../../src-main/imaging/pictures/tile.ts';
import { linearWindow, lungWindow } from '../../../../src-main/imaging/pictures/voi.ts';
import { slope, writtenBlock } from '../lungs/block-phantom.ts';

const picture = projectSlab(writtenBlock(slope, { lie: 'oblique' }), { centreMm: 5, thicknessMm: 5, mode: 'mean' });

describe('makeTile', () => {
  it('keeps native pixels and the affine unless a scale is asked for', () => {
    const tile = makeTile(picture, { window: lungWindow });
    expect(tile).toMatchObject({ columns: picture.columns, rows: picture.rows, affine: picture.affine, scale: 1, thicknessMm: 5 });
    expect(tile.grey).toEqual(linearWindow(picture.pixels, lungWindow));
  });

  it('says in its affine what a scale did', () => {
    const tile = makeTile(picture, { window: lungWindow, scale: 3 });
    expect(tile).toMatchObject({ columns: picture.columns * 3, rows: picture.rows * 3, scale: 3 });
    for (const corner of [-0.5, 0.5] as const) {
      const own = pixelToPatient(tile.affine, (tile.columns - 1) / 2 + corner * tile.columns, (tile.rows - 1) / 2 + corner * tile.rows);
      const native = pixelToPatient(picture.affine, (picture.columns - 1) / 2 + corner * picture.columns, (picture.rows - 1) / 2 + corner * picture.rows);
      for (const axis of [0, 1, 2] as const) expect(own[axis]).toBeCloseTo(native[axis], 6);
    }
  });
});

describe('scaledPicture', () => {
  it('keeps every value where the affine says, enlarged or shrunk', () => {
    fc.assert(fc.property(fc.double({ min: 0.3, max: 4, noNaN: true }), (scale) => {
      const scaled = scaledPicture(picture, scale);
      const { columns, rows, affine } = scaled;
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          // The outermost samples lie beyond the outermost centres, where there is nothing to interpolate with.
          const x = ((column + 0.5) * picture.columns) / columns - 0.5;
          const y = ((row + 0.5) * picture.rows) / rows - 0.5;
          const half = Math.max(0, 0.5 / scale - 0.5) + 0.6;
          if (x < half || y < half || x > picture.columns - 1 - half || y > picture.rows - 1 - half) continue;
          expect(Math.abs((scaled.pixels[row * columns + column] ?? 0) - slope(pixelToPatient(affine, column, row)))).toBeLessThanOrEqual(1.5);
        }
      }
    }), { numRuns: 40 });
  });

  it.each([0, -1, NaN, Infinity, 0.01])('refuses the scale %d', (scale) => {
    expect(() => scaledPicture(picture, scale)).toThrow(RangeError);
  });
});
