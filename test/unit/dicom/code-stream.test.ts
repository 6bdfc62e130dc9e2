import { describe, expect, it } from 'vitest';
import { checkJpeg2000Stream, checkJpegStream } from '../../../src-main/dicom/codecs/code-stream.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';

const frame = frameDescriptionOf(instanceHeader({ rows: 3, columns: 5 }), 0);
const failsWith = (code: string): unknown => expect.objectContaining({ code });

function jpeg(rows: number, columns: number, tail: readonly number[] = [0xff, 0xd9]): Uint8Array {
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc3, 0, 11, 16, 0, rows, 0, columns, 1, 1, 0x11, 0, 7, 7, ...tail]);
}

function jpeg2000(rows: number, columns: number, tileBytes: number): Uint8Array {
  const bytes = Buffer.alloc(51 + 14 + tileBytes + 2);
  bytes.set([0xff, 0x4f, 0xff, 0x51, 0, 47]);
  for (const [offset, value] of [[8, columns], [12, rows], [24, columns], [28, rows]] as const) bytes.writeUInt32BE(value, offset);
  bytes.writeUInt16BE(1, 40);
  bytes.set([0xff, 0x90, 0, 10], 51);
  bytes.writeUInt32BE(14 + tileBytes, 57);
  bytes.set([0xff, 0x93], 63);
  bytes.set([0xff, 0xd9], bytes.length - 2);
  return bytes;
}

describe('checkJpegStream', () => {
  it.each([[[0xff, 0xd9]], [[0xff, 0xd9, 0]], [[0xff, 0xd9, 0xff]], [[0xff, 0xd9, 0, 0, 0, 0]]])('accepts the end %o', (tail) => {
    expect(() => checkJpegStream(jpeg(3, 5, tail), frame)).not.toThrow();
  });

  it('refuses a stream without its end', () => {
    expect(() => checkJpegStream(jpeg(3, 5, [1, 2]), frame)).toThrow(failsWith('pixel-data-truncated'));
  });

  it.each([[jpeg(4, 5)], [jpeg(3, 6)], [Uint8Array.from([1, 2, 3])], [Uint8Array.from([0xff, 0xd8, 0xff, 0xd9])]])('refuses another image', (stream) => {
    expect(() => checkJpegStream(stream, frame)).toThrow(failsWith('pixel-data-corrupt'));
  });
});

describe('checkJpeg2000Stream', () => {
  it('accepts an unbroken chain of tile parts', () => {
    expect(() => checkJpeg2000Stream(jpeg2000(3, 5, 9), frame)).not.toThrow();
  });

  it('refuses every cut', () => {
    const whole = jpeg2000(3, 5, 9);
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => checkJpeg2000Stream(whole.subarray(0, length), frame)).toThrow(/compressed pixels/);
    }
  });

  it('refuses another size before anything is allocated for it', () => {
    expect(() => checkJpeg2000Stream(jpeg2000(60000, 60000, 9), frame)).toThrow(failsWith('pixel-data-corrupt'));
  });
});
