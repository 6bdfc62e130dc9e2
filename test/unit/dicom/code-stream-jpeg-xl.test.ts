import { describe, expect, it } from 'vitest';
import { checkJpegXlStream } from '../../../src-main/dicom/codecs/code-stream-jpeg-xl.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';

/** Writes numbers of so many bits, least significant first, behind the signature. */
function stream(...fields: readonly (readonly [value: number, bits: number])[]): Uint8Array {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, index) => (value >> index) & 1));
  const bytes = Array.from({ length: 20 }, (_, byte) => bits.slice(byte * 8, byte * 8 + 8).reduce((sum, bit, index) => sum + (bit << index), 0));
  return Uint8Array.from([0xff, 0x0a, ...bytes]);
}

const frameOf = (rows: number, columns: number): ReturnType<typeof frameDescriptionOf> => frameDescriptionOf(instanceHeader({ rows, columns }), 0);

describe('checkJpegXlStream', () => {
  it.each([
    ['multiples of eight', stream([1, 1], [31, 5], [1, 3]), 256, 256],
    ['a ratio', stream([1, 1], [2, 5], [3, 3]), 24, 32],
    ['both lengths', stream([0, 1], [0, 2], [99, 9], [0, 3], [1, 2], [599, 13]), 100, 600],
  ])('reads a size written as %s', (_how, encoded, rows, columns) => {
    expect(() => checkJpegXlStream(encoded, frameOf(rows, columns))).not.toThrow();
    expect(() => checkJpegXlStream(encoded, frameOf(rows + 1, columns))).toThrow(expect.objectContaining({ code: 'pixel-data-corrupt' }));
    expect(() => checkJpegXlStream(encoded, frameOf(rows, columns + 1))).toThrow(expect.objectContaining({ code: 'pixel-data-corrupt' }));
  });

  it('finds the code stream in its boxes', () => {
    const boxed = Buffer.concat([Buffer.from([0, 0, 0, 12]), Buffer.from('JXL \r\n\x87\n', 'latin1'), Buffer.from([0, 0, 0, 0]), Buffer.from('jxlc'), stream([1, 1], [31, 5], [1, 3])]);
    expect(() => checkJpegXlStream(boxed, frameOf(256, 256))).not.toThrow();
  });

  it('refuses what is no such stream', () => {
    expect(() => checkJpegXlStream(new Uint8Array(40), frameOf(8, 8))).toThrow(expect.objectContaining({ code: 'pixel-data-corrupt' }));
    expect(() => checkJpegXlStream(new Uint8Array(4), frameOf(8, 8))).toThrow(expect.objectContaining({ code: 'pixel-data-truncated' }));
  });
});
