import { sql } from 'kysely';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import { noTiles } from '../../src-shared/domain/reading.ts';
import type { TileCounts, TileState } from '../../src-shared/domain/reading.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

/** One slice to read: the picture made of it, where that picture lies in the patient, and what became of it. */
export interface StoredTile {
  readonly sliceIndex: number;
  readonly sopInstanceUid: string;
  readonly instanceNumber: number | null;
  /** Along the slice normal, mm. */
  readonly positionMm: number;
  readonly state: TileState;
  readonly reason: ErrorCode | null;
  /** SHA-256 of the PNG; null until it is prepared. */
  readonly pngSha256: string | null;
  readonly columns: number;
  readonly rows: number;
  readonly affine: ImageAffine;
  /** Middle of the body on this slice, x in LPS mm; null until prepared or without a body. */
  readonly bodyMidlineMm: number | null;
  readonly requestId: string | null;
  readonly answer: TileAnswer | null;
}

/** Writes the tiles of a reading, all planned; tiles that are there already stay as they are. */
export async function insertTiles(
  database: Database,
  readingId: string,
  tiles: readonly Pick<StoredTile, 'sliceIndex' | 'sopInstanceUid' | 'instanceNumber' | 'positionMm' | 'columns' | 'rows' | 'affine'>[],
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const tile of tiles) {
      await transaction
        .insertInto('tile')
        .values({
          reading_id: readingId,
          slice_index: tile.sliceIndex,
          sop_instance_uid: tile.sopInstanceUid,
          instance_number: tile.instanceNumber,
          position_mm: tile.positionMm,
          state: 'planned',
          reason: null,
          png_sha256: null,
          columns: tile.columns,
          rows: tile.rows,
          affine_json: JSON.stringify(tile.affine),
          body_midline_mm: null,
          request_id: null,
          answer_json: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}

/** A tile's picture is ready. */
export async function markPrepared(
  database: Database,
  readingId: string,
  sliceIndex: number,
  picture: Pick<StoredTile, 'pngSha256' | 'columns' | 'rows' | 'affine' | 'bodyMidlineMm'>,
): Promise<void> {
  await database
    .updateTable('tile')
    .set({
      state: 'planned',
      reason: null,
      png_sha256: picture.pngSha256,
      columns: picture.columns,
      rows: picture.rows,
      affine_json: JSON.stringify(picture.affine),
      body_midline_mm: picture.bodyMidlineMm,
    })
    .where('reading_id', '=', readingId)
    .where('slice_index', '=', sliceIndex)
    .execute();
}

/** A tile's picture is no longer there; it has to be prepared again. */
export async function forgetPicture(database: Database, readingId: string, sliceIndex: number): Promise<void> {
  await database.updateTable('tile').set({ png_sha256: null }).where('reading_id', '=', readingId).where('slice_index', '=', sliceIndex).execute();
}

/** A slice could not be made into a picture: a gap with its reason. */
export async function markUnprepared(database: Database, readingId: string, sliceIndex: number, reason: ErrorCode): Promise<void> {
  await database
    .updateTable('tile')
    .set({ state: 'failed', reason })
    .where('reading_id', '=', readingId)
    .where('slice_index', '=', sliceIndex)
    .execute();
}

/**
 * Parts the tiles of a reading: those of the given slices lie outside of the lungs, all others do not.
 *
 * Tiles that were read stay so, and those that a waiting request holds stay with it.
 *
 * @param outside - Slice indices, with the fault of a slice that could not be looked into.
 */
export async function partTiles(database: Database, readingId: string, outside: ReadonlyMap<number, ErrorCode | null>): Promise<void> {
  const waiting = database.selectFrom('request').select('id').where('reading_id', '=', readingId).where('state', '=', 'waiting');
  await database
    .updateTable('tile')
    .set({ state: 'planned', reason: null })
    .where('reading_id', '=', readingId)
    .where('state', '=', 'outside-lungs')
    .where('slice_index', 'not in', [...outside.keys(), -1])
    .execute();
  for (const [sliceIndex, reason] of outside) {
    await database
      .updateTable('tile')
      .set({ state: 'outside-lungs', reason })
      .where('reading_id', '=', readingId)
      .where('slice_index', '=', sliceIndex)
      .where('state', '<>', 'valid')
      .where((where) => where.or([where('request_id', 'is', null), where('request_id', 'not in', waiting)]))
      .execute();
  }
}

/** What the device's search came to for a reading that asks no relay: slices that it read, and slices that nobody did. */
export interface SearchedTiles {
  readonly searched: readonly number[];
  /** Slice indices; a tile that has a reason keeps it. */
  readonly missed: readonly number[];
}

/** Notes what the device's search came to, at once; tiles that a model has read stay so. */
export async function markSearched(database: Database, readingId: string, { searched, missed }: SearchedTiles): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const sliceIndex of searched) {
      await transaction
        .updateTable('tile')
        .set({ state: 'searched', reason: null })
        .where('reading_id', '=', readingId)
        .where('slice_index', '=', sliceIndex)
        .where('state', 'not in', ['valid', 'outside-lungs'])
        .execute();
    }
    for (const sliceIndex of missed) {
      await transaction
        .updateTable('tile')
        .set((row) => ({ state: 'failed', reason: row.fn.coalesce('reason', row.val('device-search-failed')) }))
        .where('reading_id', '=', readingId)
        .where('slice_index', '=', sliceIndex)
        .where('state', 'not in', ['valid', 'outside-lungs'])
        .execute();
    }
  });
}

/** Tiles that only the device has searched are planned again: a relay is to read them after all. */
export async function unmarkSearched(database: Database, readingId: string): Promise<void> {
  await database.updateTable('tile').set({ state: 'planned' }).where('reading_id', '=', readingId).where('state', '=', 'searched').execute();
}

/** Tiles of a reading from feet to head. */
export async function listTiles(database: Database, readingId: string): Promise<readonly StoredTile[]> {
  const rows = await database.selectFrom('tile').selectAll().where('reading_id', '=', readingId).orderBy('slice_index').execute();
  return rows.map(toTile);
}

/** One tile; null when the reading has none for that slice. */
export async function findTile(database: Database, readingId: string, sliceIndex: number): Promise<StoredTile | null> {
  const row = await database
    .selectFrom('tile')
    .selectAll()
    .where('reading_id', '=', readingId)
    .where('slice_index', '=', sliceIndex)
    .executeTakeFirst();
  return row === undefined ? null : toTile(row);
}

/** Tile counts of every reading, for the queue: in each state, with a picture, and failed for want of one. */
export async function countTiles(
  database: Database,
): Promise<ReadonlyMap<string, { readonly counts: TileCounts; readonly prepared: number; readonly unprepared: number }>> {
  const rows = await database
    .selectFrom('tile')
    .select((row) => [
      'reading_id',
      'state',
      row.fn.countAll<number>().as('count'),
      sql<number>`sum(case when png_sha256 is null then 0 else 1 end)`.as('prepared'),
    ])
    .groupBy(['reading_id', 'state'])
    .execute();
  const byReading = new Map<string, { counts: Record<TileState, number>; prepared: number; unprepared: number }>();
  for (const row of rows) {
    const entry = byReading.get(row.reading_id) ?? { counts: noTiles(), prepared: 0, unprepared: 0 };
    entry.counts[row.state as TileState] += row.count;
    entry.prepared += row.prepared;
    if (row.state === 'failed') entry.unprepared += row.count - row.prepared;
    byReading.set(row.reading_id, entry);
  }
  return byReading;
}

function toTile(row: Schema['tile']): StoredTile {
  return {
    sliceIndex: row.slice_index,
    sopInstanceUid: row.sop_instance_uid,
    instanceNumber: row.instance_number,
    positionMm: row.position_mm,
    state: row.state as TileState,
    reason: row.reason as ErrorCode | null,
    pngSha256: row.png_sha256,
    columns: row.columns,
    rows: row.rows,
    affine: JSON.parse(row.affine_json) as ImageAffine,
    bodyMidlineMm: row.body_midline_mm,
    requestId: row.request_id,
    answer: row.answer_json === null ? null : (JSON.parse(row.answer_json) as TileAnswer),
  };
}
