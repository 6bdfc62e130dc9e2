import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';

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
