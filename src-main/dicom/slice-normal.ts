import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';

/**
 * Normal of a slice, turned so that it points to the head.
 *
 * @param header - Of the slice.
 * @returns Unit vector, LPS; null when the orientation is absent or its directions are not perpendicular unit vectors.
 * @see DICOM PS3.3 C.7.6.2.1.1
 */
export function sliceNormal(header: InstanceHeader): PatientPoint | null {
  if (header.imageOrientationPatient === null) return null;
  const [rowX, rowY, rowZ, columnX, columnY, columnZ] = header.imageOrientationPatient;
  const normal: PatientPoint = [rowY * columnZ - rowZ * columnY, rowZ * columnX - rowX * columnZ, rowX * columnY - rowY * columnX];
  const length = Math.hypot(...normal);
  const areUnits = Math.abs(Math.hypot(rowX, rowY, rowZ) - 1) < 0.01 && Math.abs(Math.hypot(columnX, columnY, columnZ) - 1) < 0.01;
  if (!areUnits || Math.abs(length - 1) > 0.01) return null;
  const sign = normal[2] < 0 ? -1 / length : 1 / length;
  return [normal[0] * sign, normal[1] * sign, normal[2] * sign];
}

/**
 * Distance along a normal at which a slice lies.
 *
 * @param header - Of the slice.
 * @param normal - Unit vector.
 * @returns mm; null without a position.
 */
export function positionAlong(header: InstanceHeader, normal: PatientPoint): number | null {
  const position = header.imagePositionPatient;
  return position === null ? null : position[0] * normal[0] + position[1] * normal[1] + position[2] * normal[2];
}
