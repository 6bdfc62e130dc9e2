import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { findLungGrid, findLungOutline } from '../store/lung-outline-table.ts';
import type { Database } from '../store/open-database.ts';

/**
 * The outline of a reading's lungs as it was kept.
 *
 * @param sliceCount - Of the volume it is wanted for.
 * @returns Null when nobody has outlined them yet, or in another number of slices.
 */
export async function findMask(database: Database, readingId: string, sliceCount: number): Promise<LungMask | null> {
  const [outline, grid] = await Promise.all([findLungOutline(database, readingId), findLungGrid(database, readingId)]);
  if (outline?.sliceCount !== sliceCount || grid === null) return null;
  const labels = new Uint8Array(new SharedArrayBuffer(grid.labels.length));
  labels.set(grid.labels);
  return {
    ...grid,
    labels,
    kind: outline.kind,
    reason: outline.reason,
    notes: outline.notes,
    rightMm3: outline.rightMl * 1000,
    leftMm3: outline.leftMl * 1000,
    extent: outline.extent === null ? null : [outline.extent.fromIndex, outline.extent.toIndex],
  };
}
