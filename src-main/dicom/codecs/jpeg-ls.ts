import { checkJpegStream } from './code-stream.ts';
import type { FrameDecoder, FrameDescription } from './frame-description.ts';
import { loadWasmModule, runWasmDecoder } from './wasm-codec.ts';
import type { WasmDecoder } from './wasm-codec.ts';

interface CharlsDecoder extends WasmDecoder {
  decode(): void;
  getInterleaveMode(): number;
}

/**
 * Loads the decoder of JPEG-LS, lossless and near-lossless (CharLS).
 *
 * @returns A decoder; colour comes back by pixel.
 * @see ITU-T T.87; DICOM PS3.5 section 8.2.3
 */
export async function loadJpegLs(): Promise<FrameDecoder> {
  const charls = await loadWasmModule<{ readonly JpegLSDecoder: new () => CharlsDecoder }>('@cornerstonejs/codec-charls/decodewasmjs');
  return (encoded, frame) => {
    checkJpegStream(encoded, frame);
    let interleaveMode = 0;
    const pixels = runWasmDecoder(new charls.JpegLSDecoder(), encoded, (decoder) => {
      decoder.decode();
      interleaveMode = decoder.getInterleaveMode();
    });
    return interleaveMode === 0 ? byPixel(pixels, frame) : pixels;
  };
}

/** Interleave mode 0 stores one component after the other. */
function byPixel(pixels: Uint8Array, frame: FrameDescription): Uint8Array {
  const samples = frame.samplesPerPixel;
  const bytes = frame.bitsAllocated / 8;
  if (samples === 1) return pixels;
  const count = frame.rows * frame.columns;
  const interleaved = new Uint8Array(pixels.length);
  for (let sample = 0; sample < samples; sample += 1) {
    for (let index = 0; index < count * bytes; index += 1) {
      const pixel = Math.floor(index / bytes);
      interleaved[(pixel * samples + sample) * bytes + (index % bytes)] = pixels[sample * count * bytes + index] ?? 0;
    }
  }
  return interleaved;
}
