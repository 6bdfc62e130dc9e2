import { inflateSync } from 'node:zlib';
import { pngChunks } from '../../src-main/imaging/pictures/png-chunks.ts';

/** A decoded grey PNG. */
export interface DecodedPng {
  readonly grey: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  readonly chunkTypes: readonly string[];
}

/**
 * Decodes an 8-bit grey PNG with zlib's inflate and the filters as the standard writes them; shares no code with the encoder.
 *
 * @param png - Anything.
 * @throws {Error} for whatever the standard does not allow such a PNG to be, checksums and surplus bytes included.
 * @see PNG (Third Edition), sections 5, 9 and 11
 */
export function decodePng(png: Uint8Array): DecodedPng {
  if (Buffer.from(png.subarray(0, 8)).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG signature');
  const chunks = pngChunks(png).map(({ type, bytes }) => {
    const buffer = Buffer.from(bytes);
    if (buffer.readUInt32BE(buffer.length - 4) !== crc(buffer.subarray(4, -4))) throw new Error(`wrong checksum of ${type}`);
    return { type, content: buffer.subarray(8, -4) };
  });
  const header = chunks[0]?.content ?? Buffer.alloc(0);
  if (chunks[0]?.type !== 'IHDR' || header.length !== 13 || !header.subarray(8).equals(Buffer.from([8, 0, 0, 0, 0]))) throw new Error('no grey IHDR');
  const [columns, rows] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const stream = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content));
  // inflateSync alone would overlook bytes behind the end of the stream.
  const { buffer: filtered, engine } = inflateSync(stream, { info: true }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  if (engine.bytesWritten !== stream.length) throw new Error('surplus bytes in IDAT');
  if (filtered.length !== rows * (columns + 1)) throw new Error('not rows x columns');
  return { grey: unfilter(filtered, columns, rows), columns, rows, chunkTypes: chunks.map(({ type }) => type) };
}

function unfilter(filtered: Uint8Array, columns: number, rows: number): Uint8Array {
  const grey = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    const filter = filtered[row * (columns + 1)]!;
    for (let column = 0; column < columns; column += 1) {
      const index = row * columns + column;
      const a = column > 0 ? grey[index - 1]! : 0;
      const b = row > 0 ? grey[index - columns]! : 0;
      const c = column > 0 && row > 0 ? grey[index - columns - 1]! : 0;
      grey[index] = filtered[index + row + 1]! + predict(filter, a, b, c);
    }
  }
  return grey;
}

function predict(filter: number, a: number, b: number, c: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return Math.floor((a + b) / 2);
  if (filter !== 4) throw new Error('no such filter');
  const p = a + b - c;
  const [toA, toB, toC] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}

/** CRC-32, eight bits of the definition at a time. */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ crcTable[(sum ^ byte) & 255]!;
  return (sum ^ 0xffffffff) >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});
