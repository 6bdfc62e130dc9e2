import { AppError } from '../../../src-shared/domain/errors.ts';
import type { FrameDescription } from './frame-description.ts';

/** Image size as the code stream itself says it. */
export interface StreamSize {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  /** Bits per sample, 1..38. */
  readonly precision: number;
}

/**
 * Compares what a code stream says of its image with the header of the instance.
 *
 * A stream may be wider than Bits Stored (writers compress the unused bits too), and narrower when its samples are unsigned;
 * it never fits into fewer bits than it has.
 *
 * @param size - From the code stream.
 * @param frame - From the header.
 * @param tellsSign - Whether the format stores the sign: then it restores it, however narrow the stream is.
 * @throws {AppError} 'pixel-data-corrupt' when they cannot belong together.
 */
export function checkSize(size: StreamSize, frame: FrameDescription, tellsSign: boolean): void {
  if (size.rows !== frame.rows || size.columns !== frame.columns || size.samples !== frame.samplesPerPixel) {
    throw new AppError('pixel-data-corrupt', 'the compressed image is of another size than its header says');
  }
  const losesSign = !tellsSign && frame.pixelRepresentation === 1 && size.precision < frame.bitsStored;
  if (size.precision < 1 || size.precision > frame.bitsAllocated || losesSign) {
    throw new AppError('pixel-data-corrupt', 'the compressed image has another number of bits than its header says');
  }
}

/**
 * Checks what follows the end marker: fragments are padded to an even length with zero, by some writers with more, or with FF.
 *
 * @param encoded - Code stream of one frame.
 * @param end - Offset after its end marker.
 * @throws {AppError} 'pixel-data-corrupt' when more than padding follows.
 */
export function checkPadding(encoded: Uint8Array, end: number): void {
  for (let position = end; position < encoded.length; position += 1) {
    if (encoded[position] !== 0 && encoded[position] !== 0xff) throw corruptStream();
  }
}

/**
 * Makes a view for reading the big-endian numbers of code streams.
 *
 * @param bytes - A whole buffer or a part of one.
 */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Makes the error of a stream that contradicts its format. */
export function corruptStream(): AppError {
  return new AppError('pixel-data-corrupt', 'the compressed pixels are damaged');
}

/** Makes the error of a stream that is not all there. */
export function truncatedStream(): AppError {
  return new AppError('pixel-data-truncated', 'the compressed pixels end before the image does');
}
