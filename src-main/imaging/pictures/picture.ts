import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { CtVolume } from '../volume/ct-volume.ts';

/** A plane of Hounsfield units with its place in the patient: a slice, a slab, a plane cut through a volume. */
export interface HounsfieldPicture {
  /** rows x columns values in HU, row-major. */
  readonly pixels: Int16Array;
  readonly columns: number;
  readonly rows: number;
  /** From pixel centres to the patient; for a slab, to its middle. */
  readonly affine: ImageAffine;
  /** How much of the patient lies behind each pixel, mm. */
  readonly thicknessMm: number;
}

/** A picture as it is shown or sent: grey levels after the window. */
export interface GreyPicture {
  /** rows x columns values, 0 to 255, row-major. */
  readonly grey: Uint8Array;
  readonly columns: number;
  readonly rows: number;
}

/** What pictures are cut from: voxels with their place in the patient. A CtVolume is one, and so is a copied part of it. */
export type VoxelBlock = Pick<CtVolume, 'columns' | 'rows' | 'slices' | 'spacingMm'> & { readonly voxels: Int16Array };

/** A rectangle of pixels. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Affine of a part of a picture.
 *
 * @param affine - Of the whole picture.
 * @param left - Column of the whole that is the part's column 0.
 * @param top - Row of the whole that is the part's row 0.
 */
export function croppedAffine(affine: ImageAffine, left: number, top: number): ImageAffine {
  return { ...affine, origin: pixelToPatient(affine, left, top) };
}

/**
 * Affine of a picture that has another number of pixels over the same field.
 *
 * @param affine - Of the picture as it was.
 * @param from - Its size.
 * @param to - The new size.
 */
export function resizedAffine(affine: ImageAffine, from: Pick<GreyPicture, 'columns' | 'rows'>, to: Pick<GreyPicture, 'columns' | 'rows'>): ImageAffine {
  const [wide, high] = [from.columns / to.columns, from.rows / to.rows];
  const times = ([x, y, z]: PatientPoint, factor: number): PatientPoint => [x * factor, y * factor, z * factor];
  return {
    // The corner of the field stays where it is, the centre of the first pixel does not.
    origin: pixelToPatient(affine, wide / 2 - 0.5, high / 2 - 0.5),
    columnStep: times(affine.columnStep, wide),
    rowStep: times(affine.rowStep, high),
  };
}

/**
 * Affine of a picture as it is shown: at another number of pixels, and turned left to right where it is mirrored.
 *
 * @param affine - Of the picture as it was.
 * @param from - Its size.
 * @param to - The new size.
 * @param mirrored - Whether it is turned.
 */
export function shownAffine(
  affine: ImageAffine, from: Pick<GreyPicture, 'columns' | 'rows'>, to: Pick<GreyPicture, 'columns' | 'rows'>, mirrored: boolean,
): ImageAffine {
  const resized = resizedAffine(affine, from, to);
  const [x, y, z] = resized.columnStep;
  return mirrored ? { ...resized, origin: pixelToPatient(resized, to.columns - 1, 0), columnStep: [-x, -y, -z] } : resized;
}

/**
 * Checks that a box lies inside of a picture.
 *
 * @param box - Whole pixels, not empty.
 * @param picture - Its size.
 * @throws {RangeError} when it does not.
 */
export function checkBox(box: PixelBox, picture: Pick<GreyPicture, 'columns' | 'rows'>): void {
  const { left, top, columns, rows } = box;
  const isWhole = [left, top, columns, rows].every(Number.isInteger);
  const isInside = left >= 0 && top >= 0 && columns > 0 && rows > 0 && left + columns <= picture.columns && top + rows <= picture.rows;
  if (!isWhole || !isInside) throw new RangeError('the box does not lie inside of the picture');
}
