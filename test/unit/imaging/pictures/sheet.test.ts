import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelToPatient } from '../../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { layOutSheet, packSheets } from '../../../../src-main/imaging/pictures/sheet.ts';
import type { SheetTile } from '../../../../src-main/imaging/pictures/sheet.ts';
import { sheetFrame, sheetMeasures, sheetShares } from '../../../../src-main/imaging/pictures/sheet-grid.ts';
import type { Tile } from '../../../../src-main/imaging/pictures/tile.ts';

const roomy = { maxColumns: 2000, maxRows: 2000 } as const;

function tileOf(columns: number, rows: number, level: number, pixelMm = 0.7): Pick<Tile, 'columns' | 'rows' | 'affine' | 'scale'> {
  const affine: ImageAffine = { origin: [-40 + level, 3 * level, -level], columnStep: [pixelMm, 0, 0], rowStep: [0, pixelMm, 0] };
  return { columns, rows, affine, scale: 1 };
}

/** Position of a patient's point on a sheet, by the tile's own affine turned round. */
function toSheet({ affine }: SheetTile, point: PatientPoint): readonly [number, number] {
  const offset = [0, 1, 2].map((axis) => point[axis as 0] - affine.origin[axis as 0]);
  const along = (step: PatientPoint): number => step.reduce((sum, part, axis) => sum + part * (offset[axis] ?? 0), 0) / step.reduce((sum, part) => sum + part * part, 0);
  return [along(affine.columnStep), along(affine.rowStep)];
}

describe('layOutSheet', () => {
  it('brings a point of the patient to the sheet and back', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 20, max: 60 }), fc.integer({ min: 20, max: 60 }), fc.double({ min: 0.2, max: 3, noNaN: true }), (count, columns, rows, pixelMm) => {
      const tiles = Array.from({ length: count }, (_, index) => tileOf(columns, rows, index, pixelMm));
      for (const [index, placed] of layOutSheet(tiles, roomy).tiles.entries()) {
        const point = pixelToPatient(tiles[index]!.affine, columns - 3, 5);
        const [column, row] = toSheet(placed, point);
        expect(column).toBeCloseTo(placed.left + columns - 3, 6);
        expect(row).toBeCloseTo(placed.top + 5, 6);
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
        const { grid, tiles } = layOutSheet(share, layout);
        expect(grid.columns).toBeLessThanOrEqual(300);
        expect(grid.rows).toBeLessThanOrEqual(260);
        const seen = new Uint8Array(grid.columns * grid.rows);
        for (const tile of tiles) {
          for (let row = tile.top - gap; row < tile.top + tile.rows; row += 1) {
            for (let column = tile.left - gap; column < tile.left + tile.columns; column += 1) {
              expect(seen[row * grid.columns + column]).toBe(0);
              if (row >= tile.top && column >= tile.left) seen[row * grid.columns + column] = 1;
            }
          }
          expect(tile.left + tile.columns + gap).toBeLessThanOrEqual(grid.columns);
          expect(tile.top + tile.rows + gap).toBeLessThanOrEqual(grid.rows);
        }
      }
    }), { numRuns: 25 });
  });

  it('plans a bar as long as 10 mm of the tile', () => {
    for (const pixelMm of [0.2, 0.5, 0.7, 1]) expect(layOutSheet([tileOf(120, 30, 128, pixelMm)], roomy).tiles[0]?.scaleBarColumns).toBe(Math.round(10 / pixelMm));
  });

  it('leaves the bar out where it has no room, and says so', () => {
    expect(layOutSheet([tileOf(40, 30, 0, 0.2)], roomy).tiles[0]?.scaleBarColumns).toBeNull();
  });

  it('numbers from where it is told', () => {
    expect(layOutSheet([tileOf(9, 9, 0), tileOf(9, 9, 0)], { ...roomy, firstNumber: 41 }).tiles.map((tile) => tile.number)).toEqual([41, 42]);
  });

  it('refuses more tiles than fit', () => {
    expect(() => layOutSheet([tileOf(90, 90, 0), tileOf(90, 90, 0)], { maxColumns: 110, maxRows: 120 })).toThrow(RangeError);
    expect(() => layOutSheet([], roomy)).toThrow(RangeError);
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

describe('sheetMeasures', () => {
  it('is what a sheet with one tile has around it', () => {
    const { gap, strip } = sheetMeasures();
    expect(sheetFrame({ columns: 100, rows: 50 })).toEqual({ columns: 100 + 2 * gap, rows: 50 + strip + 2 * gap });
    expect(sheetMeasures({ gap: 3, dotSize: 4 })).toEqual({ gap: 3, dotSize: 4, strip: 40 });
  });
});
