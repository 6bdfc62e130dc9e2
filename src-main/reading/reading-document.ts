import type { AttemptRecord } from '../../src-shared/domain/attempt.ts';
import type { Finding } from '../../src-shared/domain/finding.ts';
import type { HoldReason, ModelUse, ReadingDocument } from '../../src-shared/domain/reading.ts';
import { costOfTotals } from '../ledger/spend.ts';
import { listAttempts, sumReading } from '../store/attempt-table.ts';
import { findSearch, listCandidates } from '../store/candidate-table.ts';
import { listFindings } from '../store/finding-table.ts';
import { findLungOutline } from '../store/lung-outline-table.ts';
import type { Database } from '../store/open-database.ts';
import { listProblems } from '../store/problem-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { findStudy, listSeries } from '../store/study-table.ts';
import { listSlices } from '../store/slice-table.ts';
import { countVerified } from '../store/tile-table.ts';
import { publishedCandidate, searchView } from './candidate-views.ts';
import { coverageOfSlices, statusOf, unreadRanges } from './coverage.ts';
import { reload } from './reading-desk.ts';

/** What every document says of itself. */
export const researchNotice = 'Research use only. Not a medical device. A qualified reader decides.';

/**
 * The published document of a reading.
 *
 * @throws {AppError} reading-not-found.
 */
export async function readingDocument(database: Database, readingId: string): Promise<ReadingDocument> {
  const reading = await reload(database, readingId);
  const [slices, verified, lungs, search, candidates, problems, findings, attempts, totals, series, study] = await Promise.all([
    listSlices(database, readingId),
    countVerified(database, readingId),
    findLungOutline(database, readingId),
    findSearch(database, readingId),
    listCandidates(database, readingId),
    listProblems(database, readingId),
    listFindings(database, readingId),
    listAttempts(database, { readingId }),
    sumReading(database, readingId),
    listSeries(database, reading.studyId),
    findStudy(database, reading.studyId),
  ]);
  const coverage = coverageOfSlices(slices, problems);
  const verification = verified.get(readingId) ?? null;
  const chosen = series.find((one) => one.chosen);
  const unread = slices.filter((slice) => slice.state === 'failed' || slice.state === 'refused');
  const named = new Set(problems.map((problem) => problem.sopInstanceUid));
  return {
    schema: 'lungdesk.reading/1',
    status: statusOf(reading.state, coverage, problems.map((problem) => problem.code), verification) ?? 'incomplete',
    priority: reading.priority,
    series:
      chosen === undefined
        ? null
        : { slices: coverage.planned + coverage.outsideLungs, transferSyntaxUid: chosen.transferSyntaxUid, modality: chosen.modality },
    coverage: { ...coverage, unreadRanges: unreadRanges(slices, chosen?.spacingBetweenSlicesMm ?? null) },
    lungs,
    plan: reading.plan,
    mode: reading.mode,
    forecast: reading.forecast,
    verification,
    search: searchView(search, reading.state),
    candidates: candidates.map(publishedCandidate),
    findings: findings.map(published),
    models: modelUses(attempts),
    cost: costOfTotals(totals),
    problems: [
      ...problems.map(({ code, message, sopInstanceUid }) => ({
        code,
        message,
        ...(sopInstanceUid === undefined ? {} : { sopInstanceUid }),
      })),
      ...unread
        .filter((slice) => !named.has(slice.sopInstanceUid))
        .map((slice) => ({
          code: slice.reason ?? ('unexpected' as const),
          message: `slice ${slice.sliceIndex + 1} was not read`,
          sopInstanceUid: slice.sopInstanceUid,
        })),
      ...(reading.heldFor === null ? [] : [{ code: reading.reason ?? ('unexpected' as const), message: holdTexts[reading.heldFor] }]),
    ],
    timing: { totalMs: reading.totalMs, preparingMs: reading.preparingMs, readingMs: reading.readingMs },
    readingId: reading.id,
    studyInstanceUid: study.studyInstanceUid,
    ignoredFiles: study.ignoredCount,
    unpricedAttempts: totals.unpricedAttempts,
    practice: reading.practice,
    notice: noticeOf(reading),
    ...(reading.heldFor === null ? {} : { heldFor: reading.heldFor }),
    ...(reading.reason === null ? {} : { reason: reading.reason }),
  };
}

function noticeOf({ practice, plan }: StoredReading): string {
  const said = [
    practice ? 'Answers come from the built-in practice relay and mean nothing for a patient.' : '',
    plan === 'device-only' ? 'The candidates are the device’s own: no model and no reader has judged them.' : '',
  ];
  return [...said, researchNotice].filter((sentence) => sentence !== '').join(' ');
}

/** What a waiting reading waits for, and what a person can do. */
const holdTexts: Readonly<Record<HoldReason, string>> = {
  consent: 'nobody has confirmed yet that pictures may go to this relay: confirm it under Settings',
  budget: 'the month’s budget would be passed: raise it under Settings or wait for the next month',
  keychain: 'the relay’s key cannot be got: unlock the keychain, set the key under Settings, or set LUNGDESK_RELAY_KEY',
  offline: 'the relay cannot be reached: check its address and the network; the reading goes on by itself',
  relay: 'the relay refuses: check the key, the balance and the model',
  disk: 'the disk is full: make room; the reading goes on by itself',
};

/** Requested and served models with the attempts each took. */
export function modelUses(attempts: readonly AttemptRecord[]): readonly ModelUse[] {
  const uses = new Map<string, ModelUse>();
  for (const { modelRequested: requested, modelServed } of attempts) {
    // An attempt without an answer counts with what the same model served elsewhere in this reading.
    const served = modelServed ?? attempts.find((one) => one.modelRequested === requested && one.modelServed !== null)?.modelServed ?? null;
    const key = `${requested}\n${served ?? ''}`;
    uses.set(key, { requested, served, attempts: (uses.get(key)?.attempts ?? 0) + 1 });
  }
  return [...uses.values()];
}

function published({ id, lobe, side, located, centreMm, diameterMm, sopInstanceUids, sources }: Finding): ReadingDocument['findings'][number] {
  return { id, lobe, side, located, centreMm, diameterMm, sopInstanceUids, sources };
}
