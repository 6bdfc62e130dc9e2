import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../src-main/dicom/codecs/decode-frame.ts';
import { frameBytes } from '../../../src-main/dicom/codecs/frame-description.ts';
import type { FrameDescription } from '../../../src-main/dicom/codecs/frame-description.ts';
import { encodeHtj2k, encodeJpegLs, encodeNatively } from '../../helpers/pixel-encoders.ts';
import { seededGenerator } from '../../../src-main/finder/seeded-generator.ts';

const [baseline, jpegLs, nearLossless, jpeg2000, jpeg2000Lossy, htj2k, jpegXl, jpegXlLossy] = ['50', '80', '81', '90', '91', '201', '110', '112']
  .map((last) => `1.2.840.10008.1.2.4.${last}`) as [string, string, string, string, string, string, string, string];

function describeFrame(differing: Partial<FrameDescription> = {}): FrameDescription {
  return {
    rows: 48, columns: 80, samplesPerPixel: 1, bitsAllocated: 16, bitsStored: 12, pixelRepresentation: 0, planarConfiguration: 0,
    photometricInterpretation: differing.samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2', ...differing,
  };
}

/** Smooth and noisy as a CT slice is, over the whole range of the stored bits. */
function picture(frame: FrameDescription): Uint8Array {
  const random = seededGenerator(7);
  const range = 2 ** frame.bitsStored;
  const values = Array.from({ length: frame.rows * frame.columns * frame.samplesPerPixel }, (_, index) => {
    const shade = 0.5 + 0.45 * Math.sin(index / 700) * Math.cos((index % frame.columns) / 19);
    return Math.floor(range * Math.min(0.999, Math.max(0, shade + (random() - 0.5) * 0.05))) - (frame.pixelRepresentation === 1 ? range / 2 : 0);
  });
  return frame.bitsAllocated === 8 ? Uint8Array.from(values) : new Uint8Array(Uint16Array.from(values).buffer);
}

const frame = describeFrame();
const pixels = picture(frame);
const corrupt = { code: 'pixel-data-corrupt' };

/** Of copies with one bit turned behind the header, how many are refused. */
async function countRefused(uid: string, encoded: Uint8Array, description: FrameDescription, from: number): Promise<number> {
  const random = seededGenerator(11);
  let refused = 0;
  for (let copy = 0; copy < 40; copy += 1) {
    const damaged = encoded.slice();
    const at = from + Math.floor(random() * (encoded.length - from - 2));
    damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    refused += await decodeFrame(uid, damaged, description).then(() => 0, (error: unknown) => {
      expect(error).toMatchObject({ name: 'AppError' });
      return 1;
    });
  }
  return refused;
}

describe('HTJ2K', () => {
  // No public data set here has it: the decoder is tried on what another library's encoder writes.
  it.each(['201', '202', '203'])('gives back what was encoded (.%s)', async (last) => {
    expect(await decodeFrame(`1.2.840.10008.1.2.4.${last}`, await encodeHtj2k(pixels, frame), frame)).toEqual(pixels);
  });

  it('gives back signed pixels of 16 bits', async () => {
    const signed = describeFrame({ bitsStored: 16, pixelRepresentation: 1 });
    expect(await decodeFrame(htj2k, await encodeHtj2k(picture(signed), signed), signed)).toEqual(picture(signed));
  });

  it('refuses every cut, and another size than the header says', async () => {
    const encoded = await encodeHtj2k(pixels, frame);
    for (let place = 1; place < 20; place += 1) {
      const cut = encoded.subarray(0, Math.floor((encoded.length * place) / 20));
      await expect(decodeFrame(htj2k, cut, frame)).rejects.toMatchObject({ code: 'pixel-data-truncated' });
    }
    await expect(decodeFrame(htj2k, encoded, { ...frame, rows: 47 })).rejects.toMatchObject(corrupt);
  });

  it('shows some of the damage', async () => {
    expect(await countRefused(htj2k, await encodeHtj2k(pixels, frame), frame, 200)).toBeGreaterThan(2);
  });
});

describe('JPEG 2000', () => {
  it.each([describeFrame(), describeFrame({ bitsStored: 16, pixelRepresentation: 1 }), describeFrame({ bitsAllocated: 8, bitsStored: 8 })])(
    'gives back what was encoded: %o',
    async (description) => {
      expect(await decodeFrame(jpeg2000, await encodeNatively(picture(description), description, 'jpeg-2000'), description)).toEqual(picture(description));
    },
  );

  it('shows most damage in slices of the usual size', async () => {
    const slice = describeFrame({ rows: 256, columns: 256 });
    expect(await countRefused(jpeg2000, await encodeNatively(picture(slice), slice, 'jpeg-2000'), slice, 200)).toBeGreaterThan(30);
  });

  it.each([3, 10, 30, 100])('takes codewords that a compression rate of %i cuts short', async (rate) => {
    const slice = describeFrame({ rows: 256, columns: 256 });
    const decoded = await decodeFrame(jpeg2000Lossy, await encodeNatively(picture(slice), slice, 'jpeg-2000', rate), slice);
    expect(decoded).toHaveLength(frameBytes(slice));
  });

  it('refuses what its library would spoil: signed bytes', async () => {
    const bytes = describeFrame({ bitsAllocated: 8, bitsStored: 8, pixelRepresentation: 1 });
    await expect(decodeFrame(jpeg2000, await encodeNatively(picture(bytes), bytes, 'jpeg-2000'), bytes)).rejects.toMatchObject({
      code: 'transfer-syntax-unsupported',
    });
  });
});

describe('JPEG-LS', () => {
  it('gives back what was encoded, and widens 8-bit streams where the header allocates 16', async () => {
    expect(await decodeFrame(jpegLs, await encodeJpegLs(pixels, frame), frame)).toEqual(pixels);
    const narrow = describeFrame({ bitsAllocated: 8, bitsStored: 8 });
    const wide = await decodeFrame(jpegLs, await encodeJpegLs(picture(narrow), narrow), describeFrame({ bitsStored: 8 }));
    expect(new Uint16Array(wide.buffer, wide.byteOffset, wide.length / 2)).toEqual(Uint16Array.from(picture(narrow)));
  });

  it('refuses a near-lossless stream in a lossless file', async () => {
    const encoded = await encodeJpegLs(pixels, frame, 2);
    await expect(decodeFrame(jpegLs, encoded, frame)).rejects.toMatchObject(corrupt);
    expect(await decodeFrame(nearLossless, encoded, frame)).toHaveLength(pixels.length);
  });

  it('refuses a stream of more bits than the header allocates, and signed pixels that lose their sign', async () => {
    const encoded = await encodeJpegLs(pixels, frame);
    await expect(decodeFrame(jpegLs, encoded, describeFrame({ bitsAllocated: 8, bitsStored: 8 }))).rejects.toMatchObject(corrupt);
    await expect(decodeFrame(jpegLs, encoded, describeFrame({ bitsStored: 13, pixelRepresentation: 1 }))).rejects.toMatchObject(corrupt);
    expect(await decodeFrame(jpegLs, encoded, describeFrame({ pixelRepresentation: 1 }))).toEqual(pixels);
  });

  it('shows most damage', async () => {
    const slice = describeFrame({ rows: 256, columns: 256 });
    expect(await countRefused(jpegLs, await encodeJpegLs(picture(slice), slice), slice, 30)).toBeGreaterThan(30);
  });
});

describe('JPEG XL', () => {
  it.each([
    describeFrame(), describeFrame({ bitsStored: 16, pixelRepresentation: 1 }), describeFrame({ bitsStored: 13, pixelRepresentation: 1 }),
    describeFrame({ bitsStored: 16 }), describeFrame({ bitsAllocated: 8, bitsStored: 8 }),
    describeFrame({ bitsAllocated: 8, bitsStored: 8, samplesPerPixel: 3 }), describeFrame({ rows: 64, columns: 64 }),
  ])('gives back what was encoded: %o', async (description) => {
    const encoded = await encodeNatively(picture(description), description, 'jpeg-xl');
    expect(await decodeFrame(jpegXl, encoded, description)).toEqual(picture(description));
  });

  it('gives a lossy picture near the one encoded', async () => {
    const bytes = describeFrame({ bitsAllocated: 8, bitsStored: 8 });
    const decoded = await decodeFrame(jpegXlLossy, await encodeNatively(picture(bytes), bytes, 'jpeg-xl', 1), bytes);
    const error = picture(bytes).reduce((sum, value, index) => sum + Math.abs(value - (decoded[index] ?? 0)), 0) / decoded.length;
    expect(error).toBeLessThan(4);
  });

  it('refuses every cut, another shape of as many pixels, and all damage but little', async () => {
    const encoded = await encodeNatively(pixels, frame, 'jpeg-xl');
    for (let place = 1; place < 20; place += 1) {
      await expect(decodeFrame(jpegXl, encoded.subarray(0, Math.floor((encoded.length * place) / 20)), frame)).rejects.toMatchObject({ name: 'AppError' });
    }
    await expect(decodeFrame(jpegXl, encoded, { ...frame, rows: 80, columns: 48 })).rejects.toMatchObject(corrupt);
    expect(await countRefused(jpegXl, encoded, frame, 60)).toBeGreaterThan(36);
  });
});

describe('decodeFrame', () => {
  it('goes on after codecs that trapped', async () => {
    const grey = describeFrame({ bitsAllocated: 8, bitsStored: 8 });
    const encoded = await encodeNatively(picture(grey), grey, 'jpeg');
    const whole = await decodeFrame(baseline, encoded, grey);
    await countRefused(baseline, encoded, grey, 20);
    expect(await decodeFrame(baseline, encoded, grey)).toEqual(whole);
  });

  it.each(['100', '111', '999'])('refuses the transfer syntax .%s', async (last) => {
    await expect(decodeFrame(`1.2.840.10008.1.2.4.${last}`, new Uint8Array(100), frame)).rejects.toMatchObject({ code: 'transfer-syntax-unsupported' });
  });
});
