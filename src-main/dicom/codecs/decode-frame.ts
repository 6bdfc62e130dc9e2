import { AppError } from '../../../src-shared/domain/errors.ts';
import { findTransferSyntax } from '../transfer-syntax.ts';
import type { PixelCoding } from '../transfer-syntax.ts';
import { readJpegHeader } from './code-stream-jpeg.ts';
import { frameBytes } from './frame-description.ts';
import type { FrameDecoder, FrameDescription } from './frame-description.ts';
import { loadJpeg } from './jpeg.ts';
import { isPlainLossless, loadJpegLossless } from './jpeg-lossless.ts';
import { loadHtJpeg2000, loadJpeg2000 } from './jpeg-2000.ts';
import { loadJpegLs } from './jpeg-ls.ts';
import { loadJpegXl } from './jpeg-xl.ts';
import { decodeRle } from './rle.ts';

/** A codec: one per coding, and LungDesk's own for the lossless JPEG that CT scanners write. */
export type Codec = Exclude<PixelCoding, 'native'> | 'jpeg-lossless';

const loaders: Readonly<Record<Codec, () => Promise<FrameDecoder>>> = {
  rle: () => Promise.resolve(decodeRle),
  jpeg: loadJpeg,
  'jpeg-lossless': () => Promise.resolve().then(loadJpegLossless),
  'jpeg-ls': loadJpegLs,
  'jpeg-2000': loadJpeg2000,
  'ht-jpeg-2000': loadHtJpeg2000,
  'jpeg-xl': loadJpegXl,
};

const loaded = new Map<Codec, Promise<FrameDecoder>>();

/** Names of the codecs, as loadDecoder takes them. */
export const codecs = Object.keys(loaders) as readonly Codec[];

/**
 * Decodes one encapsulated frame; codecs are loaded when first needed.
 *
 * @param transferSyntaxUid - (0002,0010) of the file.
 * @param encoded - Code stream of the frame.
 * @param frame - Its description from the header.
 * @returns Native little-endian pixels, Bits Allocated wide, colour by pixel, exactly as many as the header says.
 * @throws {AppError} 'transfer-syntax-unsupported', 'pixel-data-truncated' or 'pixel-data-corrupt'.
 */
export async function decodeFrame(transferSyntaxUid: string, encoded: Uint8Array, frame: FrameDescription): Promise<Uint8Array> {
  const coding = findTransferSyntax(transferSyntaxUid)?.coding;
  if (coding === undefined || coding === 'native') {
    throw new AppError('transfer-syntax-unsupported', 'LungDesk has no decoder for these compressed pixels');
  }
  const codec = coding === 'jpeg' && isPlainLossless(readJpegHeader(encoded, frame), frame) ? 'jpeg-lossless' : coding;
  const decoder = await loadDecoder(codec);
  let pixels: Uint8Array;
  try {
    pixels = decoder(encoded, frame, transferSyntaxUid);
  } catch (cause) {
    const wasFoundByLungDesk = cause instanceof AppError && cause.cause === undefined;
    // A WASM module that has trapped may be in any state: the next frame gets a new one.
    if (!wasFoundByLungDesk) loaded.delete(codec);
    if (cause instanceof AppError) throw cause;
    throw new AppError('pixel-data-corrupt', 'the compressed pixels cannot be decoded', { cause });
  }
  if (frame.bitsAllocated === 16 && pixels.length * 2 === frameBytes(frame)) pixels = widened(pixels);
  if (pixels.length !== frameBytes(frame)) {
    throw new AppError('pixel-data-corrupt', 'the decoder returned another number of pixels than the header says');
  }
  return pixels;
}

/** Streams of up to 8 bits come back in bytes even where the header allocates words; what lies above the stored bits is masked later. */
function widened(pixels: Uint8Array): Uint8Array {
  const wide = new Uint8Array(pixels.length * 2);
  for (let index = 0; index < pixels.length; index += 1) wide[index * 2] = pixels[index] ?? 0;
  return wide;
}

/**
 * Loads a codec, once.
 *
 * @param codec - Which.
 * @throws {AppError} 'transfer-syntax-unsupported' when it does not load on this machine.
 */
export async function loadDecoder(codec: Codec): Promise<FrameDecoder> {
  const current = loaded.get(codec) ?? loaders[codec]();
  loaded.set(codec, current);
  try {
    return await current;
  } catch (cause) {
    loaded.delete(codec);
    throw new AppError('transfer-syntax-unsupported', 'the decoder for these pixels does not load on this machine', { cause });
  }
}
