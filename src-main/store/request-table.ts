import { sql } from 'kysely';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';

/** A request of a reading's plan. */
export interface StoredRequest {
  readonly id: string;
  readonly readingId: string;
  readonly ordinal: number;
  readonly nonce: string;
  readonly model: string;
  readonly tileCount: number;
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly state: 'waiting' | 'done' | 'failed';
}

/** Adds requests to a reading's plan and gives each its tiles, at once. */
export async function insertRequests(
  database: Database,
  requests: readonly (StoredRequest & { readonly sliceIndices: readonly number[] })[],
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const request of requests) {
      await transaction
        .insertInto('request')
        .values({
          id: request.id,
          reading_id: request.readingId,
          ordinal: request.ordinal,
          nonce: request.nonce,
          model: request.model,
          tile_count: request.tileCount,
          from_index: request.fromIndex,
          to_index: request.toIndex,
          state: request.state,
        })
        .execute();
      await transaction
        .updateTable('tile')
        .set({ request_id: request.id, state: 'planned', reason: null })
        .where('reading_id', '=', request.readingId)
        .where('slice_index', 'in', [...request.sliceIndices])
        .execute();
    }
  });
}

/** The request's tiles are on their way. */
export async function markTilesSent(database: Database, requestId: string): Promise<void> {
  await database
    .updateTable('tile')
    .set({ state: 'sent' })
    .where('request_id', '=', requestId)
    .where('state', '=', 'planned')
    .execute();
}

/** What became of a request's tiles, by slice index, and so of the request; at once. */
export async function finishRequest(
  database: Database,
  requestId: string,
  state: 'done' | 'failed',
  answers: ReadonlyMap<number, TileAnswer>,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    for (const [sliceIndex, answer] of answers) {
      await transaction
        .updateTable('tile')
        .set({
          state: answer.state,
          reason: answer.state === 'valid' ? null : answer.code,
          answer_json: answer.state === 'valid' ? JSON.stringify(answer) : null,
        })
        .where('request_id', '=', requestId)
        .where('slice_index', '=', sliceIndex)
        .execute();
    }
    await transaction.updateTable('request').set({ state }).where('id', '=', requestId).execute();
  });
}

/** Tiles that were on their way when a run of the reading ended are planned again: nothing is on its way any more. */
export async function parkTiles(database: Database, readingId: string): Promise<void> {
  await database.updateTable('tile').set({ state: 'planned' }).where('reading_id', '=', readingId).where('state', '=', 'sent').execute();
}

/**
 * Requests that wait and were never attempted are taken out of a reading's plan; its tiles are free again.
 *
 * One that was attempted stays: an answer to it may have been paid for.
 */
export async function dropUntried(database: Database, readingId: string): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const untried = await transaction
      .selectFrom('request')
      .select('id')
      .where('reading_id', '=', readingId)
      .where('state', '=', 'waiting')
      .where((where) => where.not(where.exists(where.selectFrom('attempt').select('attempt.id').whereRef('attempt.request_id', '=', 'request.id'))))
      .execute();
    for (const { id } of untried) {
      await transaction.updateTable('tile').set({ request_id: null }).where('request_id', '=', id).execute();
      await transaction.deleteFrom('request').where('id', '=', id).execute();
    }
  });
}

/** Requests that wait go to the model that is chosen now. */
export async function aimRequests(database: Database, readingId: string, model: string): Promise<void> {
  await database.updateTable('request').set({ model }).where('reading_id', '=', readingId).where('state', '=', 'waiting').where('model', '<>', model).execute();
}

/** Requests of a reading in their order. */
export async function listRequests(database: Database, readingId: string): Promise<readonly StoredRequest[]> {
  const rows = await database.selectFrom('request').selectAll().where('reading_id', '=', readingId).orderBy('ordinal').execute();
  return rows.map((row) => ({
    id: row.id,
    readingId: row.reading_id,
    ordinal: row.ordinal,
    nonce: row.nonce,
    model: row.model,
    tileCount: row.tile_count,
    fromIndex: row.from_index,
    toIndex: row.to_index,
    state: row.state as StoredRequest['state'],
  }));
}

/** Requests of every reading: finished and all. */
export async function countRequests(
  database: Database,
): Promise<ReadonlyMap<string, { readonly finished: number; readonly total: number }>> {
  const rows = await database
    .selectFrom('request')
    .select((row) => [
      'reading_id',
      row.fn.countAll<number>().as('total'),
      sql<number>`sum(case when state = 'waiting' then 0 else 1 end)`.as('finished'),
    ])
    .groupBy('reading_id')
    .execute();
  return new Map(rows.map((row) => [row.reading_id, { finished: row.finished, total: row.total }]));
}
