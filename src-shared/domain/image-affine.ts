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

/**
 * Pixel position above or below which a point of the patient lies, along the picture's normal.
 *
 * @param affine - Of the picture; its steps need not be at right angles.
 * @param point - Millimetres, LPS.
 * @returns Fractional column and row, pixel centres at whole numbers.
 */
export function patientToPixel({ origin, columnStep, rowStep }: ImageAffine, point: PatientPoint): readonly [column: number, row: number] {
  const offset: PatientPoint = [point[0] - origin[0], point[1] - origin[1], point[2] - origin[2]];
  const cc = dot(columnStep, columnStep);
  const rr = dot(rowStep, rowStep);
  const cr = dot(columnStep, rowStep);
  const column = dot(offset, columnStep);
  const row = dot(offset, rowStep);
  const area = cc * rr - cr * cr;
  return [(column * rr - row * cr) / area, (row * cc - column * cr) / area];
}

function dot(a: PatientPoint, b: PatientPoint): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
