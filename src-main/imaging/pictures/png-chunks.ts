const signatureBytes = 8;
/** IHDR, IDAT and IEND carry the picture; every other chunk of a grey PNG is about it. */
const pictureChunks: ReadonlySet<string> = new Set(['IHDR', 'IDAT', 'IEND']);

/** One chunk of a PNG: its type and its bytes from the length field to the checksum. */
export interface PngChunk {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * Lists the chunks of a PNG.
 *
 * @param png - A whole PNG.
 * @throws {RangeError} when a chunk runs past the end.
 * @see PNG (Third Edition), section 5
 */
export function pngChunks(png: Uint8Array): readonly PngChunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: PngChunk[] = [];
  let position = signatureBytes;
  while (position < png.length) {
    const length = 12 + view.getUint32(position);
    if (position + length > png.length) throw new RangeError('a PNG chunk runs past the end');
    const type = String.fromCharCode(...png.subarray(position + 4, position + 8));
    chunks.push({ type, bytes: png.subarray(position, position + length) });
    position += length;
  }
  return chunks;
}

/**
 * Copies a PNG without the chunks that do not carry pixels: resolution, text, times, profiles.
 *
 * @param png - A whole PNG.
 * @returns A PNG of IHDR, IDAT and IEND in memory of its own.
 */
export function keepPictureChunks(png: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = [png.subarray(0, signatureBytes), ...pngChunks(png).filter((chunk) => pictureChunks.has(chunk.type)).map((chunk) => chunk.bytes)];
  const kept = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    kept.set(part, position);
    position += part.length;
  }
  return kept;
}
