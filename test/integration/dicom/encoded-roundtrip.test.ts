import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../src-main/dicom/codecs/decode-frame.ts';
import type { FrameDescription } from '../../../src-main/dicom/codecs/frame-description.ts';

interface Htj2kEncoder {
  getDecodedBuffer(info: object): Uint8Array;
  setQuality(reversible: boolean, step: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

interface CharlsEncoder {
  getDecodedBuffer(info: object): Uint8Array;
  setNearLossless(error: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
}

const require = createRequire(import.meta.url);
const frame: FrameDescription = {
  rows: 48, columns: 80, samplesPerPixel: 1, bitsAllocated: 16, bitsStored: 12, pixelRepresentation: 0, planarConfiguration: 0,
  photometricInterpretation: 'MONOCHROME2',
};
const info = { width: 80, height: 48, bitsPerSample: 12, componentCount: 1, isSigned: false, isUsingColorTransform: false };
const pixels = new Uint8Array(Uint16Array.from({ length: 48 * 80 }, (_, index) => (index * 2654435761) % 4096).buffer);

async function encodeHtj2k(): Promise<Uint8Array> {
  const openjph = (await (require('@cornerstonejs/codec-openjph') as (options: object) => Promise<unknown>)({ print: () => undefined })) as {
    readonly HTJ2KEncoder: new () => Htj2kEncoder;
  };
  const encoder = new openjph.HTJ2KEncoder();
  encoder.getDecodedBuffer(info).set(pixels);
  encoder.setQuality(true, 0);
  encoder.encode();
  const encoded = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return encoded;
}

async function encodeJpegLs(source: Uint8Array, bitsPerSample: number): Promise<Uint8Array> {
  const charls = (await (require('@cornerstonejs/codec-charls') as (options: object) => Promise<unknown>)({ print: () => undefined })) as {
    readonly JpegLSEncoder: new () => CharlsEncoder;
  };
  const encoder = new charls.JpegLSEncoder();
  encoder.getDecodedBuffer({ ...info, bitsPerSample }).set(source);
  encoder.setNearLossless(0);
  encoder.encode();
  const encoded = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return encoded;
}

describe('decodeFrame', () => {
  // No public data set here has HTJ2K: the decoder is tried on what the library's own encoder writes.
  it.each(['1.2.840.10008.1.2.4.201', '1.2.840.10008.1.2.4.202', '1.2.840.10008.1.2.4.203'])('gives back what was encoded as HTJ2K (%s)', async (uid) => {
    expect(await decodeFrame(uid, await encodeHtj2k(), frame)).toEqual(pixels);
  });

  it('refuses every cut of an HTJ2K stream', async () => {
    const encoded = await encodeHtj2k();
    for (let place = 1; place < 20; place += 1) {
      const cut = encoded.subarray(0, Math.floor((encoded.length * place) / 20));
      await expect(decodeFrame('1.2.840.10008.1.2.4.201', cut, frame)).rejects.toMatchObject({ code: 'pixel-data-truncated' });
    }
  });

  it('widens 8-bit streams where the header allocates 16', async () => {
    const bytes = Uint8Array.from({ length: 48 * 80 }, (_, index) => index % 251);
    const wide = await decodeFrame('1.2.840.10008.1.2.4.80', await encodeJpegLs(bytes, 8), { ...frame, bitsStored: 8 });
    expect(new Uint16Array(wide.buffer)).toEqual(Uint16Array.from(bytes));
  });

  it('refuses a stream of another size than the header', async () => {
    await expect(decodeFrame('1.2.840.10008.1.2.4.201', await encodeHtj2k(), { ...frame, rows: 47 })).rejects.toMatchObject({ code: 'pixel-data-corrupt' });
  });

  it.each(['1.2.840.10008.1.2.4.110', '1.2.840.10008.1.2.4.100', '1.2.3'])('refuses the transfer syntax %s', async (uid) => {
    await expect(decodeFrame(uid, new Uint8Array(100), frame)).rejects.toMatchObject({ code: 'transfer-syntax-unsupported' });
  });
});
