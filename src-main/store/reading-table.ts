import type { Updateable } from 'kysely';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Priority } from '../../src-shared/domain/priority.ts';
import type { HoldReason, ReadingPlan, ReadingState } from '../../src-shared/domain/reading.ts';
import type { PlanForecast, PlanNote, ReadingMode } from '../../src-shared/domain/request-plan.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import type { TransitionView } from '../../src-shared/domain/views.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';
import { insertProblems } from './problem-table.ts';
import type { StoredProblem } from './problem-table.ts';
import type { Schema } from './schema.ts';

/** A reading as stored. */
export interface StoredReading {
  readonly id: string;
  readonly studyId: string;
  readonly state: ReadingState;
  readonly heldFor: HoldReason | null;
  readonly reason: ErrorCode | null;
  readonly highPriority: boolean;
  readonly modelOverride: string | null;
  readonly relayName: string | null;
  readonly modelRequested: string | null;
  readonly practice: boolean;
  readonly plan: ReadingPlan;
  /** How the exam is shown to a relay's model. */
  readonly mode: ReadingMode;
  /** Of everything that was planned, as it was when the requests were; null before. */
  readonly forecast: PlanForecast | null;
  readonly planNotes: readonly PlanNote[];
  readonly priority: Priority;
  readonly crashCount: number;
  readonly receivedAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly preparingMs: number;
  readonly readingMs: number;
  readonly totalMs: number;
}

/** A step of a reading, stored in the same transaction as its effect. */
export interface Step {
  readonly at: EpochMs;
  readonly from: ReadingState | null;
  readonly to: ReadingState;
  readonly event: string;
  readonly reason: string | null;
}

/** Starts a reading with its first step and the problems that came with the exam. */
export async function insertReading(
  database: Database,
  reading: Pick<StoredReading, 'id' | 'studyId' | 'highPriority' | 'modelOverride' | 'receivedAt' | 'reason'> & { readonly plan?: ReadingPlan; readonly mode?: ReadingMode },
  steps: readonly Step[],
  problems: readonly StoredProblem[],
): Promise<void> {
  const last = steps.at(-1);
  if (last === undefined) throw new RangeError('a reading starts with a step');
  await inTransaction(database, async (transaction) => {
    await transaction
      .insertInto('reading')
      .values({
        id: reading.id,
        study_id: reading.studyId,
        state: last.to,
        held_for: null,
        reason: reading.reason,
        high_priority: reading.highPriority ? 1 : 0,
        model_override: reading.modelOverride,
        relay_name: null,
        model_requested: null,
        practice: 0,
        priority: 'unknown',
        crash_count: 0,
        received_at: reading.receivedAt,
        updated_at: last.at,
        preparing_ms: 0,
        reading_ms: 0,
        total_ms: 0,
        plan: reading.plan ?? 'relay',
        mode: reading.mode ?? 'sweep-and-verify',
        forecast_json: null,
        plan_notes_json: null,
      })
      .execute();
    for (const step of steps) await insertStep(transaction, reading.id, step);
    await insertProblems(transaction, reading.id, problems);
  });
}

/**
 * Moves a reading to its next state with the step's reason and effect, at once.
 *
 * @throws {Error} if the reading is not where the step begins any more; then nothing is written.
 */
export async function moveReading(
  database: Database,
  id: string,
  step: Step,
  effect: Updateable<Omit<Schema['reading'], 'id' | 'state' | 'updated_at'>>,
  problems: readonly StoredProblem[] = [],
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const moved = await transaction
      .updateTable('reading')
      .set({ ...effect, state: step.to, updated_at: step.at })
      .where('id', '=', id)
      .where('state', '=', step.from ?? '')
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) throw new Error('the reading has been moved on meanwhile');
    await insertStep(transaction, id, step);
    await insertProblems(transaction, id, problems);
  });
}

/** Changes what is not a state: high priority, crash count, times, the relay in use. */
export async function updateReading(
  database: Database,
  id: string,
  change: Updateable<Omit<Schema['reading'], 'id' | 'state'>>,
): Promise<void> {
  await database.updateTable('reading').set(change).where('id', '=', id).executeTakeFirstOrThrow();
}

/** One reading; null when there is none. */
export async function findReading(database: Database, id: string): Promise<StoredReading | null> {
  const row = await database.selectFrom('reading').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toReading(row);
}

/** Readings, newest first. */
export async function listReadings(
  database: Database,
  filter: { readonly studyId?: string; readonly states?: readonly ReadingState[] } = {},
): Promise<readonly StoredReading[]> {
  const { studyId, states } = filter;
  const rows = await database
    .selectFrom('reading')
    .selectAll()
    .$if(studyId !== undefined, (query) => query.where('study_id', '=', studyId ?? ''))
    .$if(states !== undefined, (query) => query.where('state', 'in', [...(states ?? [])]))
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toReading);
}

/** Steps of a reading in their order. */
export async function listSteps(database: Database, readingId: string): Promise<readonly TransitionView[]> {
  const rows = await database.selectFrom('transition').selectAll().where('reading_id', '=', readingId).orderBy('id').execute();
  return rows.map((row) => ({
    at: row.at as EpochMs,
    from: row.from_state as ReadingState | null,
    to: row.to_state as ReadingState,
    reason: row.reason,
  }));
}

async function insertStep(database: Database, readingId: string, step: Step): Promise<void> {
  await database
    .insertInto('transition')
    .values({ reading_id: readingId, at: step.at, from_state: step.from, to_state: step.to, event: step.event, reason: step.reason })
    .execute();
}

function toReading(row: Schema['reading']): StoredReading {
  return {
    id: row.id,
    studyId: row.study_id,
    state: row.state as ReadingState,
    heldFor: row.held_for as HoldReason | null,
    reason: row.reason as ErrorCode | null,
    highPriority: row.high_priority === 1,
    modelOverride: row.model_override,
    relayName: row.relay_name,
    modelRequested: row.model_requested,
    practice: row.practice === 1,
    plan: row.plan as ReadingPlan,
    mode: row.mode as ReadingMode,
    forecast: row.forecast_json === null ? null : (JSON.parse(row.forecast_json) as PlanForecast),
    planNotes: row.plan_notes_json === null ? [] : (JSON.parse(row.plan_notes_json) as PlanNote[]),
    priority: row.priority as Priority,
    crashCount: row.crash_count,
    receivedAt: row.received_at as EpochMs,
    updatedAt: row.updated_at as EpochMs,
    preparingMs: row.preparing_ms,
    readingMs: row.reading_ms,
    totalMs: row.total_ms,
  };
}
