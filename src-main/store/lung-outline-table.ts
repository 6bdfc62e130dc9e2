import { deflateSync, inflateSync } from 'node:zlib';
import type { LungMaskNote, LungOutline, NoLungsReason } from '../../src-shared/domain/lungs.ts';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

/** What each cell of the exam is, on a grid coarser than its voxels; what the numbers mean is the outliner's matter. */
export interface StoredLungGrid {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** Voxels per cell. */
  readonly step: readonly [columns: number, rows: number, slices: number];
  /** slices x rows x columns labels. */
  readonly labels: Uint8Array;
}

/** Keeps where the lungs of a reading's exam are, in place of what was kept before. */
export async function replaceLungOutline(database: Database, readingId: string, outline: LungOutline, grid: StoredLungGrid): Promise<void> {
  const { extent } = outline;
  await database.deleteFrom('lung_outline').where('reading_id', '=', readingId).execute();
  await database
    .insertInto('lung_outline')
    .values({
      reading_id: readingId,
      kind: outline.kind,
      reason: outline.reason,
      notes_json: JSON.stringify(outline.notes),
      right_ml: outline.rightMl,
      left_ml: outline.leftMl,
      from_index: extent?.fromIndex ?? null,
      to_index: extent?.toIndex ?? null,
      from_mm: extent?.fromMm ?? null,
      to_mm: extent?.toMm ?? null,
      slice_count: outline.sliceCount,
      columns: grid.columns,
      rows: grid.rows,
      slices: grid.slices,
      step_json: JSON.stringify(grid.step),
      labels_deflated: deflateSync(grid.labels),
    })
    .execute();
}

/** Where the lungs of a reading's exam are; null when nobody has looked yet. */
export async function findLungOutline(database: Database, readingId: string): Promise<LungOutline | null> {
  const row = await database
    .selectFrom('lung_outline')
    .select(['kind', 'reason', 'notes_json', 'right_ml', 'left_ml', 'from_index', 'to_index', 'from_mm', 'to_mm', 'slice_count'])
    .where('reading_id', '=', readingId)
    .executeTakeFirst();
  return row === undefined ? null : toOutline(row);
}

/** The cells of the outline; null when nobody has looked yet. */
export async function findLungGrid(database: Database, readingId: string): Promise<StoredLungGrid | null> {
  const row = await database
    .selectFrom('lung_outline')
    .select(['columns', 'rows', 'slices', 'step_json', 'labels_deflated'])
    .where('reading_id', '=', readingId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { columns, rows, slices } = row;
  return { columns, rows, slices, step: JSON.parse(row.step_json) as StoredLungGrid['step'], labels: inflateSync(row.labels_deflated) };
}

function toOutline(
  row: Omit<Schema['lung_outline'], 'reading_id' | 'columns' | 'rows' | 'slices' | 'step_json' | 'labels_deflated'>,
): LungOutline {
  const { from_index: fromIndex, to_index: toIndex, from_mm: fromMm, to_mm: toMm } = row;
  return {
    kind: row.kind as LungOutline['kind'],
    reason: row.reason as NoLungsReason | null,
    notes: JSON.parse(row.notes_json) as LungMaskNote[],
    rightMl: row.right_ml,
    leftMl: row.left_ml,
    extent: fromIndex === null || toIndex === null || fromMm === null || toMm === null ? null : { fromIndex, toIndex, fromMm, toMm },
    sliceCount: row.slice_count,
  };
}
