import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import { noTiles } from '../../src-shared/domain/reading.ts';
import type { TileCounts, TileState } from '../../src-shared/domain/reading.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

/** One slice of the chosen series: where it lies in the patient, and what became of it. */
export interface StoredSlice {
  readonly sliceIndex: number;
  readonly sopInstanceUid: string;
  readonly instanceNumber: number | null;
  /** Along the slice normal, mm. */
  readonly positionMm: number;
  readonly state: TileState;
  readonly reason: ErrorCode | null;
  /** Its file could not be made into voxels: nothing can be asked about it. */
  readonly isLost: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly affine: ImageAffine;
  /** Middle of the body on this slice, x in LPS mm; null where nobody looked or there is no body. */
  readonly bodyMidlineMm: number | null;
}

/** Writes the slices of a reading, all planned; slices that are there already stay as they are. */
export async function insertSlices(
  database: Database,
  readingId: string,
  slices: readonly Pick<StoredSlice, 'sliceIndex' | 'sopInstanceUid' | 'instanceNumber' | 'positionMm' | 'columns' | 'rows' | 'affine'>[],
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const slice of slices) {
      await transaction
        .insertInto('slice')
        .values({
          reading_id: readingId,
          slice_index: slice.sliceIndex,
          sop_instance_uid: slice.sopInstanceUid,
          instance_number: slice.instanceNumber,
          position_mm: slice.positionMm,
          state: 'planned',
          reason: null,
          lost: 0,
          columns: slice.columns,
          rows: slice.rows,
          affine_json: JSON.stringify(slice.affine),
          body_midline_mm: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}

/** A slice could not be made into voxels: a gap with its reason. */
export async function markLost(database: Database, readingId: string, sliceIndex: number, reason: ErrorCode): Promise<void> {
  await database
    .updateTable('slice')
    .set({ state: 'failed', reason, lost: 1 })
    .where('reading_id', '=', readingId)
    .where('slice_index', '=', sliceIndex)
    .execute();
}

/** A slice that was lost has voxels after all: it is to be read. */
export async function markFound(database: Database, readingId: string, sliceIndices: readonly number[]): Promise<void> {
  if (sliceIndices.length === 0) return;
  await database
    .updateTable('slice')
    .set({ state: 'planned', reason: null, lost: 0 })
    .where('reading_id', '=', readingId)
    .where('lost', '=', 1)
    .where('slice_index', 'in', [...sliceIndices])
    .execute();
}

/** Notes the middle of the body on a slice, x in LPS mm. */
export async function markMidline(database: Database, readingId: string, sliceIndex: number, bodyMidlineMm: number): Promise<void> {
  await database.updateTable('slice').set({ body_midline_mm: bodyMidlineMm }).where('reading_id', '=', readingId).where('slice_index', '=', sliceIndex).execute();
}

/** What became of slices, at once; those outside of the lungs stay so. */
export async function markSlices(
  database: Database, readingId: string, states: ReadonlyMap<number, { readonly state: TileState; readonly reason: ErrorCode | null }>,
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const [sliceIndex, { state, reason }] of states) {
      await transaction
        .updateTable('slice')
        .set({ state, reason })
        .where('reading_id', '=', readingId)
        .where('slice_index', '=', sliceIndex)
        .where('state', '<>', 'outside-lungs')
        .execute();
    }
  });
}

/**
 * Parts the slices of a reading: the given ones lie outside of the lungs, all others do not. Slices that were read stay so.
 *
 * @param outside - Slice indices, with the fault of a slice that could not be looked into.
 */
export async function partSlices(database: Database, readingId: string, outside: ReadonlyMap<number, ErrorCode | null>): Promise<void> {
  await database
    .updateTable('slice')
    .set({ state: 'planned', reason: null })
    .where('reading_id', '=', readingId)
    .where('state', '=', 'outside-lungs')
    .where('slice_index', 'not in', [...outside.keys(), -1])
    .execute();
  for (const [sliceIndex, reason] of outside) {
    await database
      .updateTable('slice')
      .set({ state: 'outside-lungs', reason })
      .where('reading_id', '=', readingId)
      .where('slice_index', '=', sliceIndex)
      .where('state', '<>', 'valid')
      .execute();
  }
}

/** What the device's search came to for a reading that asks no relay: slices that it read, and slices that nobody did. */
export interface SearchedSlices {
  readonly searched: readonly number[];
  /** Slice indices; one that has a reason keeps it. */
  readonly missed: readonly number[];
}

/** Notes what the device's search came to, at once; slices that a model has read stay so. */
export async function markSearched(database: Database, readingId: string, { searched, missed }: SearchedSlices): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const sliceIndex of searched) {
      await transaction
        .updateTable('slice')
        .set({ state: 'searched', reason: null })
        .where('reading_id', '=', readingId)
        .where('slice_index', '=', sliceIndex)
        .where('state', 'not in', ['valid', 'outside-lungs'])
        .execute();
    }
    for (const sliceIndex of missed) {
      await transaction
        .updateTable('slice')
        .set((row) => ({ state: 'failed', reason: row.fn.coalesce('reason', row.val('device-search-failed')) }))
        .where('reading_id', '=', readingId)
        .where('slice_index', '=', sliceIndex)
        .where('state', 'not in', ['valid', 'outside-lungs'])
        .execute();
    }
  });
}

/** Slices that only the device has searched are planned again: a relay is to read them after all. */
export async function unmarkSearched(database: Database, readingId: string): Promise<void> {
  await database.updateTable('slice').set({ state: 'planned' }).where('reading_id', '=', readingId).where('state', '=', 'searched').execute();
}

/** Slices of a reading from feet to head. */
export async function listSlices(database: Database, readingId: string): Promise<readonly StoredSlice[]> {
  const rows = await database.selectFrom('slice').selectAll().where('reading_id', '=', readingId).orderBy('slice_index').execute();
  return rows.map(toSlice);
}

/** One slice; null when the reading has none of that index. */
export async function findSlice(database: Database, readingId: string, sliceIndex: number): Promise<StoredSlice | null> {
  const row = await database
    .selectFrom('slice')
    .selectAll()
    .where('reading_id', '=', readingId)
    .where('slice_index', '=', sliceIndex)
    .executeTakeFirst();
  return row === undefined ? null : toSlice(row);
}

/** Slice counts of every reading, for the queue: in each state, and lost. */
export async function countSlices(database: Database): Promise<ReadonlyMap<string, { readonly counts: TileCounts; readonly lost: number }>> {
  const rows = await database
    .selectFrom('slice')
    .select((row) => ['reading_id', 'state', row.fn.countAll<number>().as('count'), row.fn.sum<number>('lost').as('lost')])
    .groupBy(['reading_id', 'state'])
    .execute();
  const byReading = new Map<string, { counts: Record<TileState, number>; lost: number }>();
  for (const row of rows) {
    const entry = byReading.get(row.reading_id) ?? { counts: noTiles(), lost: 0 };
    entry.counts[row.state as TileState] += row.count;
    if (row.state === 'failed') entry.lost += row.lost;
    byReading.set(row.reading_id, entry);
  }
  return byReading;
}

function toSlice(row: Schema['slice']): StoredSlice {
  return {
    sliceIndex: row.slice_index,
    sopInstanceUid: row.sop_instance_uid,
    instanceNumber: row.instance_number,
    positionMm: row.position_mm,
    state: row.state as TileState,
    reason: row.reason as ErrorCode | null,
    isLost: row.lost === 1,
    columns: row.columns,
    rows: row.rows,
    affine: JSON.parse(row.affine_json) as ImageAffine,
    bodyMidlineMm: row.body_midline_mm,
  };
}
