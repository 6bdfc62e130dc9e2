import type { PatientPoint } from './units.ts';

/**
 * Affine map from a picture's pixel centres to patient millimetres (LPS).
 *
 * A point is `origin + column * columnStep + row * rowStep`, with column 0, row 0 the centre of the first pixel.
 *
 * @see DICOM PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1
 */
export interface ImageAffine {
  readonly origin: PatientPoint;
  readonly columnStep: PatientPoint;
  readonly rowStep: PatientPoint;
}

/**
 * Maps a pixel position to the patient.
 *
 * @param affine - Of the picture the position is in.
 * @param column - Column, pixel centres at whole numbers; may be fractional.
 * @param row - Row, pixel centres at whole numbers; may be fractional.
 * @returns Millimetres, LPS.
 */
export function pixelToPatient(affine: ImageAffine, column: number, row: number): PatientPoint {
  const { origin, columnStep, rowStep } = affine;
  return [
    origin[0] + column * columnStep[0] + row * rowStep[0],
    origin[1] + column * columnStep[1] + row * rowStep[1],
    origin[2] + column * columnStep[2] + row * rowStep[2],
  ];
}
