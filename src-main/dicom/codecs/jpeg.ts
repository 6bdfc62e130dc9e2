import { checkSequentialScan } from './code-stream-jpeg-blocks.ts';
import { followScans, readJpegHeader } from './code-stream-jpeg.ts';
import { corruptStream } from './code-stream.ts';
import type { FrameDecoder } from './frame-description.ts';
import { loadNativeCodecs } from './native-codecs.ts';

/**
 * Loads the decoder of JPEG baseline, extended (8 and 12 bit), progressive and lossless of several components (libjpeg).
 *
 * @returns A decoder; colour stays in the colour space it is stored in.
 * @see ITU-T T.81; DICOM PS3.5 section 8.2.1
 */
export async function loadJpeg(): Promise<FrameDecoder> {
  const native = await loadNativeCodecs();
  return (encoded, frame) => {
    const header = readJpegHeader(encoded, frame);
    followScans(encoded, header);
    checkSequentialScan(encoded, header);
    const pixels = native.decodeJpeg(encoded, frame);
    // libjpeg fills what it cannot decode with invented pixels and only remarks on it.
    if (native.remarks.some((line) => /Corrupt JPEG data|Premature end|Inconsistent progression/.test(line))) throw corruptStream();
    return pixels;
  };
}
