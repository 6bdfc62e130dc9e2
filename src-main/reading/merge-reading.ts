import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Finding } from '../../src-shared/domain/finding.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import { listCandidates } from '../store/candidate-table.ts';
import { listAttempts } from '../store/attempt-table.ts';
import { replaceFindings } from '../store/finding-table.ts';
import type { StoredProblem, StoredReading } from '../store/reading-table.ts';
import { listProblems } from '../store/reading-table.ts';
import { listRequests } from '../store/request-table.ts';
import { listSeries } from '../store/study-table.ts';
import { listTiles } from '../store/tile-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { coverageOfTiles, statusOf } from './coverage.ts';
import type { ExamOptions } from './exam-volume.ts';
import { findPlaces } from './find-places.ts';
import { joinCandidates } from './join-candidates.ts';
import { measureFindings } from './measure-findings.ts';
import { mergeFindings } from './merge-findings.ts';
import { step } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { readingPriority } from './reading-priority.ts';
import type { ReadingEvent } from './reading-state.ts';

/**
 * Merges what was answered into findings and says how much of the exam that is.
 *
 * @param signal - Calls it off while findings are measured; the reading then stays where it is.
 */
export async function mergeReading(desk: ReadingDesk, reading: StoredReading, signal?: AbortSignal): Promise<void> {
  const { findings, tiles, problems } = await joinAnswers(desk, reading, { mayBuild: true, ...(signal === undefined ? {} : { signal }) });
  const coverage = coverageOfTiles(tiles, problems);
  const status = statusOf('merged', coverage, problems.map((problem) => problem.code));
  await step(desk, reading, 'merge', status, { priority: readingPriority(status, prioritiesOf(findings), coverage.searched), held_for: null, reason: firstReason(tiles) });
}

/**
 * Ends a reading, for now or for good, before all of it was read: what was pointed at in the slices that were read is
 * put together and shown; it must not vanish behind the rest.
 */
export async function restReading(
  desk: ReadingDesk,
  reading: StoredReading,
  event: Extract<ReadingEvent, 'hold' | 'fail' | 'cancel'>,
  reason: ErrorCode,
  heldFor: HoldReason | null,
  problems: readonly StoredProblem[] = [],
): Promise<StoredReading> {
  // Nobody waits for an exam's volume where a reading only stops for now.
  const { findings } = await joinAnswers(desk, reading, { mayBuild: false });
  const priority = readingPriority(null, prioritiesOf(findings));
  return step(desk, reading, event, reason, { priority, held_for: heldFor, reason }, problems);
}

async function joinAnswers(
  desk: ReadingDesk,
  reading: StoredReading,
  options: ExamOptions,
): Promise<{ readonly findings: readonly Finding[]; readonly tiles: readonly StoredTile[]; readonly problems: readonly StoredProblem[] }> {
  const { database } = desk;
  const [tiles, requests, attempts, problems, series, candidates] = await Promise.all([
    listTiles(database, reading.id),
    listRequests(database, reading.id),
    listAttempts(database, { readingId: reading.id }),
    listProblems(database, reading.id),
    listSeries(database, reading.studyId),
    listCandidates(database, reading.id),
  ]);
  const served = new Map(attempts.filter((one) => one.modelServed !== null).map((one) => [one.requestId, one.modelServed]));
  const requested = new Map(requests.map((request) => [request.id, request.model]));
  const merged = mergeFindings(
    tiles.map((tile) => ({
      ...tile,
      model: served.get(tile.requestId) ?? requested.get(tile.requestId ?? '') ?? '',
      regions: tile.answer?.state === 'valid' ? tile.answer.regions : [],
    })),
    series.find((one) => one.chosen)?.spacingBetweenSlicesMm ?? 0,
    await findPlaces(database, reading.id, tiles),
    () => desk.clock.newId(),
  );
  const joined = joinCandidates(merged, candidates.map(({ candidate }) => candidate));
  const findings = await measureFindings(desk, reading, joined, options);
  await replaceFindings(database, reading.id, findings);
  return { findings, tiles, problems };
}

function prioritiesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => finding.priority);
}

function firstReason(tiles: readonly StoredTile[]): ErrorCode | null {
  return tiles.find((tile) => tile.reason !== null)?.reason ?? null;
}
