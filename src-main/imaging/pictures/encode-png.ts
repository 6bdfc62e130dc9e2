import { crc32 } from 'node:zlib';
import { loadKernel } from '../../platform/load-kernel.ts';
import { loadSharp } from './load-sharp.ts';
import { keepPictureChunks } from './png-chunks.ts';
import { hounsfieldGreys, lookUpGrey } from './voi.ts';
import type { VoiWindow } from './voi.ts';

/** Exports of src-kernels/png.ts. */
interface PngKernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  tableAddress(): number;
  inputAddress(): number;
  outputAddress(): number;
  begin(columns: number): number;
  greyStrip(rows: number, isLast: boolean): number;
  wordStrip(rows: number, isLast: boolean): number;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const largestSide = 65_535;

let kernel: PngKernel | null | undefined;

/**
 * Encodes grey levels as a PNG of one 8-bit channel.
 *
 * @param grey - columns x rows values, row-major.
 * @param columns - Width, 1 to 65,535.
 * @param rows - Height, likewise.
 * @returns The PNG, with no chunks besides IHDR, IDAT and IEND, in memory of its own.
 * @throws {RangeError} when grey is not columns x rows.
 */
export async function encodeGreyPng(grey: Uint8Array, columns: number, rows: number): Promise<Uint8Array<ArrayBuffer>> {
  checkSize(grey.length, columns, rows);
  const loaded = loadPngKernel();
  return loaded === null ? encodeWithSharp(grey, columns, rows) : encodeWithKernel(loaded, grey, null, columns, rows);
}

/**
 * Maps words to grey levels through a table and encodes them, in one pass.
 *
 * @param words - columns x rows values, row-major: stored bits, or Hounsfield units by their bit pattern.
 * @param greys - Grey levels by word; at most 65,536, and one for every word that occurs.
 * @returns As encodeGreyPng.
 * @throws {RangeError} when words is not columns x rows.
 */
export async function encodeTabulatedPng(
  words: Uint16Array | Int16Array, greys: Uint8Array, columns: number, rows: number,
): Promise<Uint8Array<ArrayBuffer>> {
  checkSize(words.length, columns, rows);
  const loaded = loadPngKernel();
  return loaded === null ? encodeWithSharp(lookUpGrey(words, greys), columns, rows) : encodeWithKernel(loaded, words, greys, columns, rows);
}

/**
 * Windows Hounsfield units and encodes them, in one pass.
 *
 * @param hounsfield - columns x rows values in HU, row-major.
 * @param window - In HU.
 * @returns As encodeGreyPng; the same picture as renderGrey gives.
 * @throws {RangeError} when hounsfield is not columns x rows, or for a width that the window's function does not take.
 */
export async function encodeWindowedPng(hounsfield: Int16Array, columns: number, rows: number, window: VoiWindow): Promise<Uint8Array<ArrayBuffer>> {
  return encodeTabulatedPng(hounsfield, hounsfieldGreys(window), columns, rows);
}

/**
 * Encodes grey levels where the kernel cannot be loaded: slower, and the PNG is larger.
 *
 * @returns As encodeGreyPng.
 */
export async function encodeWithSharp(grey: Uint8Array, columns: number, rows: number): Promise<Uint8Array<ArrayBuffer>> {
  const sharp = await loadSharp();
  const png = await sharp(grey, { raw: { width: columns, height: rows, channels: 1 } })
    // Without it sharp writes RGB: three times the work and a third more bytes.
    .toColourspace('b-w')
    .png({ compressionLevel: 2, adaptiveFiltering: false, palette: false })
    .toBuffer();
  return keepPictureChunks(png);
}

/** Null on a machine without WebAssembly SIMD. */
function loadPngKernel(): PngKernel | null {
  if (kernel !== undefined) return kernel;
  try {
    kernel = loadKernel<PngKernel>('png');
  } catch {
    kernel = null;
  }
  return kernel;
}

function encodeWithKernel(
  loaded: PngKernel, pixels: Uint8Array | Uint16Array | Int16Array, greys: Uint8Array | null, columns: number, rows: number,
): Uint8Array<ArrayBuffer> {
  const rowsPerStrip = loaded.begin(columns);
  if (rowsPerStrip === 0) throw new RangeError('no memory for a strip of the picture');
  const memory = new Uint8Array(loaded.memory.buffer);
  if (greys !== null) memory.set(greys, loaded.tableAddress());
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const rowBytes = bytes.length / rows;
  const parts: Uint8Array[] = [];
  for (let row = 0; row < rows; row += rowsPerStrip) {
    const count = Math.min(rowsPerStrip, rows - row);
    memory.set(bytes.subarray(row * rowBytes, (row + count) * rowBytes), loaded.inputAddress());
    const isLast = row + count === rows;
    const size = greys === null ? loaded.greyStrip(count, isLast) : loaded.wordStrip(count, isLast);
    parts.push(memory.slice(loaded.outputAddress(), loaded.outputAddress() + size));
  }
  return framed(parts, columns, rows);
}

/** Puts signature, IHDR, one IDAT and IEND around a zlib stream. */
function framed(parts: readonly Uint8Array[], columns: number, rows: number): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const png = new Uint8Array(signature.length + 25 + 12 + length + 12);
  png.set(signature);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, columns);
  header.setUint32(4, rows);
  // Eight bits, grey; compression, filtering and interlacing are 0.
  header.setUint8(8, 8);
  let end = writeChunk(png, signature.length, 'IHDR', [new Uint8Array(header.buffer)]);
  end = writeChunk(png, end, 'IDAT', parts);
  writeChunk(png, end, 'IEND', []);
  return png;
}

/** Returns where the chunk ends. */
function writeChunk(png: Uint8Array<ArrayBuffer>, start: number, type: string, parts: readonly Uint8Array[]): number {
  let end = start + 8;
  for (const part of parts) {
    png.set(part, end);
    end += part.length;
  }
  const view = new DataView(png.buffer);
  view.setUint32(start, end - start - 8);
  for (let index = 0; index < type.length; index += 1) png[start + 4 + index] = type.charCodeAt(index);
  view.setUint32(end, crc32(png.subarray(start + 4, end)));
  return end + 4;
}

function checkSize(length: number, columns: number, rows: number): void {
  const isSide = (side: number): boolean => Number.isInteger(side) && side >= 1 && side <= largestSide;
  if (!isSide(columns) || !isSide(rows) || length !== columns * rows) throw new RangeError('the picture is not columns x rows');
}
