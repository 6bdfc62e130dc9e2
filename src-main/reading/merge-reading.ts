import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Finding } from '../../src-shared/domain/finding.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import { listCandidates } from '../store/candidate-table.ts';
import { listFindings, replaceFindings } from '../store/finding-table.ts';
import type { StoredProblem } from '../store/problem-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { listProblems } from '../store/problem-table.ts';
import { listRequests } from '../store/request-table.ts';
import { listSlices } from '../store/slice-table.ts';
import type { StoredSlice } from '../store/slice-table.ts';
import { countVerified, listTiles } from '../store/tile-table.ts';
import { coverageOfSlices, statusOf } from './coverage.ts';
import { findPlaces } from './find-places.ts';
import { mergeFindings } from './merge-findings.ts';
import { step } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { readingPriority } from './reading-priority.ts';
import type { ReadingEvent } from './reading-state.ts';

/** Merges what was answered into findings and says how much of the exam that is. */
export async function mergeReading(desk: ReadingDesk, reading: StoredReading): Promise<void> {
  const { findings, slices, problems } = await joinAnswers(desk, reading);
  const verified = (await countVerified(desk.database, reading.id)).get(reading.id) ?? null;
  const coverage = coverageOfSlices(slices, problems);
  const status = statusOf('merged', coverage, problems.map((problem) => problem.code), verified);
  // Where slices were read by the device alone, a model has judged what the device found in them or nobody has.
  const unjudged = verified === null ? coverage.searched : 0;
  await step(desk, reading, 'merge', status, { priority: readingPriority(status, prioritiesOf(findings), unjudged), held_for: null, reason: firstReason(slices) });
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
  const { findings } = await joinAnswers(desk, reading);
  const priority = readingPriority(null, prioritiesOf(findings));
  return step(desk, reading, event, reason, { priority, held_for: heldFor, reason }, problems);
}

async function joinAnswers(
  { database, clock, profiles }: ReadingDesk, reading: StoredReading,
): Promise<{ readonly findings: readonly Finding[]; readonly slices: readonly StoredSlice[]; readonly problems: readonly StoredProblem[] }> {
  const [slices, tiles, requests, problems, candidates] = await Promise.all([
    listSlices(database, reading.id),
    listTiles(database, reading.id),
    listRequests(database, reading.id),
    listProblems(database, reading.id),
    listCandidates(database, reading.id),
  ]);
  const byId = new Map(requests.map((request) => [request.id, request]));
  const answered = tiles.flatMap(({ requestId, planned, answer, modelServed }) =>
    answer === null ? [] : [{ planned, regions: answer.regions, model: modelServed ?? byId.get(requestId)?.model ?? '' }]);
  const findings = mergeFindings({
    tiles: answered,
    candidates: candidates.map(({ candidate }) => candidate),
    slices,
    profile: profiles.find(requests[0]?.profile ?? 'chest-ct'),
    placeOf: await findPlaces(database, reading.id, slices),
    newId: () => clock.newId(),
  });
  await replaceFindings(database, reading.id, findings);
  return { findings: await listFindings(database, reading.id), slices, problems };
}

function prioritiesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => finding.priority);
}

function firstReason(slices: readonly StoredSlice[]): ErrorCode | null {
  return slices.find((slice) => slice.reason !== null)?.reason ?? null;
}
