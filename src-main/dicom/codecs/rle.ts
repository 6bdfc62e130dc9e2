import { AppError } from '../../../src-shared/domain/errors.ts';
import { frameBytes } from './frame-description.ts';
import type { FrameDescription } from './frame-description.ts';

const headerBytes = 64;

/**
 * Decodes a DICOM RLE frame; every segment must fill its byte plane exactly.
 *
 * @param encoded - RLE header and segments, one segment per byte of a sample, most significant first.
 * @param frame - Its description; whole bytes only.
 * @returns Native little-endian pixels, colour by pixel.
 * @throws {AppError} 'pixel-data-corrupt' when the header does not fit the image or a segment is too short.
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
    unpackSegment(encoded.subarray(start, end), pixels, sample * bytesPerSample + significance, planes);
  }
  return pixels;
}

/** PackBits; writes every `step`-th byte from `first` on until the plane is full. */
function unpackSegment(segment: Uint8Array, pixels: Uint8Array, first: number, step: number): void {
  let target = first;
  let source = 0;
  const { length } = segment;
  while (target < pixels.length) {
    if (source >= length) throw corrupt();
    const control = segment[source] ?? 0;
    source += 1;
    if (control < 128) {
      if (source + control >= length) throw corrupt();
      for (let copied = 0; copied <= control && target < pixels.length; copied += 1, target += step) {
        pixels[target] = segment[source + copied] ?? 0;
      }
      source += control + 1;
    } else if (control > 128) {
      if (source >= length) throw corrupt();
      const value = segment[source] ?? 0;
      source += 1;
      for (let repeated = 257 - control; repeated > 0 && target < pixels.length; repeated -= 1, target += step) pixels[target] = value;
    }
  }
}

function corrupt(): AppError {
  return new AppError('pixel-data-corrupt', 'the RLE segments do not fill the image');
}
