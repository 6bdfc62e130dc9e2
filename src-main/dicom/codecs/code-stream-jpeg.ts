import { checkPadding, checkSize, corruptStream, truncatedStream, viewOf } from './code-stream.ts';
import type { StreamSize } from './code-stream.ts';
import type { FrameDescription } from './frame-description.ts';

/** What stands before the first entropy-coded byte of a JPEG or JPEG-LS stream. */
export interface JpegHeader extends StreamSize {
  /** Second byte of the SOF marker: C0..CF, F7 for JPEG-LS. */
  readonly process: number;
  /** Sampling factors of the components, in their order. */
  readonly components: readonly JpegComponent[];
  /** MCUs between restart markers, 0 for none. */
  readonly restartInterval: number;
  /** Payloads of the DHT segments. */
  readonly huffmanTables: readonly Uint8Array[];
  /** Payload of the first SOS segment. */
  readonly scanHeader: Uint8Array;
  /** Offset of the first entropy-coded byte. */
  readonly scanStart: number;
}

/** A component as SOF lists it. */
export interface JpegComponent {
  readonly id: number;
  readonly horizontal: number;
  readonly vertical: number;
}

/** Second byte of the SOF marker of JPEG-LS. */
export const jpegLsProcess = 0xf7;

/**
 * Reads the header segments of a JPEG or JPEG-LS stream and compares them with the header of the instance.
 *
 * @param encoded - Code stream of one frame, possibly padded.
 * @param frame - From the header.
 * @throws {AppError} 'pixel-data-truncated' when it ends within; 'pixel-data-corrupt' when it is no such stream or another image.
 * @see ITU-T T.81 annex B, T.87 annex C
 */
export function readJpegHeader(encoded: Uint8Array, frame: FrameDescription): JpegHeader {
  const view = viewOf(encoded);
  if (encoded.length < 2) throw truncatedStream();
  if (view.getUint16(0) !== 0xffd8) throw corruptStream();
  let start: Pick<JpegHeader, 'process' | 'components' | keyof StreamSize> | null = null;
  let restartInterval = 0;
  const huffmanTables: Uint8Array[] = [];
  for (let position = 2; ; ) {
    position = skipFill(encoded, position);
    const marker = encoded[position + 1] ?? 0;
    const payload = segmentPayload(encoded, position);
    const end = position + 4 + payload.length;
    if (marker === 0xda) {
      if (start === null || payload.length < 6) throw corruptStream();
      checkSize(start, frame, false);
      return { ...start, restartInterval, huffmanTables, scanHeader: payload, scanStart: end };
    }
    if (startsFrame(marker)) {
      if (start !== null) throw corruptStream();
      start = readFrameHeader(marker, payload);
    } else if (marker === 0xc4) huffmanTables.push(payload);
    else if (marker === 0xdd) restartInterval = readRestartInterval(payload);
    position = end;
  }
}

/**
 * Walks the scans of a JPEG or JPEG-LS stream to its end marker: no stray marker in them, restart markers in their order.
 *
 * Decoders fill what is missing with invented pixels and say nothing.
 *
 * @param encoded - Code stream of one frame, possibly padded.
 * @param header - As readJpegHeader gave it.
 * @throws {AppError} 'pixel-data-truncated' without its end marker; 'pixel-data-corrupt' for a marker that cannot be there.
 */
export function followScans(encoded: Uint8Array, header: JpegHeader): void {
  // After FF, JPEG stuffs a zero byte and JPEG-LS a zero bit.
  const stuffedBelow = header.process === jpegLsProcess ? 0x80 : 1;
  let restartInterval = header.restartInterval;
  let restarts = 0;
  let position = header.scanStart;
  for (;;) {
    position = encoded.indexOf(0xff, position);
    if (position < 0 || position + 1 >= encoded.length) throw truncatedStream();
    const marker = encoded[position + 1] ?? 0;
    if (marker === 0xff) position += 1;
    else if (marker < stuffedBelow) position += 2;
    else if (marker === 0xd9) return checkPadding(encoded, position + 2);
    else if (marker >= 0xd0 && marker <= 0xd7) {
      if (restartInterval === 0 || marker !== 0xd0 + (restarts & 7)) throw corruptStream();
      restarts += 1;
      position += 2;
    } else {
      // Tables and the headers of further scans; only a scan header is followed by entropy-coded bytes.
      const payload = segmentPayload(encoded, position);
      if (startsFrame(marker)) throw corruptStream();
      if (marker === 0xdd) restartInterval = readRestartInterval(payload);
      if (marker === 0xda) restarts = 0;
      position += 4 + payload.length;
      if (marker !== 0xda && position < encoded.length && encoded[position] !== 0xff) throw corruptStream();
    }
  }
}

/** Payload of the segment whose marker stands at a position; markers that LungDesk's streams cannot hold are refused. */
function segmentPayload(encoded: Uint8Array, position: number): Uint8Array {
  if (position + 4 > encoded.length) throw truncatedStream();
  const marker = encoded[position + 1] ?? 0;
  if (encoded[position] !== 0xff || !hasPayload(marker)) throw corruptStream();
  const length = viewOf(encoded).getUint16(position + 2);
  if (length < 2) throw corruptStream();
  if (position + 2 + length > encoded.length) throw truncatedStream();
  return encoded.subarray(position + 4, position + 2 + length);
}

/** SOF, DHT, DAC, SOS, DQT, DNL, DRI, APP, SOF and LSE of JPEG-LS, COM. */
function hasPayload(marker: number): boolean {
  return (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xdd) ||
    (marker >= 0xe0 && marker <= 0xef) || marker === jpegLsProcess || marker === 0xf8 || marker === 0xfe;
}

function startsFrame(marker: number): boolean {
  return marker === jpegLsProcess || (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc);
}

function readFrameHeader(process: number, payload: Uint8Array): Pick<JpegHeader, 'process' | 'components' | keyof StreamSize> {
  const samples = payload[5] ?? 0;
  if (payload.length !== 6 + 3 * samples) throw corruptStream();
  const view = viewOf(payload);
  const components = Array.from({ length: samples }, (_, index) => ({
    id: view.getUint8(6 + 3 * index),
    horizontal: view.getUint8(7 + 3 * index) >> 4,
    vertical: view.getUint8(7 + 3 * index) & 15,
  }));
  return { process, precision: view.getUint8(0), rows: view.getUint16(1), columns: view.getUint16(3), samples, components };
}

function readRestartInterval(payload: Uint8Array): number {
  // JPEG-LS allows three and four bytes as well.
  if (payload.length < 2 || payload.length > 4) throw corruptStream();
  return payload.reduce((interval, byte) => interval * 256 + byte, 0);
}

/** Any number of FF may stand before a marker. */
function skipFill(encoded: Uint8Array, from: number): number {
  let position = from;
  while (encoded[position] === 0xff && encoded[position + 1] === 0xff) position += 1;
  return position;
}
