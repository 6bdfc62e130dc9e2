import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';

/** A slice as it is shown and sent: the lung window of its native pixels. */
export interface PreparedSlice {
  readonly sopInstanceUid: string;
  /** Grey PNG of columns x rows native pixels, neither scaled nor stretched. */
  readonly png: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the PNG, hex. */
  readonly sha256: string;
  readonly columns: number;
  readonly rows: number;
  readonly affine: ImageAffine;
  /** x of the body's middle in mm, LPS; null when there is no body on the slice. */
  readonly bodyMidlineMm: number | null;
}

/** The Hounsfield units of a slice. */
export interface HounsfieldSlice {
  /** rows x columns values, row-major, -1024 to 32767. */
  readonly pixels: Int16Array<ArrayBuffer>;
  readonly rows: number;
  readonly columns: number;
}
