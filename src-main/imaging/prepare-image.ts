import { createHash } from 'node:crypto';
import type { InstanceFile } from '../../src-shared/domain/study.ts';
import { readInstance } from '../dicom/read-instance.ts';
import { encodeGreyPng } from './encode-png.ts';
import { renderImage } from './render-image.ts';
import type { RenderedImage } from './render-image.ts';

/** A single image to prepare. */
export interface ImageToPrepare {
  /** As inspected; it must still be the same. */
  readonly file: InstanceFile;
  /** From 1, as DICOM counts. */
  readonly frameNumber: number;
}

/** A single image as it is shown and sent. */
export interface PreparedImage extends Pick<RenderedImage, 'voi' | 'spacing' | 'affine'> {
  readonly sopInstanceUid: string;
  readonly frameNumber: number;
  /** Grey PNG of columns x rows native pixels. */
  readonly png: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the PNG, hex. */
  readonly sha256: string;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Turns a frame of a radiograph, mammogram, MR or other grey image into its picture; runs in a worker.
 *
 * @param image - Which.
 * @throws {AppError} 'file-unreadable', 'file-changed', or as renderImage.
 */
export async function prepareImage({ file, frameNumber }: ImageToPrepare): Promise<PreparedImage> {
  const { picture, voi, spacing, affine } = await renderImage(await readInstance(file.path, file), frameNumber);
  const { grey, columns, rows } = picture;
  const png = await encodeGreyPng(grey, columns, rows);
  return {
    sopInstanceUid: file.header.sopInstanceUid, frameNumber, png, sha256: createHash('sha256').update(png).digest('hex'),
    columns, rows, voi, spacing, affine,
  };
}
