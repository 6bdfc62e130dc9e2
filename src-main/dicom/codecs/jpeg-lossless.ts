import { loadKernel } from '../../platform/load-kernel.ts';
import { checkPadding, corruptStream, truncatedStream } from './code-stream.ts';
import { readJpegHeader } from './code-stream-jpeg.ts';
import type { JpegHeader } from './code-stream-jpeg.ts';
import { frameBytes } from './frame-description.ts';
import type { FrameDecoder, FrameDescription } from './frame-description.ts';

interface LosslessKernel {
  freeMemory(): number;
  setTable(table: number): number;
  decodeScan(
    from: number, to: number, samples: number, rows: number, columns: number, predictor: number, bits: number,
    pointTransform: number, restartRows: number, signed: number,
  ): number;
}

const tableBytes = 512;
/** Codes of src-kernels/jpeg-lossless.ts that mean that the stream is not all there. */
const endsEarly = -3;
/** An instance that has grown beyond this is given up: WebAssembly memory never shrinks. */
const maxKeptBytes = 64 * 1024 * 1024;

/**
 * Tells whether LungDesk's own decoder takes a stream: lossless, Huffman-coded, one component in one scan.
 *
 * @param header - Of the stream.
 * @param frame - From the header of the instance.
 */
export function isPlainLossless(header: JpegHeader, frame: FrameDescription): boolean {
  const { process, samples, scanHeader, restartInterval, columns, precision } = header;
  const [scanComponents = 0, , , predictor = 0, lastCoefficient = 0, approximation = 0] = scanHeader;
  return (
    process === 0xc3 && samples === 1 && scanComponents === 1 && scanHeader.length === 6 &&
    predictor >= 1 && predictor <= 7 && lastCoefficient === 0 && approximation < precision && restartInterval % columns === 0 &&
    precision >= 2 && (frame.bitsAllocated === 16 || (frame.bitsAllocated === 8 && precision <= 8))
  );
}

/**
 * Loads LungDesk's own decoder of lossless JPEG for the streams that isPlainLossless accepts; it reports all damage that shows.
 *
 * @returns A decoder that throws AppError 'pixel-data-corrupt' for a code that does not exist, bits that are left over, a wrong
 *   marker or a sample out of range, and 'pixel-data-truncated' when the bits do not last.
 * @see ITU-T T.81 annex H
 */
export function loadJpegLossless(): FrameDecoder {
  let kernel = loadKernel<LosslessKernel>('jpeg-lossless');
  return (encoded, frame) => {
    const header = readJpegHeader(encoded, frame);
    if (kernel.memory.buffer.byteLength > maxKeptBytes) kernel = loadKernel<LosslessKernel>('jpeg-lossless');
    const table = kernel.freeMemory();
    const stream = table + tableBytes;
    const samples = (stream + encoded.length + 15) & ~15;
    const count = header.rows * header.columns;
    const missing = samples + count * 2 - kernel.memory.buffer.byteLength;
    if (missing > 0) kernel.memory.grow(Math.ceil(missing / 65536));
    const memory = new Uint8Array(kernel.memory.buffer);
    memory.set(encoded, stream);
    memory.set(huffmanTable(header), table);
    if (kernel.setTable(table) < 0) throw corruptStream();
    const [, , , predictor = 0, , approximation = 0] = header.scanHeader;
    const read = kernel.decodeScan(
      stream + header.scanStart, stream + encoded.length, samples, header.rows, header.columns, predictor,
      header.precision - approximation, approximation, header.restartInterval / header.columns, frame.pixelRepresentation,
    );
    if (read < 0) throw read === endsEarly ? truncatedStream() : corruptStream();
    checkEnd(encoded, header.scanStart + read);
    const decoded = memory.subarray(samples, samples + count * 2);
    return frame.bitsAllocated === 16 ? decoded.slice() : narrowed(decoded, frameBytes(frame));
  };
}

/** The table that the scan names, as DHT holds it: 16 counts and the symbols. */
function huffmanTable(header: JpegHeader): Uint8Array {
  const wanted = (header.scanHeader[2] ?? 0) >> 4;
  let found: Uint8Array | null = null;
  for (const payload of header.huffmanTables) {
    for (let position = 0; position < payload.length; ) {
      const counts = payload.subarray(position + 1, position + 17);
      const end = position + 17 + counts.reduce((sum, count) => sum + count, 0);
      if (counts.length < 16 || end > payload.length) throw corruptStream();
      if (payload[position] === wanted) found = payload.subarray(position + 1, end);
      position = end;
    }
  }
  if (found === null || found.length > tableBytes) throw corruptStream();
  return found;
}

function checkEnd(encoded: Uint8Array, from: number): void {
  let position = from;
  while (encoded[position + 1] === 0xff) position += 1;
  if (position + 2 > encoded.length) throw truncatedStream();
  if (encoded[position] !== 0xff || encoded[position + 1] !== 0xd9) throw corruptStream();
  checkPadding(encoded, position + 2);
}

function narrowed(words: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) bytes[index] = words[index * 2] ?? 0;
  return bytes;
}
