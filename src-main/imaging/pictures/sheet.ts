import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import { drawText, fillBox, textSize } from './glyphs.ts';
import type { Canvas } from './glyphs.ts';
import { croppedAffine } from './picture.ts';
import type { GreyPicture } from './picture.ts';
import { sheetCapacity, sheetGrid, sheetShares } from './sheet-grid.ts';
import type { SheetGrid, SheetLayout } from './sheet-grid.ts';
import type { Tile, TileRole } from './tile.ts';

/** Where a tile lies on a sheet. */
export interface SheetTile {
  readonly number: number;
  readonly role: TileRole;
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  /** From the sheet's pixel centres to the patient; true inside of the tile. */
  readonly affine: ImageAffine;
  /** Sheet pixels per pixel of the picture that the tile was made of. */
  readonly scale: number;
  /** Length of the 10 mm bar, pixels; null where it has no room beside the number. */
  readonly scaleBarColumns: number | null;
}

/** A sheet of tiles. */
export interface SheetPicture extends GreyPicture {
  readonly tiles: readonly SheetTile[];
}

/** A sheet with numbers and scale bars, and its twin without: the same tiles in the same places. */
export interface SheetPair {
  readonly marked: SheetPicture;
  readonly unmarked: SheetPicture;
}

/** Neither air nor tissue at the lung window: where a tile ends stays visible. */
const backgroundLevel = 40;
const inkLevel = 255;
const scaleBarMm = 10;
const scaleBarText = '10 mm';

/**
 * Lays tiles out on one sheet. Numbers and bars stand in a strip above each tile; no pixel of a tile is covered or resampled.
 *
 * @param tiles - At least one, in reading order; of one size or several, each in a cell of the largest.
 * @param layout - Limits of the sheet; firstNumber: number of the first tile, default 1.
 * @throws {RangeError} when they do not fit.
 */
export function composeSheet(tiles: readonly Tile[], layout: SheetLayout & { readonly firstNumber?: number }): SheetPair {
  const grid = sheetGrid(tiles.length, largest(tiles), layout);
  const placed = tiles.map((tile, index) => place(tile, index, grid, layout.firstNumber ?? 1));
  const { columns, rows } = grid;
  const unmarked = new Uint8Array(columns * rows).fill(backgroundLevel);
  for (const [index, { left, top }] of placed.entries()) copyTile(unmarked, columns, tiles[index], left, top);
  const marked = unmarked.slice();
  for (const tile of placed) drawMarks({ grey: marked, columns, rows }, tile, grid);
  return { marked: { grey: marked, columns, rows, tiles: placed }, unmarked: { grey: unmarked, columns, rows, tiles: placed } };
}

/**
 * Deals tiles out to as few sheets as hold them, about equally many on each.
 *
 * @param tiles - In reading order.
 * @param layout - Limits of a sheet.
 * @returns Tiles of each sheet.
 * @throws {RangeError} when a tile is larger than a sheet.
 */
export function packSheets<Item extends Pick<Tile, 'columns' | 'rows'>>(tiles: readonly Item[], layout: SheetLayout): readonly (readonly Item[])[] {
  if (tiles.length === 0) return [];
  const capacity = sheetCapacity(largest(tiles), layout);
  if (capacity < 1) throw new RangeError('a tile is larger than a sheet');
  let next = 0;
  return sheetShares(tiles.length, capacity).map((count) => tiles.slice(next, (next += count)));
}

/**
 * Finds the tile under a pixel of a sheet.
 *
 * @param sheet - With its tiles.
 * @param column - Pixel centres at whole numbers.
 * @param row - As column.
 * @returns Null in a gap or a strip.
 */
export function tileAt({ tiles }: Pick<SheetPicture, 'tiles'>, column: number, row: number): SheetTile | null {
  return tiles.find(({ left, top, columns, rows }) => (
    column >= left - 0.5 && row >= top - 0.5 && column < left + columns - 0.5 && row < top + rows - 0.5
  )) ?? null;
}

function largest(tiles: readonly Pick<Tile, 'columns' | 'rows'>[]): { readonly columns: number; readonly rows: number } {
  return {
    columns: tiles.reduce((most, { columns }) => Math.max(most, columns), 0),
    rows: tiles.reduce((most, { rows }) => Math.max(most, rows), 0),
  };
}

function place({ affine, columns, rows, role, scale }: Tile, index: number, grid: SheetGrid, firstNumber: number): SheetTile {
  const left = grid.gap + (index % grid.across) * (grid.tileColumns + grid.gap);
  const top = grid.gap + Math.floor(index / grid.across) * (grid.tileRows + grid.strip + grid.gap) + grid.strip;
  const number = firstNumber + index;
  const bar = Math.round(scaleBarMm / Math.hypot(...affine.columnStep));
  const room = columns - textSize(String(number), grid.dotSize).columns - 2 * grid.dotSize;
  return { number, role, left, top, columns, rows, affine: croppedAffine(affine, -left, -top), scale, scaleBarColumns: bar <= room ? bar : null };
}

function copyTile(grey: Uint8Array, columns: number, tile: Tile | undefined, left: number, top: number): void {
  if (tile === undefined) return;
  for (let row = 0; row < tile.rows; row += 1) {
    grey.set(tile.grey.subarray(row * tile.columns, (row + 1) * tile.columns), (top + row) * columns + left);
  }
}

/** The number on the left; on the right the bar, and left of it what it stands for where there is room. */
function drawMarks(canvas: Canvas, { number, left, top, columns, scaleBarColumns: bar }: SheetTile, { strip, dotSize }: SheetGrid): void {
  const ink = { dotSize, level: inkLevel, top: top - strip + dotSize } as const;
  drawText(canvas, String(number), { ...ink, left });
  if (bar === null) return;
  const barLeft = left + columns - bar;
  const barTop = ink.top + 3 * dotSize;
  fillBox(canvas, { left: barLeft, top: barTop, columns: bar, rows: dotSize }, inkLevel);
  for (const end of [barLeft, barLeft + bar - dotSize]) fillBox(canvas, { left: end, top: barTop - 2 * dotSize, columns: dotSize, rows: 5 * dotSize }, inkLevel);
  const textLeft = barLeft - 3 * dotSize - textSize(scaleBarText, dotSize).columns;
  const numberRight = left + textSize(String(number), dotSize).columns;
  if (textLeft >= numberRight + 6 * dotSize) drawText(canvas, scaleBarText, { ...ink, left: textLeft });
}
