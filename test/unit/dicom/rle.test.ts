import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRle } from '../../../src-main/dicom/codecs/rle.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';

const frame = frameDescriptionOf(instanceHeader({ rows: 2, columns: 3 }), 0);

/** One segment per byte plane, most significant first; runs of equal bytes are packed, the rest is literal. */
function encode(pixels: Uint8Array, samples: number, bytesPerSample: number, padding: readonly number[] = []): Uint8Array {
  const step = samples * bytesPerSample;
  const segments = Array.from({ length: step }, (_, plane) => {
    const place = Math.floor(plane / bytesPerSample) * bytesPerSample + bytesPerSample - 1 - (plane % bytesPerSample);
    return Uint8Array.from([...packBits([...pixels].filter((_value, index) => index % step === place)), ...padding]);
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

function packBits(bytes: readonly number[]): readonly number[] {
  const packed: number[] = [];
  for (let start = 0; start < bytes.length; ) {
    let equal = 1;
    while (equal < 128 && start + equal < bytes.length && bytes[start + equal] === bytes[start]) equal += 1;
    if (equal > 1) {
      packed.push(257 - equal, bytes[start] ?? 0);
      start += equal;
      continue;
    }
    let literal = 1;
    while (literal < 128 && start + literal < bytes.length && bytes[start + literal] !== bytes[start + literal - 1]) literal += 1;
    packed.push(literal - 1, ...bytes.slice(start, start + literal));
    start += literal;
  }
  return packed;
}

const corrupt: unknown = expect.objectContaining({ code: 'pixel-data-corrupt' });

describe('decodeRle', () => {
  it('reassembles little-endian words from byte planes', () => {
    const pixels = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(decodeRle(encode(pixels, 1, 2), frame)).toEqual(pixels);
  });

  it('repeats runs and skips the control byte 128', () => {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(2, 0);
    header.writeUInt32LE(64, 4);
    header.writeUInt32LE(67, 8);
    const stream = Buffer.concat([header, Uint8Array.from([128, 251, 7, 251, 9])]);
    expect([...decodeRle(stream, frame)]).toEqual([9, 7, 9, 7, 9, 7, 9, 7, 9, 7, 9, 7]);
  });

  it.each([[1, 1], [1, 2], [1, 4], [3, 1], [3, 2]])('gives back what was encoded with %i samples of %i bytes', (samples, bytesPerSample) => {
    const description = frameDescriptionOf(
      instanceHeader({ rows: 9, columns: 31, samplesPerPixel: samples, bitsAllocated: 8 * bytesPerSample, bitsStored: 8 * bytesPerSample }), 0,
    );
    const length = 9 * 31 * samples * bytesPerSample;
    // Few values, so that runs of all lengths occur.
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 150 })), { minLength: 1 }), (runs) => {
        const values = runs.flatMap(([value, count]) => Array.from({ length: count }, (_, index) => (count % 3 === 0 ? index & 255 : value)));
        const pixels = Uint8Array.from({ length }, (_, index) => values[index % values.length] ?? 0);
        expect(decodeRle(encode(pixels, samples, bytesPerSample), description)).toEqual(pixels);
      }),
    );
  });

  const whole = Uint8Array.from({ length: 12 }, (_, index) => index);

  it('refuses every cut, and a segment count that does not fit', () => {
    const encoded = encode(whole, 1, 2);
    for (let length = 0; length < encoded.length; length += 1) expect(() => decodeRle(encoded.subarray(0, length), frame)).toThrow(corrupt);
    const other = frameDescriptionOf(instanceHeader({ rows: 2, columns: 3, samplesPerPixel: 3 }), 0);
    expect(() => decodeRle(encoded, other)).toThrow(corrupt);
  });

  it.each([[[0]], [[9]], [[0, 0]], [[128, 0, 128]]])('accepts the padding %o behind a segment', (padding) => {
    expect(decodeRle(encode(whole, 1, 2, padding), frame)).toEqual(whole);
  });

  it.each([[[0, 9]], [[1, 2, 3]], [[255, 0]]])('refuses %o left over behind a segment', (rest) => {
    expect(() => decodeRle(encode(whole, 1, 2, rest), frame)).toThrow(corrupt);
  });

  it('refuses a packet that runs over the end of the plane', () => {
    const small = frameDescriptionOf(instanceHeader({ rows: 1, columns: 5 }), 0);
    expect(() => decodeRle(encode(whole, 1, 2), small)).toThrow(corrupt);
    expect(() => decodeRle(encode(new Uint8Array(12), 1, 2), small)).toThrow(corrupt);
  });

  it('refuses segments out of order', () => {
    const encoded = Buffer.from(encode(whole, 1, 2));
    const [first, second] = [encoded.readUInt32LE(4), encoded.readUInt32LE(8)];
    encoded.writeUInt32LE(second, 4);
    encoded.writeUInt32LE(first, 8);
    expect(() => decodeRle(encoded, frame)).toThrow(corrupt);
  });
});
