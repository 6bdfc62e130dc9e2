import { checkJpegXlStream } from './code-stream-jpeg-xl.ts';
import type { FrameDecoder } from './frame-description.ts';
import { loadNativeCodecs } from './native-codecs.ts';

/**
 * Loads the decoder of JPEG XL (libjxl), which refuses damaged streams itself.
 *
 * @see ISO/IEC 18181-1; DICOM PS3.5 section 8.2.15
 */
export async function loadJpegXl(): Promise<FrameDecoder> {
  const native = await loadNativeCodecs();
  return (encoded, frame) => {
    checkJpegXlStream(encoded, frame);
    return native.decodeJpegXl(encoded, frame);
  };
}
