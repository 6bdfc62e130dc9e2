import { describe, expect, it } from 'vitest';
import { sheetPictures } from '../../../../src-main/imaging/pictures/sheet-pictures.ts';
import { projectPlanned } from '../../../../src-main/imaging/pictures/slab.ts';
import { planSlabs } from '../../../../src-main/imaging/pictures/slab-plan.ts';
import { linearWindow } from '../../../../src-main/imaging/pictures/voi.ts';
import { sha256Of } from '../../../../src-main/platform/sha256.ts';
import { slope, writtenBlock } from '../../../unit/imaging/lungs/block-phantom.ts';
import { decodePng } from '../../../helpers/decode-png.ts';

describe('sheetPictures', () => {
  it('shows every slab whole, with and without numbers', async () => {
    const volume = writtenBlock(slope, { columns: 40, rows: 30 });
    const planned = planSlabs(volume, { thicknessMm: 5, stepMm: 2.5 });
    const window = { windowCenter: 0, windowWidth: 1000 };
    const sheet = await sheetPictures({ volume, planned, mode: 'maximum', window, format: { type: 'png' }, layout: { maxColumns: 300, maxRows: 300 }, firstNumber: 5 });
    const [marked, unmarked] = [sheet.marked, sheet.unmarked].map(({ bytes, sha256 }) => {
      expect(sha256).toBe(sha256Of(bytes));
      return decodePng(bytes);
    });
    expect([marked!.columns, marked!.rows]).toEqual([sheet.columns, sheet.rows]);
    const slabs = projectPlanned(volume, planned, { mode: 'maximum' });
    expect(sheet.tiles.map(({ number }) => number)).toEqual(slabs.map((_, index) => index + 5));
    const inTiles = new Set<number>();
    for (const [index, { left, top, columns, rows }] of sheet.tiles.entries()) {
      const grey = linearWindow(slabs[index]!.pixels, window);
      for (let at = 0; at < columns * rows; at += 1) {
        const onSheet = (top + Math.floor(at / columns)) * sheet.columns + left + (at % columns);
        inTiles.add(onSheet);
        expect([marked!.grey[onSheet], unmarked!.grey[onSheet]]).toEqual([grey[at], grey[at]]);
      }
    }
    const around = [...unmarked!.grey.keys()].filter((at) => !inTiles.has(at));
    expect(around.every((at) => unmarked!.grey[at] === 40)).toBe(true);
    expect(around.some((at) => marked!.grey[at] === 255)).toBe(true);
  });
});
