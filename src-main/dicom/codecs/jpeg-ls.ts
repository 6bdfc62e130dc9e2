import { followScans, jpegLsProcess, readJpegHeader } from './code-stream-jpeg.ts';
import { corruptStream } from './code-stream.ts';
import type { FrameDecoder, FrameDescription } from './frame-description.ts';
import { loadWasmModule, runWasmDecoder } from './wasm-codec.ts';
import type { WasmDecoder } from './wasm-codec.ts';

interface CharlsDecoder extends WasmDecoder {
  getInterleaveMode(): number;
  getNearLossless(): number;
}

const losslessSyntax = '1.2.840.10008.1.2.4.80';

/**
 * Loads the decoder of JPEG-LS, lossless and near-lossless (CharLS).
 *
 * @returns A decoder; colour comes back by pixel.
 * @see ITU-T T.87; DICOM PS3.5 section 8.2.3
 */
export async function loadJpegLs(): Promise<FrameDecoder> {
  const { module, remarks } = await loadWasmModule<{ readonly JpegLSDecoder: new () => CharlsDecoder }>('@cornerstonejs/codec-charls/decodewasmjs');
  return (encoded, frame, transferSyntaxUid) => {
    const header = readJpegHeader(encoded, frame);
    if (header.process !== jpegLsProcess) throw corruptStream();
    followScans(encoded, header);
    let interleaveMode = 0;
    let nearLossless = 0;
    const pixels = runWasmDecoder(new module.JpegLSDecoder(), encoded, remarks, (decoder) => {
      interleaveMode = decoder.getInterleaveMode();
      nearLossless = decoder.getNearLossless();
    });
    // A lossless file whose stream allows an error is damaged in just that byte, or not what it says.
    if (nearLossless !== 0 && transferSyntaxUid === losslessSyntax) throw corruptStream();
    return interleaveMode === 0 ? byPixel(pixels, frame) : pixels;
  };
}

/** Interleave mode 0 stores one component after the other. */
function byPixel(pixels: Uint8Array, frame: FrameDescription): Uint8Array {
  const samples = frame.samplesPerPixel;
  if (samples === 1) return pixels;
  const count = frame.rows * frame.columns;
  const bytes = pixels.length / (count * samples);
  const interleaved = new Uint8Array(pixels.length);
  for (let sample = 0; sample < samples; sample += 1) {
    for (let index = 0; index < count * bytes; index += 1) {
      const pixel = Math.floor(index / bytes);
      interleaved[(pixel * samples + sample) * bytes + (index % bytes)] = pixels[sample * count * bytes + index] ?? 0;
    }
  }
  return interleaved;
}
