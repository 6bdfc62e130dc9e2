import { AppError } from '../../../src-shared/domain/errors.ts';
import { frameBytes } from './frame-description.ts';
import type { FrameDescription } from './frame-description.ts';

const headerBytes = 64;

/**
 * Decodes a DICOM RLE frame; every segment must fill its byte plane exactly and hold nothing else but padding.
 *
 * @param encoded - RLE header and segments, one segment per byte of a sample, most significant first.
 * @param frame - Its description; whole bytes only.
 * @returns Native little-endian pixels, colour by pixel.
 * @throws {AppError} 'pixel-data-corrupt' when the header does not fit the image or a segment is too short or too long.
 * @see DICOM PS3.5 annex G
 */
export function decodeRle(encoded: Uint8Array, frame: FrameDescription): Uint8Array {
  const bytesPerSample = frame.bitsAllocated / 8;
  const planes = frame.samplesPerPixel * bytesPerSample;
  if (!Number.isInteger(bytesPerSample) || encoded.length < headerBytes) throw corrupt();
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  if (view.getUint32(0, true) !== planes) throw corrupt();
  const pixels = new Uint8Array(frameBytes(frame));
  for (let plane = 0; plane < planes; plane += 1) {
    const start = view.getUint32(4 + plane * 4, true);
    const end = plane + 1 < planes ? view.getUint32(8 + plane * 4, true) : encoded.length;
    if (start < headerBytes || end < start || end > encoded.length) throw corrupt();
    const sample = Math.floor(plane / bytesPerSample);
    const significance = bytesPerSample - 1 - (plane % bytesPerSample);
    const rest = unpackSegment(encoded, start, end, pixels, sample * bytesPerSample + significance, planes);
    checkRest(encoded, rest, end);
  }
  return pixels;
}

/** PackBits into every `step`-th byte from `first` on. Returns the offset behind the packet that filled the plane. */
function unpackSegment(encoded: Uint8Array, start: number, end: number, pixels: Uint8Array, first: number, step: number): number {
  const { length } = pixels;
  let source = start;
  let target = first;
  while (target < length) {
    if (source >= end) throw corrupt();
    const control = encoded[source] ?? 0;
    source += 1;
    if (control < 128) {
      const stop = source + control + 1;
      if (stop > end || target + control * step >= length) throw corrupt();
      for (; source < stop; source += 1, target += step) pixels[target] = encoded[source] ?? 0;
    } else if (control > 128) {
      const stop = target + (257 - control) * step;
      if (source >= end || stop - step >= length) throw corrupt();
      const value = encoded[source] ?? 0;
      source += 1;
      for (; target < stop; target += step) pixels[target] = value;
    }
  }
  return source;
}

/** Segments are padded to an even length, by some writers with more zeros; a single byte may be anything. */
function checkRest(encoded: Uint8Array, start: number, end: number): void {
  if (end - start <= 1) return;
  for (let index = start; index < end; index += 1) {
    if (encoded[index] !== 0 && encoded[index] !== 128) throw corrupt();
  }
}

function corrupt(): AppError {
  return new AppError('pixel-data-corrupt', 'the RLE segments do not fill the image');
}
