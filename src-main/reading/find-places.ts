import { medianDistanceMm } from '../dicom/order-slices.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { Database } from '../store/open-database.ts';
import type { StoredSlice } from '../store/slice-table.ts';
import { placeByMidline, placeInLungs } from './place-finding.ts';
import type { PlaceFinder } from './place-finding.ts';
import { findMask } from './stored-mask.ts';

/**
 * Way to tell where findings of a reading lie: by its outlined lungs where there are some, else by the middle of the body.
 *
 * @param slices - Of the reading, from feet to head: they are the slices of the volume that was outlined.
 */
export async function findPlaces(database: Database, readingId: string, slices: readonly StoredSlice[]): Promise<PlaceFinder> {
  const midlines = slices.flatMap((slice) => (slice.bodyMidlineMm === null ? [] : [slice.bodyMidlineMm])).sort((a, b) => a - b);
  const byMidline = placeByMidline(midlines[Math.floor(midlines.length / 2)] ?? null);
  const mask = await findMask(database, readingId, slices.length);
  const geometry = geometryOf(slices);
  if (mask?.kind !== 'lungs' || geometry === null) return byMidline;
  return placeInLungs(mask, geometry, byMidline);
}

function geometryOf(slices: readonly StoredSlice[]): Omit<CtVolume, 'voxels'> | null {
  const [first] = slices;
  if (first === undefined) return null;
  const { columnStep, rowStep } = first.affine;
  return {
    columns: first.columns,
    rows: first.rows,
    slices: slices.map(({ sopInstanceUid, positionMm, affine }) => ({ sopInstanceUid, frameNumber: 1, positionMm, affine, problem: null })),
    spacingMm: [Math.hypot(...columnStep), Math.hypot(...rowStep), medianDistanceMm(slices) ?? 1],
    sliceThicknessMm: null,
  };
}
