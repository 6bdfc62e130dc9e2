import { createRequire } from 'node:module';
import { AppError } from '../../../src-shared/domain/errors.ts';

/** What the decoders of @cornerstonejs share. */
export interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  /** A view of WASM memory, or a copy that JavaScript owns. */
  getDecodedBuffer(): Uint8Array | Uint8ClampedArray;
  decode(): void;
  delete(): void;
}

/** A loaded module and what it has printed: libraries remark on damage there and go on. */
export interface WasmModule<Module> {
  readonly module: Module;
  /** Printed lines since the last run began. */
  readonly remarks: string[];
}

/** Of a damaged stream a decoder may print one line per code block. */
const maxRemarks = 10_000;

/**
 * Loads one of the WASM modules of @cornerstonejs.
 *
 * @param specifier - Package path of its Emscripten factory.
 * @returns The module and its remarks, which go nowhere else: they may hold parts of headers.
 */
export async function loadWasmModule<Module>(specifier: string): Promise<WasmModule<Module>> {
  const factory = createRequire(import.meta.url)(specifier) as (options: object) => Promise<Module>;
  const remarks: string[] = [];
  const keep = (line: string): void => {
    if (remarks.length < maxRemarks) remarks.push(line);
  };
  return { module: await factory({ print: keep, printErr: keep }), remarks };
}

/**
 * Runs a decoder over one code stream and takes the pixels out of WASM memory.
 *
 * @param decoder - A fresh decoder; deleted afterwards.
 * @param encoded - The code stream.
 * @param remarks - Of the decoder's module; emptied before.
 * @param examine - Called after decoding, while the decoder still exists.
 * @returns Decoded bytes in memory of their own; empty when the decoder gave up silently.
 */
export function runWasmDecoder<Decoder extends WasmDecoder>(
  decoder: Decoder, encoded: Uint8Array, remarks: string[], examine: (decoder: Decoder) => void = nothing,
): Uint8Array {
  remarks.length = 0;
  try {
    decoder.getEncodedBuffer(encoded.length).set(encoded);
    decoder.decode();
    examine(decoder);
    const pixels = decoder.getDecodedBuffer();
    // A clamped array is the library's own copy; another copy would cost as much as windowing the slice.
    return pixels instanceof Uint8ClampedArray ? new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length) : pixels.slice();
  } catch (thrown) {
    // C++ exceptions arrive as numbers: pointers into WASM memory.
    const cause = thrown instanceof Error ? thrown : new Error('decoder exception');
    throw new AppError('pixel-data-corrupt', 'the compressed pixels cannot be decoded', { cause });
  } finally {
    decoder.delete();
  }
}

function nothing(): void {
  // Most decoders have nothing more to tell.
}
