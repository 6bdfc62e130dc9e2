import { sql } from 'kysely';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { TileState, Verification } from '../../src-shared/domain/reading.ts';
import type { PlannedTile } from '../../src-shared/domain/request-plan.ts';
import type { ControlRates } from '../../src-shared/domain/views.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';

/** A numbered tile of a request with what became of it. */
export interface StoredTile {
  readonly requestId: string;
  /** Place of its picture in the request, from 0. */
  readonly picture: number;
  readonly planned: PlannedTile;
  readonly state: TileState;
  readonly reason: ErrorCode | null;
  /** Set for valid tiles. */
  readonly answer: Extract<TileAnswer, { readonly state: 'valid' }> | null;
  /** Model that answered, as the relay reported it; null where none did or it did not say. */
  readonly modelServed: string | null;
}

/** The request's tiles are on their way. */
export async function markTilesSent(database: Database, requestId: string): Promise<void> {
  await database.updateTable('tile').set({ state: 'sent' }).where('request_id', '=', requestId).where('state', '=', 'planned').execute();
}

/** Tiles that were on their way when a run of the reading ended are planned again: nothing is on its way any more. */
export async function parkTiles(database: Database, readingId: string): Promise<void> {
  await database
    .updateTable('tile')
    .set({ state: 'planned' })
    .where('request_id', 'in', (select) => select.selectFrom('request').select('id').where('reading_id', '=', readingId))
    .where('state', '=', 'sent')
    .execute();
}

/** The request was stopped before any of it left this machine: its tiles are planned as before. */
export async function unmarkTilesSent(database: Database, requestId: string): Promise<void> {
  await database.updateTable('tile').set({ state: 'planned' }).where('request_id', '=', requestId).where('state', '=', 'sent').execute();
}

/** What became of a request's tiles, by number, and so of the request; at once. */
export async function finishRequest(
  database: Database,
  requestId: string,
  state: 'done' | 'failed',
  answers: ReadonlyMap<number, TileAnswer>,
  modelServed: string | null,
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const [number, answer] of answers) {
      const isValid = answer.state === 'valid';
      await transaction
        .updateTable('tile')
        .set({
          state: answer.state,
          reason: isValid ? null : answer.code,
          answer_json: isValid ? JSON.stringify(answer) : null,
          model_served: isValid ? modelServed : null,
        })
        .where('request_id', '=', requestId)
        .where('number', '=', number)
        .execute();
    }
    await transaction.updateTable('request').set({ state }).where('id', '=', requestId).execute();
  });
}

/** Tiles of a reading by request and number, controls among them. */
export async function listTiles(database: Database, readingId: string): Promise<readonly StoredTile[]> {
  const rows = await database
    .selectFrom('tile')
    .innerJoin('request', 'request.id', 'tile.request_id')
    .selectAll('tile')
    .where('request.reading_id', '=', readingId)
    .orderBy('request.ordinal')
    .orderBy('tile.number')
    .execute();
  return rows.map((row) => ({
    requestId: row.request_id,
    picture: row.picture,
    planned: JSON.parse(row.planned_json) as PlannedTile,
    state: row.state as TileState,
    reason: row.reason as ErrorCode | null,
    answer: row.answer_json === null ? null : (JSON.parse(row.answer_json) as StoredTile['answer']),
    modelServed: row.model_served,
  }));
}

/**
 * The device has searched anew: tiles that show a candidate go by the rank that it has now, the others by none.
 *
 * @param rankOf - The candidate that a tile shows, among those that were found now.
 */
export async function rerankTiles(database: Database, readingId: string, rankOf: (planned: PlannedTile) => number | null): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const { requestId, planned } of await listTiles(transaction, readingId)) {
      if (planned.role !== 'candidate') continue;
      const candidateRank = rankOf(planned);
      await transaction
        .updateTable('tile')
        .set({ candidate_rank: candidateRank, planned_json: JSON.stringify({ ...planned, candidateRank }) })
        .where('request_id', '=', requestId)
        .where('number', '=', planned.number)
        .execute();
    }
  });
}

/** Control tiles of all readings that were answered, by the model that was asked; a request that failed by its blank counts too. */
export async function countControls(database: Database): Promise<readonly ControlRates[]> {
  const rows = await database
    .selectFrom('tile')
    .innerJoin('request', 'request.id', 'tile.request_id')
    .select(['request.model', 'tile.role', 'tile.reason', 'tile.answer_json'])
    .where('tile.role', 'in', ['blank-control', 'nodule-control'])
    .execute();
  const counts = new Map<string, { -readonly [Key in keyof ControlRates]: ControlRates[Key] }>();
  for (const row of rows) {
    const isCalledPositive = row.reason === 'control-failed';
    if (row.answer_json === null && !isCalledPositive) continue;
    const isMarked = isCalledPositive || (JSON.parse(row.answer_json ?? '{"regions":[]}') as { readonly regions: readonly unknown[] }).regions.length > 0;
    const entry = counts.get(row.model) ?? { model: row.model, blanks: 0, blanksCalledPositive: 0, nodules: 0, nodulesFound: 0 };
    counts.set(row.model, entry);
    if (row.role === 'blank-control') {
      entry.blanks += 1;
      if (isMarked) entry.blanksCalledPositive += 1;
    } else if (!isCalledPositive) {
      entry.nodules += 1;
      if (isMarked) entry.nodulesFound += 1;
    }
  }
  return [...counts.values()];
}

/** Verification of every reading that has one and that a relay reads: where the device alone does, it does not wait for models' answers. */
export async function countVerified(database: Database, readingId?: string): Promise<ReadonlyMap<string, Verification>> {
  const rows = await database
    .selectFrom('tile')
    .innerJoin('request', 'request.id', 'tile.request_id')
    .innerJoin('reading', 'reading.id', 'request.reading_id')
    .select((row) => ['request.reading_id', 'tile.candidate_rank', row.fn.max<number>(sql`tile.state = 'valid'`).as('valid')])
    .where('tile.candidate_rank', 'is not', null)
    .where('request.reader', '=', 0)
    .where('reading.plan', '=', 'relay')
    .$if(readingId !== undefined, (query) => query.where('request.reading_id', '=', readingId ?? ''))
    .groupBy(['request.reading_id', 'tile.candidate_rank'])
    .execute();
  const byReading = new Map<string, { planned: number; valid: number }>();
  for (const { reading_id: id, valid } of rows) {
    const entry = byReading.get(id) ?? { planned: 0, valid: 0 };
    entry.planned += 1;
    entry.valid += valid;
    byReading.set(id, entry);
  }
  return byReading;
}
