import type { InstanceFile } from '../../../src-shared/domain/study.ts';
import { readInstance } from '../../dicom/read-instance.ts';
import { sha256Of } from '../../platform/sha256.ts';
import { encodePicture } from './encode-picture.ts';
import type { EncodedPicture, PictureFormat } from './encode-picture.ts';
import { renderImage } from './render-image.ts';
import type { RenderedImage } from './render-image.ts';

/** A single image to write as a picture. */
export interface ImageToPicture {
  /** As inspected; it must still be the same. */
  readonly file: InstanceFile;
  /** From 1, as DICOM counts. */
  readonly frameNumber: number;
  readonly format: PictureFormat;
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
 */
export async function imagePicture({ file, frameNumber, format }: ImageToPicture): Promise<ImagePicture> {
  const { picture, spacing, affine } = await renderImage(await readInstance(file.path, file), frameNumber);
  const { bytes } = await encodePicture(picture, format);
  return { columns: picture.columns, rows: picture.rows, spacing, affine, bytes, sha256: sha256Of(bytes) };
}
