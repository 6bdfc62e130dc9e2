import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eigenvalues } from '../../../../src-main/finder/find/curvature.ts';

const entry = fc.double({ min: -500, max: 500, noNaN: true });

describe('eigenvalues', () => {
  it('are ordered and have the trace, the sum of squares and the determinant of the matrix', () => {
    fc.assert(fc.property(entry, entry, entry, entry, entry, entry, (xx, yy, zz, xy, xz, yz) => {
      const three = new Float64Array(3);
      eigenvalues(xx, yy, zz, xy, xz, yz, three);
      const [a = NaN, b = NaN, c = NaN] = three;
      const scale = Math.max(1, Math.abs(a), Math.abs(c));
      expect(a).toBeLessThanOrEqual(b + 1e-6 * scale);
      expect(b).toBeLessThanOrEqual(c + 1e-6 * scale);
      expect((a + b + c - xx - yy - zz) / scale).toBeCloseTo(0, 6);
      expect((a * a + b * b + c * c - xx * xx - yy * yy - zz * zz - 2 * (xy * xy + xz * xz + yz * yz)) / scale ** 2).toBeCloseTo(0, 5);
      const determinant = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
      expect((a * b * c - determinant) / scale ** 3).toBeCloseTo(0, 5);
    }));
  });

  it('are all the same for a multiple of the unit matrix', () => {
    const three = new Float64Array(3);
    eigenvalues(-7, -7, -7, 0, 0, 0, three);
    expect([...three]).toEqual([-7, -7, -7]);
  });
});
