import { medianDistanceMm } from '../dicom/order-slices.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { Database } from '../store/open-database.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { placeByMidline, placeInLungs } from './place-finding.ts';
import type { PlaceFinder } from './place-finding.ts';
import { findMask } from './stored-mask.ts';

/**
 * Way to tell where findings of a reading lie: by its outlined lungs where there are some, else by the middle of the body.
 *
 * @param tiles - Of the reading, from feet to head: they are the slices of the volume that was outlined.
 */
export async function findPlaces(database: Database, readingId: string, tiles: readonly StoredTile[]): Promise<PlaceFinder> {
  const midlines = tiles.flatMap((tile) => (tile.bodyMidlineMm === null ? [] : [tile.bodyMidlineMm])).sort((a, b) => a - b);
  const byMidline = placeByMidline(midlines[Math.floor(midlines.length / 2)] ?? null);
  const mask = await findMask(database, readingId, tiles.length);
  const geometry = geometryOf(tiles);
  if (mask?.kind !== 'lungs' || geometry === null) return byMidline;
  return placeInLungs(mask, geometry, byMidline);
}

function geometryOf(tiles: readonly StoredTile[]): Omit<CtVolume, 'voxels'> | null {
  const [first] = tiles;
  if (first === undefined) return null;
  const { columnStep, rowStep } = first.affine;
  return {
    columns: first.columns,
    rows: first.rows,
    slices: tiles.map(({ sopInstanceUid, positionMm, affine }) => ({ sopInstanceUid, frameNumber: 1, positionMm, affine, problem: null })),
    spacingMm: [Math.hypot(...columnStep), Math.hypot(...rowStep), medianDistanceMm(tiles) ?? 1],
    sliceThicknessMm: null,
  };
}
