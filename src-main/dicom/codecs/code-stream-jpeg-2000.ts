import { AppError } from '../../../src-shared/domain/errors.ts';
import { checkPadding, checkSize, corruptStream, truncatedStream, viewOf } from './code-stream.ts';
import type { FrameDescription } from './frame-description.ts';

/** What a checked JPEG 2000 or HTJ2K stream says of itself. */
export interface Jpeg2000Stream {
  readonly samples: number;
  readonly precision: number;
  readonly isSigned: boolean;
  /** Offsets of the bytes that hold a code-block style (SPcod, SPcoc). */
  readonly styleOffsets: readonly number[];
  /** Whether packets may begin with an SOP marker; a writer that says so may still leave them out. */
  readonly mayHavePacketMarkers: boolean;
}

interface MainHeader extends Jpeg2000Stream {
  readonly tiles: number;
  /** Offset of the first tile part. */
  readonly end: number;
}

const [siz, cod, coc, qcd, sot, sod, eoc] = [0xff51, 0xff52, 0xff53, 0xff5c, 0xff90, 0xff93, 0xffd9];

/**
 * Checks a JPEG 2000 or HTJ2K code stream before it is decoded: the image's size and bits, the headers' lengths, every tile
 * present, and an unbroken chain of tile parts to the end marker.
 *
 * @param encoded - Code stream of one frame, possibly padded.
 * @param frame - From the header.
 * @throws {AppError} 'pixel-data-truncated' when tile parts or the end marker are missing; 'pixel-data-corrupt' when it is another
 *   image or none; 'transfer-syntax-unsupported' for components of different size or bits.
 * @see ITU-T T.800 annex A
 */
export function checkJpeg2000Stream(encoded: Uint8Array, frame: FrameDescription): Jpeg2000Stream {
  const header = readMainHeader(encoded, frame);
  const tileStyles = followTileParts(encoded, header);
  return { ...header, styleOffsets: [...header.styleOffsets, ...tileStyles] };
}

function readMainHeader(encoded: Uint8Array, frame: FrameDescription): MainHeader {
  const view = viewOf(encoded);
  if (encoded.length < 60) throw truncatedStream();
  if (view.getUint16(0) !== 0xff4f || view.getUint16(2) !== siz) throw corruptStream();
  const image = readSize(view, frame);
  const segments = readSegments(encoded, 2, sot);
  const coding = segments.find(({ marker }) => marker === cod);
  const quantization = segments.find(({ marker }) => marker === qcd);
  if (coding === undefined || quantization === undefined) throw corruptStream();
  checkCoding(view, coding.offset, quantization.offset);
  const last = segments.at(-1);
  return {
    ...image,
    styleOffsets: segments.flatMap((segment) => styleOffset(segment, image.samples)),
    mayHavePacketMarkers: (view.getUint8(coding.offset + 4) & 2) !== 0,
    end: last === undefined ? 0 : last.offset + 2 + last.length,
  };
}

function readSize(view: DataView, frame: FrameDescription): Pick<MainHeader, 'samples' | 'precision' | 'isSigned' | 'tiles'> {
  const samples = view.getUint16(40);
  if (view.getUint16(4) !== 38 + 3 * samples || view.byteLength < 42 + 3 * samples) throw corruptStream();
  const depth = view.getUint8(42);
  const precision = (depth & 0x7f) + 1;
  checkSize(
    { columns: view.getUint32(8) - view.getUint32(16), rows: view.getUint32(12) - view.getUint32(20), samples, precision }, frame, true,
  );
  // Width x height can be right while the tile grid is absurd: decoders allocate one structure per tile.
  const across = Math.ceil((view.getUint32(8) - view.getUint32(32)) / view.getUint32(24));
  const down = Math.ceil((view.getUint32(12) - view.getUint32(36)) / view.getUint32(28));
  const tiles = across * down;
  if (!(tiles >= 1 && tiles <= 65535)) throw corruptStream();
  for (let sample = 0; sample < samples; sample += 1) {
    const at = 42 + 3 * sample;
    if (view.getUint8(at) !== depth || view.getUint16(at + 1) !== 0x0101) {
      throw new AppError('transfer-syntax-unsupported', 'JPEG 2000 components of different size or bits are not read');
    }
  }
  return { samples, precision, isSigned: depth >= 0x80, tiles };
}

interface Segment {
  readonly marker: number;
  /** Of the marker. */
  readonly offset: number;
  /** As the segment says, without its marker. */
  readonly length: number;
}

/** Marker segments from an offset up to the marker that ends the header. */
function readSegments(encoded: Uint8Array, from: number, endMarker: number): readonly Segment[] {
  const view = viewOf(encoded);
  const segments: Segment[] = [];
  for (let offset = from; ; ) {
    if (offset + 4 > encoded.length) throw truncatedStream();
    const marker = view.getUint16(offset);
    if (marker === endMarker) return segments;
    const length = view.getUint16(offset + 2);
    if (marker < 0xff00 || marker === eoc || length < 2) throw corruptStream();
    if (offset + 2 + length > encoded.length) throw truncatedStream();
    segments.push({ marker, offset, length });
    offset += 2 + length;
  }
}

/** Lengths must fit the number of decomposition levels, and only the reversible transform goes without quantization. */
function checkCoding(view: DataView, codOffset: number, qcdOffset: number): void {
  const levels = view.getUint8(codOffset + 9);
  const hasPrecincts = (view.getUint8(codOffset + 4) & 1) !== 0;
  if (view.getUint16(codOffset + 2) !== 12 + (hasPrecincts ? levels + 1 : 0)) throw corruptStream();
  const isReversible = view.getUint8(codOffset + 13) === 1;
  const quantization = view.getUint8(qcdOffset + 4) & 31;
  const steps = view.getUint16(qcdOffset + 2) - 3;
  const needed = quantization === 1 ? 2 : (3 * levels + 1) * (quantization === 0 ? 1 : 2);
  if (steps < needed || quantization > 2 || (quantization === 0 && !isReversible)) throw corruptStream();
}

function styleOffset({ marker, offset }: Segment, samples: number): readonly number[] {
  if (marker === cod) return [offset + 12];
  return marker === coc ? [offset + (samples < 257 ? 9 : 10)] : [];
}

/** Every tile has a part, every part reaches to the next one. Returns the style offsets of their own headers. */
function followTileParts(encoded: Uint8Array, { tiles, end, samples }: MainHeader): readonly number[] {
  const view = viewOf(encoded);
  const seen = new Set<number>();
  const styles: number[] = [];
  let position = end;
  for (;;) {
    if (position + 2 > encoded.length) throw truncatedStream();
    const marker = view.getUint16(position);
    if (marker === eoc) break;
    if (marker !== sot) throw corruptStream();
    if (position + 14 > encoded.length) throw truncatedStream();
    if (view.getUint16(position + 2) !== 10) throw corruptStream();
    const tile = view.getUint16(position + 4);
    if (tile >= tiles) throw corruptStream();
    seen.add(tile);
    const declared = view.getUint32(position + 6);
    // The last tile part may say "until the end of the code stream".
    const length = declared === 0 ? lastMarker(encoded) - position : declared;
    const segments = readSegments(encoded.subarray(0, position + length), position + 12, sod);
    styles.push(...segments.flatMap((segment) => styleOffset(segment, samples)));
    if (length < 14) throw corruptStream();
    position += length;
  }
  if (seen.size !== tiles) throw truncatedStream();
  checkPadding(encoded, position + 2);
  return styles;
}

/** Offset of the end marker before the padding. */
function lastMarker(encoded: Uint8Array): number {
  let end = encoded.length;
  while (end > 2 && (encoded[end - 1] === 0 || encoded[end - 1] === 0xff)) end -= 1;
  if (encoded[end - 2] !== 0xff || encoded[end - 1] !== 0xd9) throw truncatedStream();
  return end - 2;
}
