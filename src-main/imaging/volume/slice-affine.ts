import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { InstanceHeader } from '../../../src-shared/domain/study.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';

/**
 * Affine from a slice's pixel centres to the patient.
 *
 * The first three values of Image Orientation are the direction of a row, along which the column index grows; their step is
 * the second value of Pixel Spacing.
 *
 * @param header - Of the slice.
 * @throws {AppError} 'geometry-missing' without position, orientation or spacing.
 * @see DICOM PS3.3 C.7.6.2.1.1, 10.7.1.3
 */
export function sliceAffine(header: InstanceHeader): ImageAffine {
  const { imagePositionPatient: origin, imageOrientationPatient: orientation, pixelSpacing } = header;
  if (origin === null || orientation === null || pixelSpacing === null || !(pixelSpacing[0] > 0 && pixelSpacing[1] > 0)) {
    throw new AppError('geometry-missing', 'the slice has no position, orientation or pixel spacing');
  }
  const [rowSpacing, columnSpacing] = pixelSpacing;
  const [rowX, rowY, rowZ, columnX, columnY, columnZ] = orientation;
  return {
    origin,
    columnStep: scaled([rowX, rowY, rowZ], columnSpacing),
    rowStep: scaled([columnX, columnY, columnZ], rowSpacing),
  };
}

function scaled(direction: PatientPoint, length: number): PatientPoint {
  return [direction[0] * length, direction[1] * length, direction[2] * length];
}
