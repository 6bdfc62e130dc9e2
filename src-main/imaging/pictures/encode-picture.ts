import type { Sharp } from 'sharp';
import { encodeGreyPng } from './encode-png.ts';
import { loadSharp } from './load-sharp.ts';
import type { GreyPicture } from './picture.ts';

/** How a picture can be written. Quality goes from 1 to 100; what has none keeps every grey level. */
export type PictureFormat =
  | { readonly type: 'png' }
  | { readonly type: 'webp-lossless' }
  | { readonly type: 'webp' | 'jpeg'; readonly quality: number };

/** A picture as a file. */
export interface EncodedPicture {
  /** Without any metadata, in memory of its own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: 'image/png' | 'image/webp' | 'image/jpeg';
  readonly format: PictureFormat;
}

/** What a receiver takes. */
export interface PictureLimits {
  /** Types it understands, best liked first. */
  readonly formats: readonly PictureFormat['type'][];
  readonly maxBytes: number;
}

/** Below, noise and small nodules are not told apart any more: the caller has to send less at a time. */
const qualities = [95, 90, 85, 80, 70, 60] as const;
/** WebP stores a side in 14 bits. */
const longestWebpSide = 16_383;

/**
 * Encodes a picture.
 *
 * PNG and JPEG have one grey channel. WebP knows colour only: lossless it has three equal channels, else they may be one or two
 * levels apart, and only 220 levels of grey are left of 256. JPEG is the better of the two where both are taken.
 *
 * @param picture - Grey levels.
 * @param format - How.
 * @throws {RangeError} when the picture is not columns x rows, or too large for WebP.
 */
export async function encodePicture(picture: GreyPicture, format: PictureFormat): Promise<EncodedPicture> {
  switch (format.type) {
    case 'png':
      return { bytes: await encodeGreyPng(picture.grey, picture.columns, picture.rows), mediaType: 'image/png', format };
    case 'jpeg':
      // Without the colour space sharp makes three channels of one.
      return { bytes: await bytesOf((await source(picture)).toColourspace('b-w').jpeg({ quality: format.quality })), mediaType: 'image/jpeg', format };
    case 'webp':
      return { bytes: await bytesOf((await checkedForWebp(picture)).webp({ quality: format.quality })), mediaType: 'image/webp', format };
    case 'webp-lossless':
      return { bytes: await bytesOf((await checkedForWebp(picture)).webp({ lossless: true })), mediaType: 'image/webp', format };
  }
}

/**
 * Encodes a picture so that it is no larger than a limit: lossless where that fits, else with the highest quality that does.
 *
 * @param picture - Grey levels.
 * @param limits - Of the receiver.
 * @returns Says in `format` which it took; null when nothing fits that still shows what is in the picture.
 * @throws {RangeError} when the picture is not columns x rows.
 */
export async function encodeWithin(picture: GreyPicture, { formats, maxBytes }: PictureLimits): Promise<EncodedPicture | null> {
  const fitting = formats.filter((type) => !type.startsWith('webp') || isWebpSize(picture));
  const lossless = fitting.flatMap((type): PictureFormat[] => (type === 'png' || type === 'webp-lossless' ? [{ type }] : []));
  const lossy = qualities.flatMap((quality) =>
    fitting.flatMap((type): PictureFormat[] => (type === 'jpeg' || type === 'webp' ? [{ type, quality }] : [])),
  );
  for (const format of [...lossless, ...lossy]) {
    const encoded = await encodePicture(picture, format);
    if (encoded.bytes.length <= maxBytes) return encoded;
  }
  return null;
}

async function source({ grey, columns, rows }: GreyPicture): Promise<Sharp> {
  if (grey.length !== columns * rows) throw new RangeError('the picture is not columns x rows');
  const sharp = await loadSharp();
  return sharp(grey, { raw: { width: columns, height: rows, channels: 1 } });
}

async function checkedForWebp(picture: GreyPicture): Promise<Sharp> {
  if (!isWebpSize(picture)) throw new RangeError('the picture is too large for WebP');
  return source(picture);
}

function isWebpSize({ columns, rows }: GreyPicture): boolean {
  return columns <= longestWebpSide && rows <= longestWebpSide;
}

async function bytesOf(image: Sharp): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await image.toBuffer());
}
