import { checkSize, corruptStream, truncatedStream, viewOf } from './code-stream.ts';
import type { FrameDescription } from './frame-description.ts';

/** Box types 'jxlc' (the code stream) and 'jxlp' (a part of it, behind a four-byte counter), ISO/IEC 18181-2. */
const [codeStreamBox, partBox] = [0x6a786c63, 0x6a786c70];
/** Columns to rows, by the three bits that may stand for them. */
const ratios = [[1, 1], [12, 10], [4, 3], [3, 2], [16, 9], [5, 4], [2, 1]] as const;

/**
 * Compares the size that a JPEG XL stream announces with the header of the instance; the library decodes any size into any.
 *
 * @param encoded - Code stream, bare or in its boxes.
 * @param frame - From the header.
 * @throws {AppError} 'pixel-data-corrupt' when it is another image or none; 'pixel-data-truncated' when it ends in its header.
 * @see ISO/IEC 18181-1 annex D
 */
export function checkJpegXlStream(encoded: Uint8Array, frame: FrameDescription): void {
  const stream = codeStreamOf(encoded);
  if (stream.length < 12) throw truncatedStream();
  if (viewOf(stream).getUint16(0) !== 0xff0a) throw corruptStream();
  const bits = bitReader(stream.subarray(2));
  const isSmall = bits.read(1) === 1;
  const length = (): number => (isSmall ? 8 * (1 + bits.read(5)) : 1 + bits.read([9, 13, 18, 30][bits.read(2)] ?? 0));
  const rows = length();
  const ratio = ratios[bits.read(3) - 1];
  const columns = ratio === undefined ? length() : Math.floor((rows * ratio[0]) / ratio[1]);
  // Samples and bits are read by the library, which is told what to give and fails when it cannot.
  checkSize({ rows, columns, samples: frame.samplesPerPixel, precision: frame.bitsStored }, frame, true);
}

/** At least the beginning of the code stream. */
function codeStreamOf(encoded: Uint8Array): Uint8Array {
  const view = viewOf(encoded);
  if (encoded.length < 12) throw truncatedStream();
  if (view.getUint16(0) === 0xff0a) return encoded;
  for (let position = 0; position + 16 <= encoded.length; ) {
    const length = view.getUint32(position);
    const type = view.getUint32(position + 4);
    if (type === codeStreamBox) return encoded.subarray(position + (length === 1 ? 16 : 8));
    if (type === partBox) return encoded.subarray(position + (length === 1 ? 20 : 12));
    if (length < 8) break;
    position += length;
  }
  throw corruptStream();
}

/** Bits come least significant first. */
function bitReader(bytes: Uint8Array): { read(count: number): number } {
  let position = 0;
  return {
    read: (count) => {
      let value = 0;
      for (let index = 0; index < count; index += 1, position += 1) {
        value += (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) * 2 ** index;
      }
      return value;
    },
  };
}
