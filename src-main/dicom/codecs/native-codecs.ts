import { createRequire } from 'node:module';
import type { Context as ContextClass, NativeCodecs as NativeCodecsClass, log as logger } from 'dcmjs-codecs';
import type { FrameDescription } from './frame-description.ts';

interface DcmjsCodecs {
  readonly Context: typeof ContextClass;
  readonly NativeCodecs: typeof NativeCodecsClass;
  readonly log: typeof logger;
}

/** The decoders of dcmjs-codecs that LungDesk uses; all live in one WASM module. */
export interface NativeCodecs {
  /** libjpeg as DCMTK has it; colour stays in the colour space it is stored in. */
  decodeJpeg(encoded: Uint8Array, frame: FrameDescription): Uint8Array;
  /** libjxl. */
  decodeJpegXl(encoded: Uint8Array, frame: FrameDescription): Uint8Array;
  /** Lines that the libraries printed since the last decoding began. */
  readonly remarks: readonly string[];
}

const remarks: string[] = [];
const maxRemarks = 10_000;

/**
 * Loads the module anew; decoders that were loaded before go on with the new one.
 *
 * Nothing is printed any more: the remarks would otherwise go to the console.
 */
export async function loadNativeCodecs(): Promise<NativeCodecs> {
  const { Context, NativeCodecs, log } = createRequire(import.meta.url)('dcmjs-codecs') as DcmjsCodecs;
  log.methodFactory = () => (...message: unknown[]) => {
    if (remarks.length < maxRemarks) remarks.push(String(message[0]));
  };
  log.setLevel('info', false);
  await NativeCodecs.initializeAsync({ logCodecsInfo: true });

  function contextOf(encoded: Uint8Array, frame: FrameDescription): ContextClass {
    remarks.length = 0;
    return new Context({
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
  }

  return {
    decodeJpeg: (encoded, frame) =>
      NativeCodecs.decodeJpeg(contextOf(encoded, frame), { convertColorspaceToRgb: false }).getDecodedBuffer() ?? new Uint8Array(),
    decodeJpegXl: (encoded, frame) => NativeCodecs.decodeJpegXl(contextOf(encoded, frame), {}).getDecodedBuffer() ?? new Uint8Array(),
    remarks,
  };
}
