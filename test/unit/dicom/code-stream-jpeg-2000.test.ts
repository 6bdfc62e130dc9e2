import { describe, expect, it } from 'vitest';
import { checkJpeg2000Stream } from '../../../src-main/dicom/codecs/code-stream-jpeg-2000.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';

const frame = frameDescriptionOf(instanceHeader({ rows: 3, columns: 5 }), 0);
const failsWith = (code: string): unknown => expect.objectContaining({ code });

interface Differing {
  readonly rows?: number;
  readonly columns?: number;
  readonly depth?: number;
  readonly tileRows?: number;
  readonly transform?: number;
  readonly levels?: number;
  /** Tile index, and whether the part says its length. */
  readonly parts?: readonly (readonly [tile: number, saysLength: boolean])[];
}

const [codOffset, tileBytes] = [51, 9];

/** SIZ, COD of one level, QCD without quantization, tile parts with nine bytes. */
function jpeg2000({ rows = 3, columns = 5, depth = 0x8f, tileRows = rows, transform = 1, levels = 1, parts = [[0, true]] }: Differing = {}): Buffer {
  const size = Buffer.alloc(51);
  size.set([0xff, 0x4f, 0xff, 0x51, 0, 41]);
  for (const [offset, value] of [[8, columns], [12, rows], [24, columns], [28, tileRows]] as const) size.writeUInt32BE(value, offset);
  size.writeUInt16BE(1, 40);
  size.set([depth, 1, 1], 42);
  const coding = Buffer.from([0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, levels, 4, 4, 0, transform, 0xff, 0x5c, 0, 7, 0x40, 1, 2, 3, 4]);
  const tiles = parts.map(([tile, saysLength]) => {
    const part = Buffer.alloc(14 + tileBytes);
    part.set([0xff, 0x90, 0, 10]);
    part.writeUInt16BE(tile, 4);
    part.writeUInt32BE(saysLength ? part.length : 0, 6);
    part.set([0xff, 0x93], 12);
    return part;
  });
  return Buffer.concat([size.subarray(0, 45), coding, ...tiles, Buffer.from([0xff, 0xd9])]);
}

describe('checkJpeg2000Stream', () => {
  it('accepts an unbroken chain of tile parts and says what it found', () => {
    const stream = jpeg2000();
    const facts = checkJpeg2000Stream(stream, frame);
    expect(facts).toMatchObject({ samples: 1, precision: 16, isSigned: true, mayHavePacketMarkers: false });
    expect(facts.styleOffsets).toEqual([codOffset - 6 + 12]);
    expect(stream[codOffset - 6 + 1]).toBe(0x52);
  });

  it('accepts several tiles, a last part without its length, and padding', () => {
    const stream = jpeg2000({ tileRows: 2, parts: [[0, true], [1, false]] });
    expect(() => checkJpeg2000Stream(Buffer.concat([stream, Buffer.alloc(3)]), frame)).not.toThrow();
  });

  it('refuses every cut', () => {
    const whole = jpeg2000();
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => checkJpeg2000Stream(whole.subarray(0, length), frame)).toThrow(failsWith('pixel-data-truncated'));
    }
  });

  it('refuses a missing tile', () => {
    expect(() => checkJpeg2000Stream(jpeg2000({ tileRows: 2, parts: [[0, true]] }), frame)).toThrow(failsWith('pixel-data-truncated'));
    expect(() => checkJpeg2000Stream(jpeg2000({ parts: [[1, true]] }), frame)).toThrow(failsWith('pixel-data-corrupt'));
  });

  it.each([
    ['another size, before anything is allocated for it', { rows: 60_000, columns: 60_000 }], ['an absurd number of tiles', { tileRows: 0 }],
    ['more bits than are allocated', { depth: 0x10 }], ['the irreversible transform without quantization', { transform: 0 }],
    ['fewer quantization steps than levels', { levels: 2 }],
  ] satisfies readonly [string, Differing][])('refuses %s', (_what, differing) => {
    expect(() => checkJpeg2000Stream(jpeg2000(differing), frame)).toThrow(failsWith('pixel-data-corrupt'));
  });

  it('refuses a broken chain and bytes after the end', () => {
    const broken = jpeg2000();
    broken.writeUInt32BE(20, broken.length - 2 - tileBytes - 14 + 6);
    expect(() => checkJpeg2000Stream(broken, frame)).toThrow(failsWith('pixel-data-corrupt'));
    expect(() => checkJpeg2000Stream(Buffer.concat([jpeg2000(), Buffer.from([7])]), frame)).toThrow(failsWith('pixel-data-corrupt'));
  });
});
