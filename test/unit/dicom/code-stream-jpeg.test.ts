import { describe, expect, it } from 'vitest';
import { followScans, readJpegHeader } from '../../../src-main/dicom/codecs/code-stream-jpeg.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';

const frame = frameDescriptionOf(instanceHeader({ rows: 3, columns: 5, pixelRepresentation: 0 }), 0);
const failsWith = (code: string): unknown => expect.objectContaining({ code });
const check = (stream: Uint8Array, expected = frame): void => followScans(stream, readJpegHeader(stream, expected));

interface Differing {
  readonly rows?: number;
  readonly columns?: number;
  readonly precision?: number;
  readonly process?: number;
  readonly before?: readonly number[];
  readonly scan?: readonly number[];
  readonly tail?: readonly number[];
}

function jpeg({ rows = 3, columns = 5, precision = 16, process = 0xc3, before = [], scan = [7, 7], tail = [0xff, 0xd9] }: Differing = {}): Uint8Array {
  return Uint8Array.from([
    0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, process, 0, 11, precision, 0, rows, 0, columns, 1, 1, 0x11, 0, ...before,
    0xff, 0xda, 0, 8, 1, 1, 0, 1, 0, 0, ...scan, ...tail,
  ]);
}

describe('readJpegHeader', () => {
  it('reads size, precision, components and the place of the scan', () => {
    const stream = jpeg({ before: [0xff, 0xdd, 0, 4, 0, 10, 0xff, 0xff, 0xff, 0xc4, 0, 3, 9] });
    const header = readJpegHeader(stream, frame);
    expect(header).toMatchObject({ process: 0xc3, precision: 16, rows: 3, columns: 5, samples: 1, restartInterval: 10 });
    expect(header.components).toEqual([{ id: 1, horizontal: 1, vertical: 1 }]);
    expect(header.huffmanTables).toEqual([Uint8Array.of(9)]);
    expect(stream.subarray(header.scanStart, header.scanStart + 2)).toEqual(Uint8Array.of(7, 7));
  });

  it.each([
    ['rows', { rows: 4 }], ['columns', { columns: 6 }], ['more bits than are allocated', { precision: 17 }], ['no bits', { precision: 0 }],
    ['two images', { before: [0xff, 0xc3, 0, 11, 16, 0, 3, 0, 5, 1, 1, 0x11, 0] }], ['a reserved marker', { before: [0xff, 0x02, 0, 2] }],
    ['no marker', { before: [1, 2] }], ['a segment shorter than its length', { before: [0xff, 0xfe, 0, 1] }],
  ] satisfies readonly [string, Differing][])('refuses %s', (_what, differing) => {
    expect(() => readJpegHeader(jpeg(differing), frame)).toThrow(failsWith('pixel-data-corrupt'));
  });

  it.each([[[]], [[1, 2, 3]], [[0xff, 0xd9]], [[0xff, 0xd8, 0xff, 0xd9]]])('refuses what is no such stream: %o', (bytes) => {
    expect(() => readJpegHeader(Uint8Array.from(bytes), frame)).toThrow(expect.objectContaining({ name: 'AppError' }));
  });

  it('refuses a stream whose signed samples would lose their sign', () => {
    const signed = { ...frame, pixelRepresentation: 1 as const, bitsStored: 13 };
    expect(() => readJpegHeader(jpeg({ precision: 12 }), signed)).toThrow(failsWith('pixel-data-corrupt'));
    expect(() => readJpegHeader(jpeg({ precision: 13 }), signed)).not.toThrow();
    expect(() => readJpegHeader(jpeg({ precision: 12 }), { ...signed, pixelRepresentation: 0 })).not.toThrow();
  });
});

describe('followScans', () => {
  it.each([[[0xff, 0xd9]], [[0xff, 0xd9, 0]], [[0xff, 0xd9, 0xff]], [[0xff, 0xd9, 0, 0, 0, 0]], [[0xff, 0xff, 0xff, 0xd9]]])('accepts the end %o', (tail) => {
    expect(() => check(jpeg({ tail }))).not.toThrow();
  });

  it('accepts stuffed bytes, of JPEG-LS up to 7F', () => {
    expect(() => check(jpeg({ scan: [0xff, 0, 1] }))).not.toThrow();
    expect(() => check(jpeg({ scan: [0xff, 0x7f, 1], process: 0xf7 }))).not.toThrow();
  });

  it('refuses every cut', () => {
    const whole = jpeg({ scan: [1, 2, 0xff, 0, 3] });
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => check(whole.subarray(0, length))).toThrow(failsWith('pixel-data-truncated'));
    }
  });

  it.each([
    ['a stray marker', [1, 0xff, 0x20, 2]], ['a restart marker that was not announced', [1, 0xff, 0xd0, 2]],
    ['an image in the image', [1, 0xff, 0xd8, 2]], ['a start of frame in the scan', [1, 0xff, 0xc3, 0, 2, 2]],
    ['bytes between a table and the next marker', [1, 0xff, 0xc4, 0, 3, 5, 5]],
  ])('refuses %s', (_what, scan) => {
    expect(() => check(jpeg({ scan }))).toThrow(failsWith('pixel-data-corrupt'));
  });

  it('wants restart markers in their order', () => {
    const before = [0xff, 0xdd, 0, 4, 0, 5];
    expect(() => check(jpeg({ before, scan: [1, 0xff, 0xd0, 2, 0xff, 0xd1, 3] }))).not.toThrow();
    expect(() => check(jpeg({ before, scan: [1, 0xff, 0xd1, 2, 0xff, 0xd0, 3] }))).toThrow(failsWith('pixel-data-corrupt'));
  });

  it('refuses more than padding after the end', () => {
    expect(() => check(jpeg({ tail: [0xff, 0xd9, 5] }))).toThrow(failsWith('pixel-data-corrupt'));
  });
});
