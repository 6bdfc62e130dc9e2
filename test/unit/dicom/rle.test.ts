import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRle } from '../../../src-main/dicom/codecs/rle.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';

const frame = frameDescriptionOf(instanceHeader({ rows: 2, columns: 3 }), 0);

/** One segment per byte plane, most significant first, each as literal runs of at most 128 bytes. */
function encode(pixels: Uint8Array, bytesPerPixel: number): Uint8Array {
  const segments = Array.from({ length: bytesPerPixel }, (_, plane) => {
    const bytes = [...pixels].filter((_value, index) => index % bytesPerPixel === bytesPerPixel - 1 - plane);
    const runs: number[] = [];
    for (let start = 0; start < bytes.length; start += 128) {
      const run = bytes.slice(start, start + 128);
      runs.push(run.length - 1, ...run);
    }
    return Uint8Array.from(runs);
  });
  const header = Buffer.alloc(64);
  header.writeUInt32LE(segments.length, 0);
  let offset = 64;
  segments.forEach((segment, index) => {
    header.writeUInt32LE(offset, 4 + index * 4);
    offset += segment.length;
  });
  return Buffer.concat([header, ...segments]);
}

describe('decodeRle', () => {
  it('reassembles little-endian words from byte planes', () => {
    const pixels = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(decodeRle(encode(pixels, 2), frame)).toEqual(pixels);
  });

  it('repeats runs and skips the control byte 128', () => {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(2, 0);
    header.writeUInt32LE(64, 4);
    header.writeUInt32LE(67, 8);
    const stream = Buffer.concat([header, Uint8Array.from([128, 251, 7, 251, 9])]);
    expect([...decodeRle(stream, frame)]).toEqual([9, 7, 9, 7, 9, 7, 9, 7, 9, 7, 9, 7]);
  });

  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (pixels) => {
        expect(decodeRle(encode(pixels, 2), frame)).toEqual(pixels);
      }),
    );
  });

  it('refuses every cut, and a segment count that does not fit', () => {
    const whole = encode(Uint8Array.from({ length: 12 }, (_, index) => index), 2);
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => decodeRle(whole.subarray(0, length), frame)).toThrow(expect.objectContaining({ code: 'pixel-data-corrupt' }));
    }
    const other = frameDescriptionOf(instanceHeader({ rows: 2, columns: 3, samplesPerPixel: 3 }), 0);
    expect(() => decodeRle(whole, other)).toThrow(expect.objectContaining({ code: 'pixel-data-corrupt' }));
  });
});
