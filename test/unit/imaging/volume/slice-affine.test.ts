import { describe, expect, it } from 'vitest';
import { pixelToPatient } from '../../../../src-shared/domain/image-affine.ts';
import { sliceAffine } from '../../../../src-main/imaging/volume/slice-affine.ts';
import { instanceHeader } from '../../../helpers/instance-header.ts';

describe('sliceAffine', () => {
  it('steps along a row by the second value of Pixel Spacing', () => {
    const affine = sliceAffine(instanceHeader({ imagePositionPatient: [-100, -90, 12.5], pixelSpacing: [0.5, 2] }));
    expect(pixelToPatient(affine, 0, 0)).toEqual([-100, -90, 12.5]);
    expect(pixelToPatient(affine, 10, 0)).toEqual([-80, -90, 12.5]);
    expect(pixelToPatient(affine, 0, 10)).toEqual([-100, -85, 12.5]);
  });

  it('follows a flipped and a tilted orientation', () => {
    const affine = sliceAffine(instanceHeader({ imageOrientationPatient: [-1, 0, 0, 0, 0.8, -0.6], pixelSpacing: [1, 1] }));
    expect(pixelToPatient(affine, 3, 0)[0]).toBe(-3);
    expect(pixelToPatient(affine, 0, 5)).toEqual([0, 4, -3]);
  });

  it.each([
    [{ imagePositionPatient: null }], [{ imageOrientationPatient: null }], [{ pixelSpacing: null }], [{ pixelSpacing: [0, 1] as const }],
  ])('refuses %o', (differing) => {
    expect(() => sliceAffine(instanceHeader(differing))).toThrow(expect.objectContaining({ code: 'geometry-missing' }));
  });
});
