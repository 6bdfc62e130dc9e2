import { createRequire } from 'node:module';
import type { Context as ContextClass, NativeCodecs as NativeCodecsClass } from 'dcmjs-codecs';
import { frameBytes } from '../../src-main/dicom/codecs/frame-description.ts';
import type { FrameDescription } from '../../src-main/dicom/codecs/frame-description.ts';

/** What the encoders of @cornerstonejs share. */
interface WasmEncoder {
  getDecodedBuffer(info: object): Uint8Array;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

interface Htj2kEncoder extends WasmEncoder {
  setQuality(reversible: boolean, step: number): void;
}

interface CharlsEncoder extends WasmEncoder {
  setNearLossless(error: number): void;
}

const require = createRequire(import.meta.url);

async function load<Module>(specifier: string): Promise<Module> {
  const ignore = (): undefined => undefined;
  return (require(specifier) as (options: object) => Promise<Module>)({ print: ignore, printErr: ignore });
}

function encodeWith<Encoder extends WasmEncoder>(encoder: Encoder, pixels: Uint8Array, frame: FrameDescription, prepare: (encoder: Encoder) => void): Uint8Array {
  const { columns: width, rows: height, bitsStored: bitsPerSample, samplesPerPixel: componentCount } = frame;
  const isSigned = frame.pixelRepresentation === 1;
  encoder.getDecodedBuffer({ width, height, bitsPerSample, componentCount, isSigned, isUsingColorTransform: false }).set(pixels);
  prepare(encoder);
  encoder.encode();
  const encoded = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return encoded;
}

/** Encodes reversible HTJ2K with OpenJPH. */
export async function encodeHtj2k(pixels: Uint8Array, frame: FrameDescription): Promise<Uint8Array> {
  const { HTJ2KEncoder } = await load<{ readonly HTJ2KEncoder: new () => Htj2kEncoder }>('@cornerstonejs/codec-openjph');
  return encodeWith(new HTJ2KEncoder(), pixels, frame, (encoder) => encoder.setQuality(true, 0));
}

/** Encodes JPEG-LS with CharLS; a near-lossless error of 0 is lossless. */
export async function encodeJpegLs(pixels: Uint8Array, frame: FrameDescription, nearLossless = 0): Promise<Uint8Array> {
  const { JpegLSEncoder } = await load<{ readonly JpegLSEncoder: new () => CharlsEncoder }>('@cornerstonejs/codec-charls');
  return encodeWith(new JpegLSEncoder(), pixels, frame, (encoder) => encoder.setNearLossless(nearLossless));
}

/** Encodes with one of dcmjs-codecs' libraries: JPEG 2000 reversible or at a compression rate, JPEG XL, JPEG baseline. */
export async function encodeNatively(
  pixels: Uint8Array, frame: FrameDescription, format: 'jpeg-2000' | 'jpeg-xl' | 'jpeg', rate = 0,
): Promise<Uint8Array> {
  const { Context, NativeCodecs } = require('dcmjs-codecs') as { readonly Context: typeof ContextClass; readonly NativeCodecs: typeof NativeCodecsClass };
  await NativeCodecs.initializeAsync({});
  const { rows, columns, ...shape } = frame;
  const context = new Context({ ...shape, width: columns, height: rows, decodedBuffer: pixels.slice(0, frameBytes(frame)) });
  const encoded = {
    'jpeg-2000': () => NativeCodecs.encodeJpeg2000(context, rate === 0 ? { lossy: false } : { lossy: true, rate }),
    'jpeg-xl': () => NativeCodecs.encodeJpegXl(context, { lossy: rate !== 0 }),
    jpeg: () => NativeCodecs.encodeJpeg(context, { lossy: true, quality: 90 }),
  }[format]().getEncodedBuffer();
  if (encoded === undefined) throw new Error('nothing was encoded');
  return encoded;
}
