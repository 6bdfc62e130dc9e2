import { problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { promptText } from '../relay/prompt.ts';
import type { RelayTarget } from '../relay/relay.ts';
import { listAttempts } from '../store/attempt-table.ts';
import { replaceFindings } from '../store/finding-table.ts';
import { translate } from '../store/open-database.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { listProblems } from '../store/reading-table.ts';
import { listSeries } from '../store/study-table.ts';
import { insertRequests, listRequests, listTiles } from '../store/tile-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { coverageOfTiles, statusOf } from './coverage.ts';
import { mergeFindings } from './merge-findings.ts';
import { planRequests } from './plan-requests.ts';
import { prepareSlices } from './prepare-slices.ts';
import { reload, step } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { readingPriority } from './reading-priority.ts';
import { sendRequests } from './send-requests.ts';
import type { RunSignals } from './send-requests.ts';

/** A reading found running at this many starts in a row ends LungDesk, it seems; it waits for a person. */
const crashesBeforeParking = 5;

/**
 * Takes a reading as far as it can go: prepared, planned, sent, merged; or held, failed, parked.
 *
 * It may be called again at any time after an interruption and goes on where the stored state says it was.
 */
export async function runReading(desk: ReadingDesk, readingId: string, signals: RunSignals): Promise<void> {
  let reading = await reload(desk.database, readingId);
  try {
    if (reading.crashCount >= crashesBeforeParking && (reading.state === 'settled' || reading.state === 'preparing')) {
      await step(desk, reading, 'ask', 'unexpected', { reason: 'unexpected', crash_count: 0 });
      return;
    }
    if (reading.state === 'settled') reading = await step(desk, reading, 'prepare', null);
    if (reading.state === 'preparing') reading = await prepareAndPlan(desk, reading, signals);
    if (reading.state === 'planned' || reading.state === 'reading' || reading.state === 'held') {
      await sendAndMerge(desk, reading, signals);
    }
  } catch (thrown) {
    if (signals.abort.aborted || signals.drain.aborted) return;
    await failReading(desk, readingId, thrown);
  }
}

async function prepareAndPlan(desk: ReadingDesk, reading: StoredReading, signals: RunSignals): Promise<StoredReading> {
  const started = desk.clock.monotonicMs();
  const problems = await prepareSlices(desk, reading.id, reading.studyId, AbortSignal.any([signals.drain, signals.abort]));
  if (problems === null) {
    const reason = 'no-series-fit';
    return step(desk, reading, 'fail', reason, { reason }, [
      { code: reason, message: 'no series of this exam is an axial chest CT that LungDesk can read', lostSlice: false },
    ]);
  }
  const spent = Math.round(desk.clock.monotonicMs() - started);
  return step(
    desk,
    reading,
    'plan',
    null,
    { preparing_ms: reading.preparingMs + spent, total_ms: reading.totalMs + spent, held_for: null, reason: null },
    problems.map((problem) => ({ ...problem, lostSlice: false })),
  );
}

async function sendAndMerge(desk: ReadingDesk, before: StoredReading, signals: RunSignals): Promise<void> {
  let reading = before;
  const choice = await desk.chooseRelay(reading);
  if (choice.kind === 'fail') {
    await step(desk, reading, 'fail', choice.problem.code, { reason: choice.problem.code }, [{ ...choice.problem, lostSlice: false }]);
    return;
  }
  if (choice.kind === 'hold') {
    if (reading.state !== 'held' || reading.heldFor !== choice.holdFor) {
      await step(desk, reading, 'hold', choice.code, { held_for: choice.holdFor, reason: choice.code });
    }
    return;
  }
  if (reading.state === 'held') reading = await step(desk, reading, 'plan', null, { held_for: null, reason: null });
  if (reading.state === 'planned') {
    await addRequests(desk, reading, choice.model);
    reading = await step(desk, reading, 'send', null, {
      relay_name: choice.target.name,
      model_requested: choice.model,
      practice: choice.target.practice ? 1 : 0,
    });
  }
  await readAndMerge(desk, reading, choice.target, signals);
}

/** Plans requests for every picture that nobody has read and that no waiting request holds. */
async function addRequests(desk: ReadingDesk, reading: StoredReading, model: string): Promise<void> {
  const requests = await listRequests(desk.database, reading.id);
  const waiting = new Set(requests.filter((request) => request.state === 'waiting').map((request) => request.id));
  const open = (await listTiles(desk.database, reading.id)).filter(
    (tile) => tile.pngSha256 !== null && tile.state !== 'valid' && !(tile.requestId !== null && waiting.has(tile.requestId)),
  );
  const { imagesPerRequest } = await desk.settings();
  const planned = planRequests(open.map((tile) => tile.sliceIndex), imagesPerRequest);
  await insertRequests(
    desk.database,
    planned.map(({ sliceIndices }, index) => ({
      id: desk.clock.newId(),
      readingId: reading.id,
      ordinal: requests.length + index,
      nonce: desk.clock.newId().replaceAll('-', '').slice(0, 12),
      model,
      tileCount: sliceIndices.length,
      fromIndex: sliceIndices[0] ?? 0,
      toIndex: sliceIndices.at(-1) ?? 0,
      state: 'waiting',
      sliceIndices,
    })),
  );
}

async function readAndMerge(desk: ReadingDesk, before: StoredReading, target: RelayTarget, signals: RunSignals): Promise<void> {
  const started = desk.clock.monotonicMs();
  const outcome = await sendRequests(desk, before.id, target, signals);
  const spent = Math.round(desk.clock.monotonicMs() - started);
  const times = { reading_ms: before.readingMs + spent, total_ms: before.totalMs + spent };
  const reading = await reload(desk.database, before.id);
  if (reading.state !== 'reading') return;
  if (outcome.kind === 'stopped') {
    const { code, hold } = outcome;
    if (hold === null) await step(desk, reading, 'fail', code, { ...times, reason: code }, [stopProblem(code)]);
    else await step(desk, reading, 'hold', code, { ...times, held_for: hold, reason: code });
    return;
  }
  if (outcome.kind === 'finished') await mergeReading(desk, reading, times);
}

/** Merges what was answered into findings and says how much of the exam that is. */
async function mergeReading(desk: ReadingDesk, reading: StoredReading, times: object): Promise<void> {
  const { database } = desk;
  const [tiles, requests, attempts, problems, series] = await Promise.all([
    listTiles(database, reading.id),
    listRequests(database, reading.id),
    listAttempts(database, { readingId: reading.id }),
    listProblems(database, reading.id),
    listSeries(database, reading.studyId),
  ]);
  const served = new Map(attempts.filter((one) => one.modelServed !== null).map((one) => [one.requestId, one.modelServed]));
  const requested = new Map(requests.map((request) => [request.id, request.model]));
  const midlines = tiles.flatMap((tile) => (tile.bodyMidlineMm === null ? [] : [tile.bodyMidlineMm])).sort((a, b) => a - b);
  const findings = mergeFindings(
    tiles.map((tile) => ({
      ...tile,
      model: served.get(tile.requestId) ?? requested.get(tile.requestId ?? '') ?? '',
      regions: tile.answer?.state === 'valid' ? tile.answer.regions : [],
    })),
    series.find((one) => one.chosen)?.spacingBetweenSlicesMm ?? 0,
    midlines[Math.floor(midlines.length / 2)] ?? null,
    () => desk.clock.newId(),
  );
  await replaceFindings(database, reading.id, findings);
  const coverage = coverageOfTiles(tiles, problems);
  const status = statusOf('merged', coverage, problems.map((problem) => problem.code));
  await step(desk, reading, 'merge', status, {
    ...times,
    priority: readingPriority(status, findings.map((finding) => finding.priority)),
    prompt_text: promptText(requests[0]?.tileCount ?? 0, requests[0]?.nonce ?? ''),
    crash_count: 0,
    held_for: null,
    reason: firstReason(tiles),
  });
}

function firstReason(tiles: readonly StoredTile[]): ErrorCode | null {
  return tiles.find((tile) => tile.reason !== null)?.reason ?? null;
}

function stopProblem(code: ErrorCode): { readonly code: ErrorCode; readonly message: string; readonly lostSlice: false } {
  return { code, message: 'the relay stopped the reading', lostSlice: false };
}

async function failReading(desk: ReadingDesk, readingId: string, thrown: unknown): Promise<void> {
  const problem = problemOf(translate(thrown));
  const reading = await reload(desk.database, readingId);
  await step(desk, reading, 'fail', problem.code, { reason: problem.code, crash_count: 0 }, [{ ...problem, lostSlice: false }]);
}
