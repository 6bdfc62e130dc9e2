import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cropOf, tilesOfSheet } from '../../../../src-main/relay/practice-relay/sheet-tiles.ts';
import type { GreyImage } from '../../../../src-main/relay/practice-relay/sheet-tiles.ts';
import { sheetOf } from '../../../helpers/phantom-request.ts';
import type { SheetStyle } from '../../../helpers/phantom-request.ts';

/** Tiles whose every pixel tells which tile it is. */
function tile(number: number, columns = 60, rows = 44): GreyImage {
  return { grey: new Uint8Array(columns * rows).fill(100 + number), columns, rows };
}
async function sheet(count: number, style: SheetStyle = {}): Promise<GreyImage> {
  const { bytes, columns, rows } = await sheetOf(Array.from({ length: count }, (_, index) => tile(index + 1)), style);
  const grey = await sharp(bytes).toColourspace('b-w').raw().toBuffer();
  return { grey: new Uint8Array(grey), columns, rows };
}
function label(count: number, across: number) {
  return { numbers: Array.from({ length: count }, (_, index) => index + 1), across, down: Math.ceil(count / across) };
}

describe('tilesOfSheet', () => {
  it.each([
    ['one tile', 1, 1, {}], ['a row', 3, 3, {}], ['a grid', 6, 3, {}], ['a grid with empty cells', 7, 3, {}], ['a filled-up sheet', 7, 3, { fill: 19 }], ['tile numbers of three digits', 4, 2, { firstNumber: 998 }],
  ] as const)('cuts %s as LungDesk laid it out', async (_, count, across, style) => {
    const tiles = tilesOfSheet(await sheet(count, { across, ...style }), label(count, across));
    expect(tiles).toEqual(Array.from({ length: count }, (__, index) => tile(index + 1)));
  });
  it('cuts a mirrored sheet, whose empty cells lie on the left', async () => {
    const tiles = tilesOfSheet(await sheet(5, { across: 3, mirrored: true, fill: 11 }), label(5, 3));
    expect(tiles?.map(({ grey }) => (grey[0] ?? 0) - 100)).toEqual([3, 2, 1, 5, 4]);
  });
  it('takes a picture without a frame as its one tile', () => {
    expect(tilesOfSheet(tile(1), label(1, 1))).toEqual([tile(1)]);
  });
  it('cuts nothing that is not laid out as its label says', async () => {
    expect(tilesOfSheet(await sheet(6, { across: 3 }), label(6, 2))).toBeNull();
    expect(tilesOfSheet(await sheet(6, { across: 3 }), label(5, 3))).toBeNull();
    expect(tilesOfSheet(tile(1), label(2, 2))).toBeNull();
    expect(tilesOfSheet({ ...tile(1), grey: new Uint8Array(60 * 44).fill(40) }, label(1, 1))).toBeNull();
  });
});

describe('cropOf', () => {
  it('copies the rectangle', () => {
    expect(cropOf({ grey: Uint8Array.from([1, 2, 3, 4, 5, 6]), columns: 3, rows: 2 }, { left: 1, top: 0, columns: 2, rows: 2 })).toEqual({ grey: Uint8Array.from([2, 3, 5, 6]), columns: 2, rows: 2 });
  });
});
