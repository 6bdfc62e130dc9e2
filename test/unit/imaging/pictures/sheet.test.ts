import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelToPatient } from '../../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { composeSheet, packSheets, tileAt } from '../../../../src-main/imaging/pictures/sheet.ts';
import type { SheetPicture, SheetTile } from '../../../../src-main/imaging/pictures/sheet.ts';
import { sheetShares } from '../../../../src-main/imaging/pictures/sheet-grid.ts';
import { slabStack } from '../../../../src-main/imaging/pictures/slab.ts';
import { makeTile } from '../../../../src-main/imaging/pictures/tile.ts';
import type { Tile } from '../../../../src-main/imaging/pictures/tile.ts';
import { lungWindow } from '../../../../src-main/imaging/pictures/voi.ts';
import { slope, writtenBlock } from '../lungs/block-phantom.ts';

const roomy = { maxColumns: 2000, maxRows: 2000 } as const;

function tileOf(columns: number, rows: number, level: number, pixelMm = 0.7): Tile {
  const affine: ImageAffine = { origin: [-40 + level, 3 * level, -level], columnStep: [pixelMm, 0, 0], rowStep: [0, pixelMm, 0] };
  return { grey: new Uint8Array(columns * rows).fill(level), columns, rows, affine, role: 'slab', thicknessMm: 10, window: lungWindow, scale: 1 };
}

/** Position of a patient's point on a sheet, by the tile's own affine turned round. */
function toSheet({ affine }: SheetTile, point: PatientPoint): readonly [number, number] {
  const offset = [0, 1, 2].map((axis) => point[axis as 0] - affine.origin[axis as 0]);
  const along = (step: PatientPoint): number => step.reduce((sum, part, axis) => sum + part * (offset[axis] ?? 0), 0) / step.reduce((sum, part) => sum + part * part, 0);
  return [along(affine.columnStep), along(affine.rowStep)];
}

function pixelsOf({ grey, columns }: SheetPicture, tile: SheetTile): number[] {
  return Array.from({ length: tile.rows }, (_, row) => [...grey.subarray((tile.top + row) * columns + tile.left, (tile.top + row) * columns + tile.left + tile.columns)]).flat();
}

describe('composeSheet', () => {
  it('shows every tile whole, with and without numbers', () => {
    const { slabs } = slabStack(writtenBlock(slope), { thicknessMm: 5, stepMm: 2.5, mode: 'maximum' });
    const tiles = slabs.map((slab) => makeTile(slab, { role: 'slab', window: { windowCenter: 0, windowWidth: 1000 } }));
    const { marked, unmarked } = composeSheet(tiles, roomy);
    expect(marked.tiles).toBe(unmarked.tiles);
    for (const [index, tile] of marked.tiles.entries()) {
      expect(tile.number).toBe(index + 1);
      for (const sheet of [marked, unmarked]) expect(pixelsOf(sheet, tile)).toEqual([...(tiles[index]?.grey ?? [])]);
    }
    expect(unmarked.grey).not.toEqual(marked.grey);
  });

  it('brings a point of the patient to the sheet and back', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 20, max: 60 }), fc.integer({ min: 20, max: 60 }), fc.double({ min: 0.2, max: 3, noNaN: true }), (count, columns, rows, pixelMm) => {
      const tiles = Array.from({ length: count }, (_, index) => tileOf(columns, rows, index, pixelMm));
      const { marked } = composeSheet(tiles, roomy);
      for (const [index, placed] of marked.tiles.entries()) {
        const point = pixelToPatient(tiles[index]!.affine, columns - 3, 5);
        const [column, row] = toSheet(placed, point);
        expect(column).toBeCloseTo(placed.left + columns - 3, 6);
        expect(row).toBeCloseTo(placed.top + 5, 6);
        expect(tileAt(marked, column, row)).toBe(placed);
        const back = pixelToPatient(placed.affine, column, row);
        for (const axis of [0, 1, 2] as const) expect(back[axis]).toBeCloseTo(point[axis], 6);
      }
    }), { numRuns: 50 });
  });

  it('keeps tiles apart from each other and from the edge, and the sheet inside of its limits', () => {
    const sizes = fc.record({ count: fc.integer({ min: 1, max: 20 }), columns: fc.integer({ min: 1, max: 90 }), rows: fc.integer({ min: 1, max: 90 }), gap: fc.integer({ min: 1, max: 9 }) });
    fc.assert(fc.property(sizes, ({ count, columns, rows, gap }) => {
      const layout = { maxColumns: 300, maxRows: 260, gap };
      for (const share of packSheets(Array.from({ length: count }, () => tileOf(columns, rows, 100)), layout)) {
        const { marked } = composeSheet(share, layout);
        expect(marked.columns).toBeLessThanOrEqual(300);
        expect(marked.rows).toBeLessThanOrEqual(260);
        const seen = new Uint8Array(marked.columns * marked.rows);
        for (const tile of marked.tiles) {
          for (let row = tile.top - gap; row < tile.top + tile.rows; row += 1) {
            for (let column = tile.left - gap; column < tile.left + tile.columns; column += 1) {
              expect(seen[row * marked.columns + column]).toBe(0);
              if (row >= tile.top && column >= tile.left) seen[row * marked.columns + column] = 1;
            }
          }
          expect(tile.left + tile.columns + gap).toBeLessThanOrEqual(marked.columns);
          expect(tile.top + tile.rows + gap).toBeLessThanOrEqual(marked.rows);
        }
      }
    }), { numRuns: 25 });
  });

  it('draws a bar as long as 10 mm of the tile, in the strip above it', () => {
    for (const pixelMm of [0.2, 0.5, 0.7, 1]) {
      const { marked, unmarked } = composeSheet([tileOf(120, 30, 128, pixelMm)], roomy);
      const [tile] = marked.tiles;
      expect(tile?.scaleBarColumns).toBe(Math.round(10 / pixelMm));
      const row = Array.from({ length: 20 }, (_, index) => tile!.top - 20 + index).find((y) => longestRun(marked, y) >= Math.round(10 / pixelMm));
      expect(longestRun(marked, row ?? 0)).toBe(Math.round(10 / pixelMm));
      expect(longestRun(unmarked, row ?? 0)).toBe(0);
    }
  });

  it('leaves the bar out where it has no room, and says so', () => {
    expect(composeSheet([tileOf(40, 30, 0, 0.2)], roomy).marked.tiles[0]?.scaleBarColumns).toBeNull();
  });

  it('numbers from where it is told', () => {
    expect(composeSheet([tileOf(9, 9, 0), tileOf(9, 9, 0)], { ...roomy, firstNumber: 41 }).marked.tiles.map((tile) => tile.number)).toEqual([41, 42]);
  });

  it('refuses more tiles than fit', () => {
    expect(() => composeSheet([tileOf(90, 90, 0), tileOf(90, 90, 0)], { maxColumns: 110, maxRows: 120 })).toThrow(RangeError);
    expect(() => composeSheet([], roomy)).toThrow(RangeError);
  });
});

describe('packSheets', () => {
  it('deals tiles out in order, about equally many to a sheet', () => {
    const tiles = Array.from({ length: 11 }, (_, index) => tileOf(90, 60, index));
    const sheets = packSheets(tiles, { maxColumns: 310, maxRows: 200 });
    expect(sheets.map((sheet) => sheet.length)).toEqual([5, 6]);
    expect(sheets.flat()).toEqual(tiles);
  });

  it('keeps to a number of tiles', () => {
    expect(packSheets([1, 2, 3, 4, 5].map((level) => tileOf(9, 9, level)), { ...roomy, tilesPerSheet: 2 }).map((sheet) => sheet.length)).toEqual([1, 2, 2]);
  });

  it('refuses a tile that is larger than a sheet', () => {
    expect(() => packSheets([tileOf(512, 512, 0)], { maxColumns: 512, maxRows: 512 })).toThrow(RangeError);
    expect(packSheets([], roomy)).toEqual([]);
  });
});

describe('sheetShares', () => {
  it('differs by one tile at most and loses none', () => {
    fc.assert(fc.property(fc.nat(500), fc.integer({ min: 1, max: 40 }), (count, capacity) => {
      const shares = sheetShares(count, capacity);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(count);
      expect(Math.max(0, ...shares)).toBeLessThanOrEqual(capacity);
      if (shares.length > 0) expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }));
  });
});

describe('tileAt', () => {
  it('finds nothing in gaps and strips', () => {
    const { marked } = composeSheet([tileOf(9, 9, 0), tileOf(9, 9, 0)], roomy);
    const [tile] = marked.tiles;
    expect(tileAt(marked, 0, 0)).toBeNull();
    expect(tileAt(marked, tile!.left, tile!.top - 1)).toBeNull();
    expect(tileAt(marked, tile!.left, tile!.top)).toBe(tile);
  });
});

/** Most ink pixels in a line. */
function longestRun({ grey, columns }: SheetPicture, row: number): number {
  let longest = 0;
  let run = 0;
  for (const level of grey.subarray(row * columns, (row + 1) * columns)) {
    run = level === 255 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
