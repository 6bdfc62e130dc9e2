import { createRequire } from 'node:module';
import { AppError } from '../../../src-shared/domain/errors.ts';

/** What the decoders of @cornerstonejs share. */
export interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): { readonly width: number; readonly height: number; readonly bitsPerSample: number; readonly componentCount: number };
  delete(): void;
}

/**
 * Loads one of the WASM modules of @cornerstonejs.
 *
 * @param specifier - Package path of its Emscripten factory.
 * @returns The module; its printing is silenced, because it may print parts of headers.
 */
export async function loadWasmModule<Module>(specifier: string): Promise<Module> {
  const factory = createRequire(import.meta.url)(specifier) as (options: object) => Promise<Module>;
  return factory({ print: ignore, printErr: ignore });
}

/**
 * Runs a decoder over one code stream and takes the pixels out of WASM memory.
 *
 * @param decoder - A fresh decoder; deleted afterwards.
 * @param encoded - The code stream.
 * @param decode - Calls the decoder's own decode method.
 * @returns Decoded bytes in memory of their own; empty when the decoder gave up silently.
 */
export function runWasmDecoder<Decoder extends WasmDecoder>(decoder: Decoder, encoded: Uint8Array, decode: (decoder: Decoder) => void): Uint8Array {
  try {
    decoder.getEncodedBuffer(encoded.length).set(encoded);
    decode(decoder);
    return decoder.getDecodedBuffer().slice();
  } catch (thrown) {
    // C++ exceptions arrive as numbers: pointers into WASM memory.
    const cause = thrown instanceof Error ? thrown : new Error('decoder exception');
    throw new AppError('pixel-data-corrupt', 'the compressed pixels cannot be decoded', { cause });
  } finally {
    decoder.delete();
  }
}

function ignore(): void {
  // The decoders print to the console otherwise.
}
