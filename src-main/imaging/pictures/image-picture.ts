import type { InstanceFile } from '../../../src-shared/domain/study.ts';
import { readInstance } from '../../dicom/read-instance.ts';
import { sha256Of } from '../../platform/sha256.ts';
import { encodePicture } from './encode-picture.ts';
import type { EncodedPicture, PictureFormat } from './encode-picture.ts';
import { shownAffine } from './picture.ts';
import type { GreyPicture } from './picture.ts';
import { renderImage } from './render-image.ts';
import type { RenderedImage } from './render-image.ts';
import { mirrorGrey, shrinkGrey } from './resize-grey.ts';

/** A single image to write as a picture. */
export interface ImageToPicture {
  /** As inspected; it must still be the same. */
  readonly file: InstanceFile;
  /** From 1, as DICOM counts. */
  readonly frameNumber: number;
  readonly format: PictureFormat;
  /** Of the picture, no larger than the image; default: native pixels. */
  readonly size?: Pick<GreyPicture, 'columns' | 'rows'>;
  /** Turned left to right; default: as its writer meant it. */
  readonly mirrored?: boolean;
}

/** A single image as a picture file. */
export interface ImagePicture extends Pick<RenderedImage, 'spacing' | 'affine'> {
  readonly columns: number;
  readonly rows: number;
  readonly bytes: EncodedPicture['bytes'];
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

/**
 * Turns a frame of a radiograph, mammogram, MR or other grey image into a picture file; runs in a worker.
 *
 * @param image - Which, and as what.
 * @throws {AppError} 'file-unreadable', 'file-changed', or as renderImage.
 * @throws {RangeError} for a size larger than the image.
 */
export async function imagePicture({ file, frameNumber, format, size, mirrored = false }: ImageToPicture): Promise<ImagePicture> {
  const { picture: native, spacing, affine } = await renderImage(await readInstance(file.path, file), frameNumber);
  const picture = shrinkGrey(native, size ?? native);
  if (mirrored) mirrorGrey(picture);
  const { bytes } = await encodePicture(picture, format);
  const { columns, rows } = picture;
  return {
    columns, rows, bytes, sha256: sha256Of(bytes),
    spacing: spacing === null ? null : { ...spacing, rowMm: spacing.rowMm * (native.rows / rows), columnMm: spacing.columnMm * (native.columns / columns) },
    affine: affine === null ? null : shownAffine(affine, native, picture, mirrored),
  };
}
