import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePicture, encodeWithin } from '../../../../src-main/imaging/pictures/encode-picture.ts';
import type { PictureFormat } from '../../../../src-main/imaging/pictures/encode-picture.ts';
import type { GreyPicture } from '../../../../src-main/imaging/pictures/picture.ts';
import { phantomSlice } from '../../../helpers/phantom-slice.ts';

/** A chest with noise, so that lossless costs something. */
const picture: GreyPicture = { grey: noisyChest(160), columns: 160, rows: 160 };

function noisyChest(size: number): Uint8Array {
  let state = 1;
  return phantomSlice(size).map((grey) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor(grey * 0.75) + (state >>> 26);
  });
}

/** Grey levels of the first channel, and how far the others are from it at most. */
async function decode(bytes: Uint8Array): Promise<{ readonly grey: Uint8Array; readonly tint: number }> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const grey = Uint8Array.from({ length: info.width * info.height }, (_, index) => data[index * info.channels]!);
  return { grey, tint: data.reduce((most, value, index) => Math.max(most, Math.abs(value - grey[Math.floor(index / info.channels)]!)), 0) };
}

function largestDifference(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((largest, value, index) => Math.max(largest, Math.abs(value - other[index]!)), 0);
}

describe('encodePicture', () => {
  it.each<[PictureFormat, string, string]>([
    [{ type: 'png' }, 'image/png', 'png'], [{ type: 'webp-lossless' }, 'image/webp', 'webp'],
  ])('keeps every grey level as %o', async (format, mediaType, name) => {
    const encoded = await encodePicture(picture, format);
    expect(encoded).toMatchObject({ mediaType, format });
    expect((await sharp(encoded.bytes).metadata()).format).toBe(name);
    const decoded = await decode(encoded.bytes);
    expect([decoded.tint, Buffer.compare(decoded.grey, picture.grey)]).toEqual([0, 0]);
  });

  it.each<[PictureFormat, string, number]>([
    [{ type: 'jpeg', quality: 90 }, 'jpeg', 0], [{ type: 'webp', quality: 90 }, 'webp', 2],
  ])('stays close to the picture as %o', async (format, name, mostTint) => {
    const encoded = await encodePicture(picture, format);
    expect((await sharp(encoded.bytes).metadata()).format).toBe(name);
    const decoded = await decode(encoded.bytes);
    expect(decoded.tint).toBeLessThanOrEqual(mostTint);
    expect(largestDifference(decoded.grey, picture.grey)).toBeLessThan(32);
    expect(largestDifference(decoded.grey, picture.grey)).toBeGreaterThan(0);
  });

  it('writes JPEG with one channel', async () => {
    const { bytes } = await encodePicture(picture, { type: 'jpeg', quality: 80 });
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 1, space: 'b-w', width: 160, height: 160 });
  });

  it.each<PictureFormat>([{ type: 'png' }, { type: 'webp-lossless' }, { type: 'webp', quality: 80 }, { type: 'jpeg', quality: 80 }])('writes nothing about the picture as %o', async (format) => {
    const { bytes } = await encodePicture(picture, format);
    const { exif, icc, xmp, iptc, comments } = await sharp(bytes).metadata();
    expect([exif, icc, xmp, iptc, comments]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });

  it.each<PictureFormat>([{ type: 'png' }, { type: 'webp', quality: 80 }, { type: 'jpeg', quality: 80 }])('refuses what is not columns x rows as %o', async (format) => {
    await expect(encodePicture({ ...picture, rows: 159 }, format)).rejects.toThrow(RangeError);
  });

  it('refuses a side that WebP cannot have', async () => {
    await expect(encodePicture({ grey: new Uint8Array(16_384), columns: 16_384, rows: 1 }, { type: 'webp-lossless' })).rejects.toThrow(RangeError);
  });
});

describe('encodeWithin', () => {
  const all = ['jpeg', 'png', 'webp-lossless', 'webp'] as const;

  it('takes the first lossless type where that fits, however the others are liked', async () => {
    expect((await encodeWithin(picture, { formats: all, maxBytes: 1e6 }))?.format).toEqual({ type: 'png' });
    expect((await encodeWithin(picture, { formats: ['webp', 'webp-lossless'], maxBytes: 1e6 }))?.format).toEqual({ type: 'webp-lossless' });
  });

  it('takes the other lossless type where only that fits', async () => {
    const png = await encodePicture(picture, { type: 'png' });
    const webp = await encodePicture(picture, { type: 'webp-lossless' });
    const [smaller, larger] = png.bytes.length < webp.bytes.length ? [png, webp] : [webp, png];
    const within = await encodeWithin(picture, { formats: [larger.format.type, smaller.format.type], maxBytes: larger.bytes.length - 1 });
    expect(within?.format).toEqual(smaller.format);
  });

  it('falls to the highest quality that fits', async () => {
    const sizes = new Map<number, number>();
    for (const quality of [95, 90, 85]) sizes.set(quality, (await encodePicture(picture, { type: 'jpeg', quality })).bytes.length);
    const exactly = await encodeWithin(picture, { formats: ['png', 'jpeg'], maxBytes: sizes.get(90)! });
    expect([exactly?.format, exactly?.bytes.length]).toEqual([{ type: 'jpeg', quality: 90 }, sizes.get(90)]);
    const below = await encodeWithin(picture, { formats: ['png', 'jpeg'], maxBytes: sizes.get(90)! - 1 });
    expect(below?.format).toEqual({ type: 'jpeg', quality: 85 });
  });

  it('never passes the limit, and says so when nothing fits', async () => {
    expect(await encodeWithin(picture, { formats: all, maxBytes: 200 })).toBeNull();
    expect(await encodeWithin(picture, { formats: ['png'], maxBytes: 200 })).toBeNull();
    expect(await encodeWithin(picture, { formats: [], maxBytes: 1e9 })).toBeNull();
  });

  it('does without WebP for a side that it cannot have', async () => {
    const long = { grey: new Uint8Array(16_384), columns: 16_384, rows: 1 };
    expect((await encodeWithin(long, { formats: ['webp-lossless', 'webp', 'jpeg'], maxBytes: 1e6 }))?.format).toEqual({ type: 'jpeg', quality: 95 });
  });
});
