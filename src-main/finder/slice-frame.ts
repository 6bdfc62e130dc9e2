import type { VolumeSlice } from '../imaging/ct-volume.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';

/**
 * Normal of the slices, towards the head.
 *
 * @param slices - At least one.
 * @returns A unit vector, LPS.
 */
export function sliceNormal(slices: readonly VolumeSlice[]): PatientPoint {
  const affine = slices[0]?.affine;
  if (affine === undefined) throw new RangeError('the volume has no slices');
  const { columnStep: a, rowStep: b } = affine;
  const normal: PatientPoint = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const length = Math.hypot(...normal) * (normal[2] < 0 ? -1 : 1);
  return [normal[0] / length, normal[1] / length, normal[2] / length];
}
