import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import { croppedAffine } from './picture.ts';
import { sheetCapacity, sheetGrid, sheetShares } from './sheet-grid.ts';
import type { SheetGrid, SheetLayout } from './sheet-grid.ts';
import type { Tile } from './tile.ts';
import { scaleBarColumns } from './tile-strip.ts';

/** Where a tile lies on a sheet. */
export interface SheetTile {
  readonly number: number;
  readonly role: 'slab';
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

/** A sheet before it is drawn. */
export interface LaidOutSheet {
  readonly grid: SheetGrid;
  readonly tiles: readonly SheetTile[];
}

/** What of a tile decides where it lies. */
type TileToPlace = Pick<Tile, 'columns' | 'rows' | 'affine' | 'scale'>;

/**
 * Lays tiles out on one sheet, with a strip for number and scale bar above each: no pixel of a tile is covered or resampled.
 *
 * @param tiles - At least one, in reading order; of one size or several, each in a cell of the largest.
 * @param layout - Limits of the sheet; firstNumber: number of the first tile, default 1.
 * @throws {RangeError} when they do not fit.
 */
export function layOutSheet(tiles: readonly TileToPlace[], layout: SheetLayout & { readonly firstNumber?: number }): LaidOutSheet {
  const grid = sheetGrid(tiles.length, largest(tiles), layout);
  return { grid, tiles: tiles.map((tile, index) => place(tile, index, grid, layout.firstNumber ?? 1)) };
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

function largest(tiles: readonly Pick<Tile, 'columns' | 'rows'>[]): { readonly columns: number; readonly rows: number } {
  return {
    columns: tiles.reduce((most, { columns }) => Math.max(most, columns), 0),
    rows: tiles.reduce((most, { rows }) => Math.max(most, rows), 0),
  };
}

function place({ affine, columns, rows, scale }: TileToPlace, index: number, grid: SheetGrid, firstNumber: number): SheetTile {
  const left = grid.gap + (index % grid.across) * (grid.tileColumns + grid.gap);
  const top = grid.gap + Math.floor(index / grid.across) * (grid.tileRows + grid.strip + grid.gap) + grid.strip;
  const number = firstNumber + index;
  return {
    number, role: 'slab', left, top, columns, rows, affine: croppedAffine(affine, -left, -top), scale,
    scaleBarColumns: scaleBarColumns(number, columns, Math.hypot(...affine.columnStep), grid),
  };
}
