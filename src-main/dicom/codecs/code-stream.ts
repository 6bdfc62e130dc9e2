import { AppError } from '../../../src-shared/domain/errors.ts';
import type { FrameDescription } from './frame-description.ts';

/** Image size as the code stream itself says it. */
interface StreamSize {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
}

/**
 * Checks a JPEG or JPEG-LS code stream before it is decoded: from its start marker to its end marker, and of the size announced.
 *
 * Decoders fill what is missing of a cut stream with invented pixels and say nothing.
 *
 * @param encoded - Code stream of one frame, possibly padded.
 * @param frame - Size from the header.
 * @throws {AppError} 'pixel-data-truncated' without its end marker; 'pixel-data-corrupt' when it is of another size or none.
 * @see ITU-T T.81 annex B, T.87 annex C
 */
export function checkJpegStream(encoded: Uint8Array, frame: FrameDescription): void {
  if (encoded[0] !== 0xff || encoded[1] !== 0xd8) throw corrupt();
  if (!endsWithMarker(encoded)) throw truncated();
  checkSize(jpegSize(encoded), frame);
}

/**
 * Checks a JPEG 2000 or HTJ2K code stream before it is decoded: size, and an unbroken chain of tile parts to its end marker.
 *
 * @param encoded - Code stream of one frame, possibly padded.
 * @param frame - Size from the header.
 * @throws {AppError} 'pixel-data-truncated' when tile parts or the end marker are missing; 'pixel-data-corrupt' when it is of another size or none.
 * @see ITU-T T.800 annex A
 */
export function checkJpeg2000Stream(encoded: Uint8Array, frame: FrameDescription): void {
  const view = viewOf(encoded);
  if (encoded.length < 60 || view.getUint32(0) !== 0xff4fff51) throw corrupt();
  const samples = view.getUint16(40);
  checkSize({ columns: view.getUint32(8) - view.getUint32(16), rows: view.getUint32(12) - view.getUint32(20), samples }, frame);
  // Width x height can be right while the tile grid is absurd: decoders allocate one structure per tile.
  const tiles = Math.ceil(view.getUint32(8) / view.getUint32(24)) * Math.ceil(view.getUint32(12) / view.getUint32(28));
  if (!(tiles <= 65535)) throw corrupt();
  followTileParts(encoded);
}

function followTileParts(encoded: Uint8Array): void {
  const view = viewOf(encoded);
  let position = 2;
  while (position + 4 <= encoded.length && view.getUint16(position) !== 0xff90) {
    if (encoded[position] !== 0xff) throw corrupt();
    position += 2 + view.getUint16(position + 2);
  }
  if (position + 12 > encoded.length) throw truncated();
  while (position + 12 <= encoded.length && view.getUint16(position) === 0xff90) {
    const length = view.getUint32(position + 6);
    if (length === 0) {
      // The last tile part may say "until the end of the code stream".
      if (!endsWithMarker(encoded)) throw truncated();
      return;
    }
    if (length < 14) throw corrupt();
    position += length;
  }
  if (position + 2 > encoded.length) throw truncated();
  if (view.getUint16(position) !== 0xffd9) throw corrupt();
}

function jpegSize(encoded: Uint8Array): StreamSize {
  const view = viewOf(encoded);
  let position = 2;
  while (position + 10 <= encoded.length) {
    if (encoded[position] !== 0xff) throw corrupt();
    const marker = encoded[position + 1] ?? 0;
    const isFill = marker === 0xff;
    if (isFill) {
      position += 1;
      continue;
    }
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (startsFrame || marker === 0xf7) {
      return { rows: view.getUint16(position + 5), columns: view.getUint16(position + 7), samples: encoded[position + 9] ?? 0 };
    }
    position += 2 + view.getUint16(position + 2);
  }
  throw corrupt();
}

function checkSize(size: StreamSize, frame: FrameDescription): void {
  if (size.rows !== frame.rows || size.columns !== frame.columns || size.samples !== frame.samplesPerPixel) {
    throw new AppError('pixel-data-corrupt', 'the compressed image is of another size than its header says');
  }
}

/** FFD9 ends every stream of the JPEG family; fragments are padded to an even length, by some writers with more, or with FF. */
function endsWithMarker(encoded: Uint8Array): boolean {
  let end = encoded.length;
  while (end > 2 && (encoded[end - 1] === 0 || encoded[end - 1] === 0xff)) end -= 1;
  return encoded[end - 2] === 0xff && encoded[end - 1] === 0xd9;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function corrupt(): AppError {
  return new AppError('pixel-data-corrupt', 'the compressed pixels cannot be decoded');
}

function truncated(): AppError {
  return new AppError('pixel-data-truncated', 'the compressed pixels end before the image does');
}
