import { sql } from 'kysely';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { AttemptRecord, AttemptState, CostSource } from '../../src-shared/domain/attempt.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { EpochMs, MicroUsd } from '../../src-shared/domain/units.ts';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

type Row = Selectable<Schema['attempt']>;

/** Sums of a group of attempts; `possible` counts unknown and live attempts at their maximum. */
export interface AttemptTotals {
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly knownMicroUsd: MicroUsd;
  readonly possibleMicroUsd: MicroUsd;
  /** Attempts that may be owed for at a price nobody knows; they are in neither sum. */
  readonly unpricedAttempts: number;
}

const totals = [
  sql<number>`count(*)`.as('attempts'),
  sql<number>`coalesce(sum(input_tokens), 0)`.as('inputTokens'),
  sql<number>`coalesce(sum(output_tokens), 0)`.as('outputTokens'),
  sql<MicroUsd>`coalesce(sum(cost_micro_usd), 0)`.as('knownMicroUsd'),
  sql<MicroUsd>`coalesce(sum(case when state in ('reserved', 'sent', 'unknown') then max_cost_micro_usd else 0 end), 0)`.as(
    'possibleMicroUsd',
  ),
  sql<number>`coalesce(sum(case when cost_source = 'unknown' and price_id is null and state <> 'void' then 1 else 0 end), 0)`.as('unpricedAttempts'),
] as const;

/**
 * Writes a reserved attempt if the month stays within the limit, counting everything that could be owed.
 *
 * @param limitMicroUsd - Hard limit of the month; null for none.
 * @returns false, with nothing written, when the limit would be passed.
 */
export async function insertReserved(
  database: Database,
  attempt: Omit<Insertable<Schema['attempt']>, 'sequence'>,
  limitMicroUsd: number | null,
): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    if (limitMicroUsd !== null) {
      const month = await transaction
        .selectFrom('attempt')
        .select(totals)
        .where('billing_month', '=', attempt.billing_month)
        .executeTakeFirstOrThrow();
      if (month.knownMicroUsd + month.possibleMicroUsd + attempt.max_cost_micro_usd > limitMicroUsd) return false;
    }
    await transaction.insertInto('attempt').values(attempt).execute();
    return true;
  });
}

/** Moves a live attempt on; the database itself refuses to change an ended one. */
export async function updateAttempt(database: Database, id: string, change: Updateable<Schema['attempt']>): Promise<void> {
  await database.updateTable('attempt').set(change).where('id', '=', id).executeTakeFirstOrThrow();
}

/** One attempt. */
export async function findAttempt(database: Database, id: string): Promise<AttemptRecord & { readonly priceId: string | null }> {
  const row = await database.selectFrom('attempt').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return { ...toRecord(row), priceId: row.price_id };
}

/** Attempts in the order they were written. */
export async function listAttempts(
  database: Database,
  filter: { readonly readingId: string } | { readonly billingMonth: string },
): Promise<readonly AttemptRecord[]> {
  const rows = await database
    .selectFrom('attempt')
    .selectAll()
    .where((where) =>
      'readingId' in filter ? where('reading_id', '=', filter.readingId) : where('billing_month', '=', filter.billingMonth),
    )
    .orderBy('sequence')
    .execute();
  return rows.map(toRecord);
}

/** An answer as it came, and the model it was asked of. */
export interface StoredAnswer {
  readonly model: string;
  /** As the relay reported it; null where it did not. */
  readonly modelServed: string | null;
  readonly body: string;
}

/** Stored answers of a request in the order they came. */
export async function listAnswers(database: Database, requestId: string): Promise<readonly StoredAnswer[]> {
  const rows = await database
    .selectFrom('attempt')
    .select(['model_requested', 'model_served', 'response_body'])
    .where('request_id', '=', requestId)
    .where('state', 'in', ['settled', 'estimated'])
    .where('outcome', '=', 'ok')
    .orderBy('sequence')
    .execute();
  return rows.flatMap((row) => (row.response_body === null ? [] : [{ model: row.model_requested, modelServed: row.model_served, body: row.response_body }]));
}

/** Whether a reading has answers, read into its tiles or still to be. */
export async function hasAnswers(database: Database, readingId: string): Promise<boolean> {
  const row = await database.selectFrom('attempt').select('id').where('reading_id', '=', readingId).where('outcome', '=', 'ok').limit(1).executeTakeFirst();
  return row !== undefined;
}

/** How often a request was sent and nobody knows what became of it. */
export async function countUnknown(database: Database, requestId: string): Promise<number> {
  const { count } = await database
    .selectFrom('attempt')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('request_id', '=', requestId)
    .where('state', '=', 'unknown')
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * Ends attempts that another run of LungDesk left open: reserved ones were never sent, sent ones may have been billed.
 *
 * @param left - Attempts whose first byte is known to have left; of the others, 'sent' is then known to be untrue. Null
 * when nobody can tell.
 * @returns how many were ended in each way.
 */
export async function endInterrupted(
  database: Database,
  at: EpochMs,
  left: ReadonlySet<string> | null = null,
): Promise<{ readonly void: number; readonly unknown: number }> {
  return database.transaction().execute(async (transaction) => {
    const open = await transaction.selectFrom('attempt').select(['id', 'state']).where('state', 'in', ['reserved', 'sent']).execute();
    const neverLeft = open.filter((one) => one.state === 'reserved' || left?.has(one.id) === false).map((one) => one.id);
    for (const id of neverLeft) {
      await transaction.updateTable('attempt').set({ state: 'void', ended_at: at, cost_micro_usd: 0 }).where('id', '=', id).execute();
    }
    const sent = await transaction
      .updateTable('attempt')
      .set({ state: 'unknown', ended_at: at, outcome: 'outcome-unknown' })
      .where('state', '=', 'sent')
      .executeTakeFirst();
    return { void: neverLeft.length, unknown: Number(sent.numUpdatedRows) };
  });
}

/** Total of a month. */
export async function sumMonth(database: Database, billingMonth: string): Promise<AttemptTotals> {
  return database.selectFrom('attempt').select(totals).where('billing_month', '=', billingMonth).executeTakeFirstOrThrow();
}

/** Total of a reading over all months. */
export async function sumReading(database: Database, readingId: string): Promise<AttemptTotals> {
  return database.selectFrom('attempt').select(totals).where('reading_id', '=', readingId).executeTakeFirstOrThrow();
}

/** Total of some attempts. */
export async function sumAttempts(database: Database, ids: readonly string[]): Promise<AttemptTotals> {
  return database.selectFrom('attempt').select(totals).where('id', 'in', ids).executeTakeFirstOrThrow();
}

/** Totals of every reading, by id. */
export async function sumByReading(database: Database, billingMonth: string | null): Promise<ReadonlyMap<string | null, AttemptTotals>> {
  const rows = await database
    .selectFrom('attempt')
    .select(['reading_id', ...totals])
    .$if(billingMonth !== null, (query) => query.where('billing_month', '=', billingMonth ?? ''))
    .groupBy('reading_id')
    .execute();
  return new Map(rows.map(({ reading_id: id, ...sums }) => [id, sums]));
}

/** Month totals by model as served (as requested where nothing was served) and relay. */
export async function sumByModel(
  database: Database,
  billingMonth: string,
): Promise<readonly (AttemptTotals & { readonly model: string; readonly relayName: string })[]> {
  return database
    .selectFrom('attempt')
    .select([sql<string>`coalesce(model_served, model_requested)`.as('model'), 'relay_name as relayName', ...totals])
    .where('billing_month', '=', billingMonth)
    .groupBy(['model', 'relay_name'])
    .orderBy('knownMicroUsd', 'desc')
    .orderBy('model')
    .execute();
}

/** Month totals by day and model. */
export async function sumByDay(
  database: Database,
  billingMonth: string,
): Promise<readonly (AttemptTotals & { readonly day: string; readonly model: string })[]> {
  return database
    .selectFrom('attempt')
    .select(['billing_day as day', sql<string>`coalesce(model_served, model_requested)`.as('model'), ...totals])
    .where('billing_month', '=', billingMonth)
    .groupBy(['day', 'model'])
    .orderBy('day')
    .orderBy('model')
    .execute();
}

/** Months that have attempts, newest first. */
export async function listMonths(database: Database): Promise<readonly string[]> {
  const rows = await database.selectFrom('attempt').select('billing_month').distinct().orderBy('billing_month', 'desc').execute();
  return rows.map((row) => row.billing_month);
}

function toRecord(row: Row): AttemptRecord {
  return {
    id: row.id,
    readingId: row.reading_id,
    requestId: row.request_id,
    relayName: row.relay_name,
    modelRequested: row.model_requested,
    modelServed: row.model_served,
    state: row.state as AttemptState,
    reservedAt: row.reserved_at as EpochMs,
    sentAt: row.sent_at as EpochMs | null,
    endedAt: row.ended_at as EpochMs | null,
    httpStatus: row.http_status,
    outcome: row.outcome as ErrorCode | 'ok' | null,
    usage:
      row.input_tokens === null
        ? null
        : {
            inputTokens: row.input_tokens,
            cachedInputTokens: row.cached_input_tokens ?? 0,
            outputTokens: row.output_tokens ?? 0,
            reasoningTokens: row.reasoning_tokens ?? 0,
            imageTokens: row.image_tokens,
            source: row.usage_source === 'relay' ? 'relay' : 'forecast',
          },
    costMicroUsd: row.cost_micro_usd as MicroUsd | null,
    maxCostMicroUsd: row.max_cost_micro_usd as MicroUsd,
    costSource: row.cost_source as CostSource,
    billingMonth: row.billing_month,
  };
}
