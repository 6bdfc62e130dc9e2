import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { translate } from '../store/open-database.ts';
import { updateReading } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { aimRequests, listRequests } from '../store/request-table.ts';
import { listTiles, parkTiles } from '../store/tile-table.ts';
import { finishOnDevice } from './finish-on-device.ts';
import { mergeReading, restReading } from './merge-reading.ts';
import { askThirdReader } from './ask-third-reader.ts';
import { leftToPlan, partToPlan, replannedCodes } from './left-to-plan.ts';
import { prepareExam } from './prepare-exam.ts';
import { reload, step } from './reading-desk.ts';
import type { ReadingDesk, RelayChoice } from './reading-desk.ts';
import { refreshSlices } from './refresh-slices.ts';
import { sendRequests } from './send-requests.ts';
import type { SendOutcome, Way } from './send-requests.ts';

/**
 * Takes a reading as far as it can go: prepared, planned, sent (or finished on the device alone), merged; or held, failed, asking.
 *
 * It may be called again at any time after an interruption and goes on where the stored state says it was.
 *
 * @param signal - Calls it off; requests on their way are drained, and nothing more begins.
 * @throws {AppError} a fault that may pass by itself (full disk); the reading is then left where it is.
 */
export async function runReading(desk: ReadingDesk, readingId: string, signal: AbortSignal): Promise<void> {
  try {
    let reading = await reload(desk.database, readingId);
    if (reading.state === 'settled') reading = await step(desk, reading, 'prepare', null);
    if (reading.state === 'preparing') reading = await prepareAndPlan(desk, reading, signal);
    if (reading.plan === 'device-only') await finishOnDevice(desk, reading, signal);
    else await sendAndMerge(desk, reading, signal);
  } catch (thrown) {
    if (signal.aborted) return;
    const fault = translate(thrown);
    if (fault instanceof AppError && fault.retryable) throw fault;
    await failReading(desk, readingId, fault);
  }
}

async function prepareAndPlan(desk: ReadingDesk, reading: StoredReading, signal: AbortSignal): Promise<StoredReading> {
  const started = desk.clock.monotonicMs();
  const { isFit, problems, gone } = await prepareExam(desk, reading, signal);
  if (!isFit) {
    const reason = 'no-series-fit';
    return step(desk, reading, 'fail', reason, { reason }, [
      { code: reason, message: 'no series of this exam is an axial chest CT that LungDesk can read', lostSlice: false },
    ]);
  }
  const spent = Math.round(desk.clock.monotonicMs() - started);
  const times = { preparing_ms: reading.preparingMs + spent, total_ms: reading.totalMs + spent };
  const met = problems.map((problem) => ({ ...problem, lostSlice: false }));
  if (gone !== null) return step(desk, reading, 'ask', gone, { ...times, reason: gone }, met);
  return step(desk, reading, 'plan', null, { ...times, held_for: null, reason: null }, met);
}

async function sendAndMerge(desk: ReadingDesk, before: StoredReading, signal: AbortSignal): Promise<void> {
  let reading = before;
  while (!signal.aborted && (reading.state === 'planned' || reading.state === 'held' || reading.state === 'reading')) {
    await refreshSlices(desk.database, reading.id);
    const waiting = (await listRequests(desk.database, reading.id)).filter((request) => request.state === 'waiting');
    if (waiting.length === 0) {
      if (reading.state === 'held') reading = await step(desk, reading, 'plan', null, { held_for: null, reason: null });
      const spoiltBy = reading.state === 'reading' ? await spoiltOnce(desk, reading) : null;
      if (spoiltBy !== null) {
        reading = await prepareAndPlan(desk, await step(desk, reading, 'prepare', spoiltBy, {}), signal);
        continue;
      }
      if (reading.state === 'reading' && (await askThirdReader(desk, reading, signal))) continue;
      await mergeReading(desk, reading);
      return;
    }
    const choice = await desk.chooseRelay(reading);
    if (choice.kind !== 'target') {
      await waitOrFail(desk, reading, choice);
      return;
    }
    // Tiles that a stop or a crash left as sent: nothing of this reading is on its way now.
    await parkTiles(desk.database, reading.id);
    await refreshSlices(desk.database, reading.id);
    reading = await aim(desk, reading, choice);
    const started = desk.clock.monotonicMs();
    const outcome = await sendRequests(desk, reading.id, choice, signal);
    const spent = Math.round(desk.clock.monotonicMs() - started);
    await updateReading(desk.database, reading.id, { reading_ms: reading.readingMs + spent, total_ms: reading.totalMs + spent });
    reading = await reload(desk.database, reading.id);
    if (outcome.kind === 'stopped') {
      if (reading.state === 'reading') await stopAt(desk, reading, outcome);
      return;
    }
  }
}

/** What bad answers left open is planned anew by itself, once; null where nothing is, or it has been. */
async function spoiltOnce(desk: ReadingDesk, reading: StoredReading): Promise<ErrorCode | null> {
  if ((await partToPlan(desk, reading.id)) === 'spoilt' || !(await leftToPlan(desk, reading, 0, 'spoilt')).isAnything) return null;
  const reasons = (await listTiles(desk.database, reading.id)).map(({ reason }) => reason);
  return replannedCodes.find((code) => reasons.includes(code)) ?? null;
}

async function waitOrFail(desk: ReadingDesk, reading: StoredReading, choice: Exclude<RelayChoice, Way>): Promise<void> {
  if (choice.kind === 'fail') {
    await restReading(desk, reading, 'fail', choice.problem.code, null, [{ ...choice.problem, lostSlice: false }]);
  } else if (reading.state !== 'held' || reading.heldFor !== choice.holdFor || reading.reason !== choice.code) {
    await restReading(desk, reading, 'hold', choice.code, choice.holdFor);
  }
}

/** Everything that has not been sent goes the way that was chosen now, whatever was chosen before. */
async function aim(desk: ReadingDesk, before: StoredReading, { target, model }: Way): Promise<StoredReading> {
  let reading = before;
  if (reading.state === 'held') reading = await step(desk, reading, 'plan', null, { held_for: null, reason: null });
  await aimRequests(desk.database, reading.id, model);
  const way = { relay_name: target.name, model_requested: model, practice: target.practice ? 1 : 0 };
  if (reading.state === 'planned') return step(desk, reading, 'send', null, way);
  await updateReading(desk.database, reading.id, way);
  return reading;
}

async function stopAt(desk: ReadingDesk, reading: StoredReading, { code, hold }: Extract<SendOutcome, { kind: 'stopped' }>): Promise<void> {
  if (hold !== null) await restReading(desk, reading, 'hold', code, hold);
  else await restReading(desk, reading, 'fail', code, null, [{ code, message: 'the relay stopped the reading', lostSlice: false }]);
}

async function failReading(desk: ReadingDesk, readingId: string, thrown: unknown): Promise<void> {
  const problem = problemOf(thrown);
  await restReading(desk, await reload(desk.database, readingId), 'fail', problem.code, null, [{ ...problem, lostSlice: false }]);
}
