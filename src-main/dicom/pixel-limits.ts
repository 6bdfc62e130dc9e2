import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { AppError } from '../../src-shared/domain/errors.ts';

/** Largest file that LungDesk reads, bytes. */
export const maxFileBytes = 1024 * 1024 * 1024;
/** Largest decoded frame: a 6000 x 5000 mammogram has 60 MB, a CT slice 0.5 to 8 MB. */
export const maxFrameBytes = 128 * 1024 * 1024;
/** Largest decoded instance over all its frames. */
export const maxInstanceBytes = 2 * 1024 * 1024 * 1024;

/** The attributes that say how many bytes a frame takes. */
export type PixelShape = Pick<
  InstanceHeader,
  'rows' | 'columns' | 'numberOfFrames' | 'samplesPerPixel' | 'bitsAllocated' | 'photometricInterpretation'
>;

/**
 * Size of one decoded frame as the header announces it.
 *
 * @param shape - From the header.
 * @param subsampled - Whether 4:2:2 chroma is stored as such (native YBR_FULL_422 only).
 * @returns Bits, because bitmaps pack eight pixels into a byte.
 */
export function frameBits(shape: PixelShape, subsampled: boolean): number {
  const samples = subsampled && shape.photometricInterpretation.endsWith('_422') ? 2 : shape.samplesPerPixel;
  return shape.rows * shape.columns * samples * shape.bitsAllocated;
}

/**
 * Refuses images that announce more than LungDesk takes, before anything is allocated for them.
 *
 * @param shape - From the header.
 * @throws {AppError} 'image-too-large'; 'dicom-malformed' when rows, columns or bits make no image.
 */
export function checkPixelShape(shape: PixelShape): void {
  const { rows, columns, bitsAllocated, samplesPerPixel } = shape;
  if (rows < 1 || columns < 1 || ![1, 8, 16, 32, 64].includes(bitsAllocated) || samplesPerPixel < 1 || samplesPerPixel > 4) {
    throw new AppError('dicom-malformed', 'rows, columns, samples or bits of the image make no sense');
  }
  const frameBytes = frameBits(shape, false) / 8;
  if (frameBytes > maxFrameBytes || frameBytes * shape.numberOfFrames > maxInstanceBytes) {
    throw new AppError('image-too-large', 'the header announces more pixels than LungDesk accepts');
  }
}
