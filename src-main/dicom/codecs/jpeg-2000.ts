import { checkJpeg2000Stream } from './code-stream.ts';
import type { FrameDecoder } from './frame-description.ts';
import { loadWasmModule, runWasmDecoder } from './wasm-codec.ts';
import type { WasmDecoder } from './wasm-codec.ts';

/** Box type 'jp2c', ITU-T T.800 annex I.5.4. */
const contiguousCodeStream = 0x6a703263;

interface Jpeg2000Decoder extends WasmDecoder {
  decode(): void;
}

/**
 * Loads the decoder of JPEG 2000, reversible and irreversible (OpenJPEG).
 *
 * @see ITU-T T.800; DICOM PS3.5 section 8.2.4
 */
export async function loadJpeg2000(): Promise<FrameDecoder> {
  const openjpeg = await loadWasmModule<{ readonly J2KDecoder: new () => Jpeg2000Decoder }>('@cornerstonejs/codec-openjpeg/decodewasmjs');
  return (encoded, frame) => {
    const stream = withoutFileFormat(encoded);
    checkJpeg2000Stream(stream, frame);
    return runWasmDecoder(new openjpeg.J2KDecoder(), stream, (decoder) => decoder.decode());
  };
}

/** Some writers leave the JP2 boxes around the code stream, which DICOM forbids. */
function withoutFileFormat(encoded: Uint8Array): Uint8Array {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  let position = 0;
  while (position + 16 <= encoded.length && view.getUint32(position) !== 0xff4fff51) {
    const length = view.getUint32(position);
    if (view.getUint32(position + 4) === contiguousCodeStream) return encoded.subarray(position + (length === 1 ? 16 : 8));
    if (length < 8) break;
    position += length;
  }
  return encoded;
}

/**
 * Loads the decoder of High-Throughput JPEG 2000 (OpenJPH).
 *
 * @see ITU-T T.814; DICOM PS3.5 section 8.2.14
 */
export async function loadHtJpeg2000(): Promise<FrameDecoder> {
  const openjph = await loadWasmModule<{ readonly HTJ2KDecoder: new () => Jpeg2000Decoder }>('@cornerstonejs/codec-openjph');
  return (encoded, frame) => {
    checkJpeg2000Stream(encoded, frame);
    return runWasmDecoder(new openjph.HTJ2KDecoder(), encoded, (decoder) => decoder.decode());
  };
}
