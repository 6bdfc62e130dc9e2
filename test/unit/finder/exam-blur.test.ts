import { describe, expect, it } from 'vitest';
import { estimateBlur } from '../../../src-main/finder/exam-blur.ts';
import { erf } from '../../../src-main/finder/error-function.ts';
import { addMatter, lungPhantom } from '../../helpers/nodule-phantom.ts';

describe('estimateBlur', () => {
  it.each([0.4, 0.55, 0.8])('finds a blur of %f mm on the wall of a cylinder', (sigmaMm) => {
    const volume = lungPhantom({ columns: 96, rows: 96, slices: 16, noiseHu: 10 });
    addMatter(volume, (x, y) => (1 + erf((Math.hypot(x - 33.6, y - 33.6) - 20) / (Math.SQRT2 * sigmaMm))) / 2, 40);
    expect(Math.abs(estimateBlur(volume).inPlaneMm - sigmaMm)).toBeLessThan(0.12);
  });

  it('takes a usual blur where there are no edges, and the slice distance for the thickness', () => {
    expect(estimateBlur(lungPhantom())).toEqual({ inPlaneMm: 0.5, sliceMm: 1.25 });
    expect(estimateBlur(lungPhantom(), 2).sliceMm).toBe(2);
  });
});
