import { encodePicture } from './encode-picture.ts';
import type { EncodedPicture, PictureFormat } from './encode-picture.ts';
import type { GreyPicture } from './picture.ts';
import { emptySheet, putPicture } from './sheet-canvas.ts';
import { layOutSheet } from './sheet.ts';
import type { LaidOutSheet, SheetTile } from './sheet.ts';
import type { SheetLayout } from './sheet-grid.ts';
import { projectPlanned } from './slab.ts';
import type { Slab } from './slab.ts';
import { sha256Of } from '../../platform/sha256.ts';
import type { SlabsToPicture } from './slab-pictures.ts';
import { makeTile } from './tile.ts';
import type { Tile } from './tile.ts';
import { drawTileStrip } from './tile-strip.ts';

/** Slabs that are to lie on one sheet. */
export interface SheetToPicture extends SlabsToPicture {
  readonly layout: SheetLayout;
  /** Number of the first tile. */
  readonly firstNumber: number;
}

/** A tile of a sheet with what it shows. */
export interface SheetSlab extends SheetTile, Pick<Slab, 'thicknessMm' | 'positionMm' | 'sliceIndices' | 'undecodedSlices' | 'touchesGap'> {}

/** A sheet and its unmarked twin as picture files. */
export interface SheetPictures {
  readonly columns: number;
  readonly rows: number;
  readonly tiles: readonly SheetSlab[];
  readonly marked: SheetFile;
  readonly unmarked: SheetFile;
}

/** A picture file with its SHA-256, hex. */
export interface SheetFile {
  readonly bytes: EncodedPicture['bytes'];
  readonly sha256: string;
}

/**
 * Projects slabs, lays them out on a sheet and encodes it, with and without numbers; runs in a worker.
 *
 * @param input - The volume and the planned slabs of one sheet.
 * @throws {RangeError} when they do not fit.
 */
export async function sheetPictures(
  { volume, planned, window, format, layout, firstNumber, ...how }: SheetToPicture,
): Promise<SheetPictures> {
  const slabs = projectPlanned(volume, planned, how);
  const made = slabs.map((slab) => makeTile(slab, { window }));
  const sheet = layOutSheet(made, { ...layout, firstNumber });
  const { marked, unmarked } = drawSheet(made, sheet);
  const tiles = sheet.tiles.flatMap((tile, index) => {
    const slab = slabs[index];
    if (slab === undefined) return [];
    const { thicknessMm, positionMm, sliceIndices, undecodedSlices, touchesGap } = slab;
    return [{ ...tile, thicknessMm, positionMm, sliceIndices, undecodedSlices, touchesGap }];
  });
  return { columns: marked.columns, rows: marked.rows, tiles, marked: await fileOf(marked, format), unmarked: await fileOf(unmarked, format) };
}

function drawSheet(made: readonly Tile[], { grid, tiles }: LaidOutSheet): { readonly marked: GreyPicture; readonly unmarked: GreyPicture } {
  const unmarked = emptySheet(grid.columns, grid.rows);
  for (const [index, tile] of made.entries()) putPicture(unmarked, tile, tiles[index] ?? { left: 0, top: 0 });
  const marked = { ...unmarked, grey: unmarked.grey.slice() };
  for (const tile of tiles) drawTileStrip(marked, tile, grid);
  return { marked, unmarked };
}

async function fileOf(picture: GreyPicture, format: PictureFormat): Promise<SheetFile> {
  const { bytes } = await encodePicture(picture, format);
  return { bytes, sha256: sha256Of(bytes) };
}
