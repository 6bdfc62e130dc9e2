import { encodePicture } from './encode-picture.ts';
import type { EncodedPicture, PictureFormat } from './encode-picture.ts';
import type { GreyPicture } from './picture.ts';
import { composeSheet } from './sheet.ts';
import type { SheetTile } from './sheet.ts';
import type { SheetLayout } from './sheet-grid.ts';
import { projectPlanned } from './slab.ts';
import type { Slab } from './slab.ts';
import { sha256Of } from '../../platform/sha256.ts';
import type { SlabsToPicture } from './slab-pictures.ts';
import { makeTile } from './tile.ts';

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
  const { marked, unmarked } = composeSheet(slabs.map((slab) => makeTile(slab, { role: 'slab', window })), { ...layout, firstNumber });
  const tiles = marked.tiles.flatMap((tile, index) => {
    const slab = slabs[index];
    if (slab === undefined) return [];
    const { thicknessMm, positionMm, sliceIndices, undecodedSlices, touchesGap } = slab;
    return [{ ...tile, thicknessMm, positionMm, sliceIndices, undecodedSlices, touchesGap }];
  });
  return { columns: marked.columns, rows: marked.rows, tiles, marked: await fileOf(marked, format), unmarked: await fileOf(unmarked, format) };
}

async function fileOf(picture: GreyPicture, format: PictureFormat): Promise<SheetFile> {
  const { bytes } = await encodePicture(picture, format);
  return { bytes, sha256: sha256Of(bytes) };
}
