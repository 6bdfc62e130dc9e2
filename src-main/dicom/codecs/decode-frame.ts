import { AppError } from '../../../src-shared/domain/errors.ts';
import { findTransferSyntax } from '../transfer-syntax.ts';
import type { PixelCoding } from '../transfer-syntax.ts';
import { frameBytes } from './frame-description.ts';
import type { FrameDecoder, FrameDescription } from './frame-description.ts';
import { loadJpeg } from './jpeg.ts';
import { loadHtJpeg2000, loadJpeg2000 } from './jpeg-2000.ts';
import { loadJpegLs } from './jpeg-ls.ts';
import { decodeRle } from './rle.ts';

/** A coding that needs a codec. */
export type Compression = Exclude<PixelCoding, 'native'>;

const loaders: Readonly<Record<Compression, () => Promise<FrameDecoder>>> = {
  rle: () => Promise.resolve(decodeRle),
  jpeg: loadJpeg,
  'jpeg-ls': loadJpegLs,
  'jpeg-2000': loadJpeg2000,
  'ht-jpeg-2000': loadHtJpeg2000,
};

const loaded = new Map<Compression, Promise<FrameDecoder>>();

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
  const decoder = await loadDecoder(coding);
  let pixels: Uint8Array;
  try {
    pixels = decoder(encoded, frame);
  } catch (cause) {
    const wasFoundBeforeDecoding = cause instanceof AppError && cause.cause === undefined;
    // A WASM module that has trapped may be in any state: the next frame gets a new one.
    if (!wasFoundBeforeDecoding) loaded.delete(coding);
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

/** Names of the codecs, as loadDecoder takes them. */
export const compressions = Object.keys(loaders) as readonly Compression[];

/**
 * Loads a codec, once.
 *
 * @param coding - Which.
 * @throws {AppError} 'transfer-syntax-unsupported' when it does not load on this machine.
 */
export async function loadDecoder(coding: Compression): Promise<FrameDecoder> {
  const current = loaded.get(coding) ?? loaders[coding]();
  loaded.set(coding, current);
  try {
    return await current;
  } catch (cause) {
    loaded.delete(coding);
    throw new AppError('transfer-syntax-unsupported', 'the decoder for these pixels does not load on this machine', { cause });
  }
}
