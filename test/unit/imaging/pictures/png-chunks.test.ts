import { describe, expect, it } from 'vitest';
import { keepPictureChunks, pngChunks } from '../../../../src-main/imaging/pictures/png-chunks.ts';

/** A chunk whose checksum nobody looks at. */
function chunk(type: string, length: number): Buffer {
  const bytes = Buffer.alloc(12 + length, type);
  bytes.writeUInt32BE(length);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

const signature = Buffer.alloc(8);

describe('pngChunks', () => {
  it('lists every chunk whole', () => {
    const chunks = pngChunks(Buffer.concat([signature, chunk('IHDR', 13), chunk('tEXt', 5), chunk('IEND', 0)]));
    expect(chunks.map(({ type, bytes }) => [type, bytes.length])).toEqual([['IHDR', 25], ['tEXt', 17], ['IEND', 12]]);
  });

  it.each([1, 7, 11, 20])('refuses a PNG that is cut by %d bytes', (missing) => {
    const png = Buffer.concat([signature, chunk('IHDR', 13), chunk('IDAT', 30)]);
    expect(() => pngChunks(png.subarray(0, -missing))).toThrow(RangeError);
  });
});

describe('keepPictureChunks', () => {
  it('drops what is about the picture and keeps the picture', () => {
    const picture = [chunk('IHDR', 13), chunk('IDAT', 40), chunk('IDAT', 3), chunk('IEND', 0)];
    const [header, first, second, end] = picture;
    const written = Buffer.concat([signature, header!, chunk('pHYs', 9), chunk('tEXt', 30), first!, second!, chunk('tIME', 7), end!, chunk('eXIf', 4)]);
    expect(Buffer.from(keepPictureChunks(written)).equals(Buffer.concat([signature, ...picture]))).toBe(true);
  });
});
