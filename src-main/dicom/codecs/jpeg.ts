import { createRequire } from 'node:module';
import type { Context as ContextClass, NativeCodecs as NativeCodecsClass, log as logger } from 'dcmjs-codecs';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { checkJpegStream } from './code-stream.ts';
import type { FrameDecoder } from './frame-description.ts';

interface DcmjsCodecs {
  readonly Context: typeof ContextClass;
  readonly NativeCodecs: typeof NativeCodecsClass;
  readonly log: typeof logger;
}

/**
 * Loads the decoder of JPEG baseline, extended (8 and 12 bit) and lossless, all processes.
 *
 * @returns A decoder; colour stays in the colour space it is stored in.
 * @see ITU-T T.81; DICOM PS3.5 section 8.2.1
 */
export async function loadJpeg(): Promise<FrameDecoder> {
  const { Context, NativeCodecs, log } = createRequire(import.meta.url)('dcmjs-codecs') as DcmjsCodecs;
  const damage = watchForDamage(log);
  await NativeCodecs.initializeAsync({ logCodecsInfo: true });
  return (encoded, frame) => {
    checkJpegStream(encoded, frame);
    const context = new Context({
      width: frame.columns,
      height: frame.rows,
      bitsAllocated: frame.bitsAllocated,
      bitsStored: frame.bitsStored,
      samplesPerPixel: frame.samplesPerPixel,
      pixelRepresentation: frame.pixelRepresentation,
      planarConfiguration: 0,
      photometricInterpretation: frame.photometricInterpretation,
      encodedBuffer: encoded,
    });
    damage.reset();
    const pixels = NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: false }).getDecodedBuffer() ?? new Uint8Array();
    if (damage.wasReported()) throw new AppError('pixel-data-corrupt', 'the compressed pixels are damaged');
    return pixels;
  };
}

/**
 * libjpeg fills what it cannot decode with invented pixels and only remarks on it; the remarks come out through the log.
 * Nothing is printed any more: they would otherwise go to the console.
 */
function watchForDamage(log: typeof logger): { reset(): void; wasReported(): boolean } {
  let reported = false;
  log.methodFactory = () => (...message: unknown[]) => {
    if (/EmitMessage::Corrupt JPEG data/.test(String(message[0]))) reported = true;
  };
  log.setLevel('info', false);
  return {
    reset: () => {
      reported = false;
    },
    wasReported: () => reported,
  };
}
