import { AppError } from '../../../src-shared/domain/errors.ts';
import { frameBits } from '../pixel-limits.ts';
import type { FrameDescription } from './frame-description.ts';

/**
 * Takes one frame out of native Pixel Data.
 *
 * @param stored - All frames, as stored.
 * @param index - Of the frame, from 0.
 * @param frame - Its description.
 * @param bigEndianWord - Bytes per word as stored big endian (2 for VR OW, 1 for OB); null when stored little endian.
 * @returns Little endian, possibly a view of the stored bytes; bitmaps and 4:2:2 chroma stay packed as stored.
 * @throws {AppError} 'pixel-data-truncated' when the value ends before the frame does; 'transfer-syntax-unsupported' for
 *   big-endian samples wider than a word, which writers and readers order differently.
 * @see DICOM PS3.5 section 8.1.1 and annex A.3
 */
export function nativeFrame(stored: Uint8Array, index: number, frame: FrameDescription, bigEndianWord: 1 | 2 | null): Uint8Array {
  const bits = frameBits({ ...frame, numberOfFrames: 1 }, true);
  const start = Math.floor((index * bits) / 8);
  const end = Math.ceil(((index + 1) * bits) / 8);
  if (end > stored.length) throw new AppError('pixel-data-truncated', 'the pixel data holds fewer frames than its header says');
  if (bigEndianWord === null) return stored.subarray(start, end);
  if (frame.bitsAllocated > 16) {
    throw new AppError('transfer-syntax-unsupported', 'big-endian pixels of more than 16 bits are not read');
  }
  if (bigEndianWord === 1 && frame.bitsAllocated <= 8) return stored.slice(start, end);
  return swapped(stored, start, end);
}

/** Words are whole at even offsets, whatever the frame's own start is. */
function swapped(stored: Uint8Array, start: number, end: number): Uint8Array {
  const pixels = new Uint8Array(end - start);
  for (let index = start; index < end; index += 1) pixels[index - start] = stored[index ^ 1] ?? 0;
  return pixels;
}
