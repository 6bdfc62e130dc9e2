import { describe, expect, it } from 'vitest';
import { emptySheet } from '../../../../src-main/imaging/pictures/sheet-canvas.ts';
import { sheetMeasures } from '../../../../src-main/imaging/pictures/sheet-grid.ts';
import { drawTileStrip, scaleBarColumns } from '../../../../src-main/imaging/pictures/tile-strip.ts';

const measures = sheetMeasures();

/** Strip of a tile of 120 columns whose first pixel is column 8, row 28. */
function stripOf(number: number, bar: number | null): Uint8Array {
  const sheet = emptySheet(136, 60);
  drawTileStrip(sheet, { number, left: 8, top: 28, columns: 120, scaleBarColumns: bar }, measures);
  return sheet.grey;
}

/** Most ink pixels in a line of 136. */
function longestRun(grey: Uint8Array): number {
  let longest = 0;
  for (let at = 0, run = 0; at < grey.length; at += 1) {
    run = grey[at] === 255 && at % 136 !== 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

describe('drawTileStrip', () => {
  it('draws a bar as long as it was told, and none where there is none', () => {
    for (const bar of [15, 20, 50]) expect(longestRun(stripOf(7, bar))).toBe(bar);
    expect(longestRun(stripOf(7, null))).toBeLessThanOrEqual(10);
  });

  it('covers no pixel below the strip or beside the tile, and differs by number', () => {
    const drawn = stripOf(88, 50);
    const inked = [...drawn.keys()].filter((at) => drawn[at] === 255);
    expect(inked.length).toBeGreaterThan(100);
    for (const at of inked) {
      expect(Math.floor(at / 136)).toBeLessThan(28);
      expect(Math.floor(at / 136)).toBeGreaterThanOrEqual(28 - measures.strip);
      expect(at % 136).toBeGreaterThanOrEqual(8);
      expect(at % 136).toBeLessThan(128);
    }
    expect(stripOf(83, 50)).not.toEqual(drawn);
  });
});

describe('scaleBarColumns', () => {
  it.each([
    [1, 120, 0.5, 20], [1, 120, 0.7, 14], [1, 34, 0.5, 20], [1, 33, 0.5, null], [12, 46, 0.5, 20], [12, 45, 0.5, null],
    [1, 33, 0, null],
  ])('number %d over %d columns of %d mm: %s', (number, columns, columnMm, bar) => {
    expect(scaleBarColumns(number, columns, columnMm, measures)).toBe(bar);
  });
});
