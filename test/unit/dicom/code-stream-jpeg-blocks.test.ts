import { describe, expect, it } from 'vitest';
import { checkSequentialScan } from '../../../src-main/dicom/codecs/code-stream-jpeg-blocks.ts';
import { readJpegHeader } from '../../../src-main/dicom/codecs/code-stream-jpeg.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';

const frame = frameDescriptionOf(instanceHeader({ rows: 8, columns: 16, bitsAllocated: 8, bitsStored: 8, pixelRepresentation: 0 }), 0);

// DC code: 0 is size 0, 10 is size 1, 110 is size 2. AC code: 00 ends the block, 01 is one coefficient of 1 bit,
// 10 is a run of fifteen zeros and one coefficient, 110 is sixteen zeros, 1110 is a run that sequential JPEG does not have.
const tables = [
  0xff, 0xc4, 0, 2 + 17 + 3, 0x00, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2,
  0xff, 0xc4, 0, 2 + 17 + 5, 0x10, 0, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x01, 0xf1, 0xf0, 0x10,
];

/** Two blocks of one component from their bits; the rest of the last byte is filled with `fill`. */
function jpeg(segments: readonly string[], fill = '1', restartInterval = 0): Uint8Array {
  const scan = segments.flatMap((bits, index) => {
    const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, fill);
    const bytes = Array.from({ length: padded.length / 8 }, (_, at) => parseInt(padded.slice(at * 8, at * 8 + 8), 2));
    return [...(index > 0 ? [0xff, 0xd0 + ((index - 1) & 7)] : []), ...bytes.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]))];
  });
  return Uint8Array.from([
    0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0, ...tables,
    ...(restartInterval > 0 ? [0xff, 0xdd, 0, 4, 0, restartInterval] : []),
    0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, ...scan, 0xff, 0xd9,
  ]);
}

const check = (stream: Uint8Array): void => checkSequentialScan(stream, readJpegHeader(stream, frame));
const fails = (code: string): unknown => expect.objectContaining({ code });

describe('checkSequentialScan', () => {
  const [empty, one] = ['000', '0' + '011' + '00'];

  it.each([
    [[empty + empty], '1'], [[empty + empty], '0'], [[one + empty], '1'], [['101' + '00' + empty], '1'],
    // Sixty-three coefficients, and the last by runs: a full block has no end code.
    [['0' + '011'.repeat(63) + empty], '1'], [['0' + '101'.repeat(3) + '011'.repeat(15) + empty], '1'],
  ])('accepts blocks that use up their bits: %o', (segments, fill) => {
    expect(() => check(jpeg(segments, fill))).not.toThrow();
  });

  it('accepts restart markers between the blocks', () => {
    expect(() => check(jpeg([empty, one], '1', 1))).not.toThrow();
  });

  it.each([
    ['a byte left over', [empty + empty + '1111111111']], ['a block too many', [empty + empty + empty]],
    ['a code that does not exist', ['0' + '1111'.repeat(8)]], ['a run that belongs to progressive JPEG', ['0' + '1110' + '00' + empty]],
    ['a run beyond the block', ['0' + '011'.repeat(60) + '101' + empty]],
  ])('refuses %s', (_what, segments) => {
    expect(() => check(jpeg(segments))).toThrow(fails('pixel-data-corrupt'));
  });

  it('refuses bits that do not last', () => {
    expect(() => check(jpeg(['0' + '011'.repeat(63)], '0'))).toThrow(fails('pixel-data-truncated'));
  });

  it('refuses a wrong restart marker, and one that is missing', () => {
    const wrong = jpeg([empty, one], '1', 1);
    wrong[wrong.lastIndexOf(0xd0)] = 0xd1;
    expect(() => check(wrong)).toThrow(fails('pixel-data-corrupt'));
    expect(() => check(jpeg([empty + one], '1', 1))).toThrow(fails('pixel-data-corrupt'));
  });
});
