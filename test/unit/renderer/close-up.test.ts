import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeUpField } from '../../../src-renderer/viewer/close-up.ts';

const image = { rows: 512, columns: 512, pixelSpacing: [0.7, 0.7] } as const;
const viewport = { width: 940, height: 700 };
const nodule = { point: [256, 240], lengthMm: 6 } as const;

describe('closeUpField', () => {
  it('shows 110 mm along the shorter edge with the place in the middle', () => {
    expect(closeUpField({ closeUp: nodule, image, viewport, ownHeightMm: null })).toEqual({ middle: [256, 240], heightMm: 110 });
    expect(closeUpField({ closeUp: nodule, image, viewport: { width: 500, height: 1000 }, ownHeightMm: null }).heightMm).toBe(220);
  });

  it.each([[43.9, 110], [44, 110], [60, 150]])('shows of something of %f mm %f mm', (lengthMm, heightMm) => {
    expect(closeUpField({ closeUp: { ...nodule, lengthMm }, image, viewport, ownHeightMm: null }).heightMm).toBeCloseTo(heightMm, 9);
  });

  it.each([[109, 109], [110, 110], [111, 110], [360, 110]])('makes of the reader\'s own %f mm %f mm', (ownHeightMm, heightMm) => {
    expect(closeUpField({ closeUp: nodule, image, viewport, ownHeightMm }).heightMm).toBe(heightMm);
  });

  it('shows nothing beyond the picture at its edges, and moves no further than that takes', () => {
    const place = fc.double({ min: -0.5, max: 511.5, noNaN: true });
    const edge = fc.integer({ min: 200, max: 1200 });
    fc.assert(fc.property(place, place, edge, edge, (column, row, width, height) => {
      fc.pre(width < 3 * height && height < 3 * width);
      const { middle, heightMm } = closeUpField({ closeUp: { point: [column, row], lengthMm: 6 }, image, viewport: { width, height }, ownHeightMm: null });
      const half = [heightMm * (width / height) / 0.7 / 2, heightMm / 0.7 / 2] as const;
      for (const [axis, at] of [column, row].entries()) {
        const [shown = NaN, reach = NaN] = [middle[axis], half[axis]];
        expect(shown - reach).toBeGreaterThanOrEqual(-0.5 - 1e-9);
        expect(shown + reach).toBeLessThanOrEqual(511.5 + 1e-9);
        // The place is in the middle, or the picture's edge is the viewport's.
        expect(Math.min(Math.abs(shown - at), Math.abs(shown - reach + 0.5), Math.abs(shown + reach - 511.5))).toBeLessThan(1e-6);
        expect(Math.abs(shown - at)).toBeLessThanOrEqual(reach + 1e-6);
      }
    }));
  });

  it('puts a picture into the middle that is smaller than what is shown', () => {
    const small = { rows: 100, columns: 512, pixelSpacing: [1, 0.5] } as const;
    expect(closeUpField({ closeUp: { point: [10, 10], lengthMm: 6 }, image: small, viewport, ownHeightMm: null }).middle).toEqual([expect.closeTo((110 * 940) / 700 / 0.5 / 2 - 0.5, 6), 49.5]);
  });
});
