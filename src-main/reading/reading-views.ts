import type { CandidateSearch } from '../../src-shared/domain/candidate.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { noTiles } from '../../src-shared/domain/reading.ts';
import type { Coverage, Verification } from '../../src-shared/domain/reading.ts';
import type { QueueRow, ReadingDetail } from '../../src-shared/domain/views.ts';
import { costOfTotals, noCost } from '../ledger/spend.ts';
import { listAttempts, sumByReading, sumReading } from '../store/attempt-table.ts';
import type { AttemptTotals } from '../store/attempt-table.ts';
import { countCandidates, findSearch, listCandidates } from '../store/candidate-table.ts';
import { countFindings, listFindings } from '../store/finding-table.ts';
import type { Database } from '../store/open-database.ts';
import { findLungOutline } from '../store/lung-outline-table.ts';
import { listAllProblems, listProblems } from '../store/problem-table.ts';
import { listReadings, listSteps } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { findStudy, listSeries, listStudies } from '../store/study-table.ts';
import type { StoredStudy } from '../store/study-table.ts';
import { countRequests, listRequests } from '../store/request-table.ts';
import type { StoredRequest } from '../store/request-table.ts';
import { countSlices, listSlices } from '../store/slice-table.ts';
import { countVerified, listTiles } from '../store/tile-table.ts';
import { candidateView, opinionsOf, searchView } from './candidate-views.ts';
import { coverageOf, coverageOfSlices, statusOf, unreadRanges } from './coverage.ts';
import type { PreparingProgress } from './preparing-progress.ts';
import type { PictureTokens } from './picture-tokens.ts';
import type { ReadingProfiles } from './reading-profiles.ts';
import { modelUses } from './reading-document.ts';
import { agreementOf } from './reading-agreement.ts';
import { requestViews } from './request-views.ts';
import { reload } from './reading-desk.ts';

/** What a row is made of besides the reading and its study. */
interface RowParts {
  readonly coverage: Coverage;
  readonly problemCodes: readonly ErrorCode[];
  readonly slices: number;
  readonly verified: Verification | null;
  readonly requests: { readonly finished: number; readonly total: number };
  readonly findingCount: number;
  readonly search: { readonly state: CandidateSearch['state']; readonly candidates: number } | undefined;
  readonly searchProgress: number | null;
  readonly totals: AttemptTotals | undefined;
}

/**
 * Rows of the queue for every stored reading, newest first.
 *
 * @param running - How far the searches are that run now.
 */
export async function queueRows(database: Database, running: Pick<PreparingProgress, 'shareOf'>): Promise<readonly QueueRow[]> {
  const [readings, studies, slices, verified, requests, problems, findings, searches, totals] = await Promise.all([
    listReadings(database),
    listStudies(database),
    countSlices(database),
    countVerified(database),
    countRequests(database),
    listAllProblems(database),
    countFindings(database),
    countCandidates(database),
    sumByReading(database, null),
  ]);
  return readings.flatMap((reading) => {
    const study = studies.get(reading.studyId);
    if (study === undefined) return [];
    const { counts, lost } = slices.get(reading.id) ?? { counts: noTiles(), lost: 0 };
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const own = problems.get(reading.id) ?? [];
    return [
      queueRow(reading, study, {
        coverage: coverageOf(counts, own.filter((one) => one.lostSlice).length, lost),
        problemCodes: own.map((one) => one.code),
        slices: all,
        verified: verified.get(reading.id) ?? null,
        requests: requests.get(reading.id) ?? { finished: 0, total: 0 },
        findingCount: findings.get(reading.id) ?? 0,
        search: searches.get(reading.id),
        searchProgress: running.shareOf(reading.id),
        totals: totals.get(reading.id),
      }),
    ];
  });
}

/** What is known only while LungDesk runs. */
export interface LiveParts {
  readonly tokens: PictureTokens;
  readonly searches: PreparingProgress;
  readonly profiles: ReadingProfiles;
  /** Tells whether what a model said through a relay, by the ledger's name of it, may be drawn. Absent: nobody can tell, so nothing may. */
  readonly trust?: () => Promise<(relayName: string | null, model: string) => boolean>;
}

/**
 * Everything the exam screen shows of a reading.
 *
 * @throws {AppError} reading-not-found.
 */
export async function readingDetail(database: Database, readingId: string, live: LiveParts): Promise<ReadingDetail> {
  const { tokens } = live;
  const reading = await reload(database, readingId);
  const [study, series, slices, tiles, verified, lungs, search, candidates, requests, attempts, problems, findings, transitions, totals] = await Promise.all([
    findStudy(database, reading.studyId),
    listSeries(database, reading.studyId),
    listSlices(database, readingId),
    listTiles(database, readingId),
    countVerified(database, readingId),
    findLungOutline(database, readingId),
    findSearch(database, readingId),
    listCandidates(database, readingId),
    listRequests(database, readingId),
    listAttempts(database, { readingId }),
    listProblems(database, readingId),
    listFindings(database, readingId),
    listSteps(database, readingId),
    sumReading(database, readingId),
  ]);
  const first = slices[0];
  const mayDraw = (await live.trust?.()) ?? (() => false);
  function isTrusted({ id, model }: StoredRequest): boolean {
    // Where it went in the end; one that waits goes where its reading goes.
    const relayName = attempts.findLast((attempt) => attempt.requestId === id)?.relayName ?? reading.relayName;
    return reading.practice || mayDraw(relayName, model);
  }
  const verification = verified.get(readingId) ?? null;
  const spacingBetweenSlicesMm = series.find((one) => one.chosen)?.spacingBetweenSlicesMm ?? null;
  return {
    row: queueRow(reading, study, {
      coverage: coverageOfSlices(slices, problems),
      problemCodes: problems.map((one) => one.code),
      slices: slices.length,
      verified: verification,
      requests: { finished: requests.filter((one) => one.state !== 'waiting').length, total: requests.length },
      findingCount: findings.length,
      search: search === null ? undefined : { state: search.state, candidates: candidates.length },
      searchProgress: live.searches.shareOf(readingId),
      totals,
    }),
    series,
    rows: first?.rows ?? 0,
    columns: first?.columns ?? 0,
    pixelSpacing: first === undefined ? [1, 1] : [Math.hypot(...first.affine.rowStep), Math.hypot(...first.affine.columnStep)],
    spacingBetweenSlicesMm,
    affine: first?.affine ?? null,
    slices: slices.map((slice) => ({
      index: slice.sliceIndex,
      sopInstanceUid: slice.sopInstanceUid,
      instanceNumber: slice.instanceNumber,
      positionMm: slice.positionMm,
      tileState: slice.state,
      reason: slice.reason,
      pixelsPath: `/picture/${tokens.mint('pixels', readingId, slice.sliceIndex)}`,
    })),
    unreadRanges: unreadRanges(slices, spacingBetweenSlicesMm),
    lungs,
    plan: reading.plan,
    search: searchView(search, reading.state),
    candidates: candidates.map((one) => candidateView(one, opinionsOf(one.candidate.rank, tiles, requests, isTrusted), tokens)),
    findings,
    requests: await requestViews(database, { requests, tiles, attempts, profiles: live.profiles, tokens, isTrusted }),
    transitions,
    models: modelUses(attempts),
    problems: problems.map(({ code, message, sopInstanceUid }) => ({
      code,
      message,
      ...(sopInstanceUid === undefined ? {} : { sopInstanceUid }),
    })),
    mode: reading.mode,
    forecast: reading.forecast,
    planNotes: reading.planNotes,
    verification,
    agreement: agreementOf(tiles, requests),
    attribution: study.attribution,
  };
}

function queueRow(reading: StoredReading, study: StoredStudy, parts: RowParts): QueueRow {
  // A search that a crash left running runs no more once its reading has come to rest.
  const searchState = parts.search?.state === 'running' && reading.state !== 'preparing' ? null : (parts.search?.state ?? null);
  return {
    readingId: reading.id,
    revision: study.revision,
    patientName: study.patientName,
    patientId: study.patientId,
    studyDate: study.studyDate,
    studyDescription: study.studyDescription,
    modality: study.modality,
    sliceCount: parts.coverage.planned + parts.coverage.outsideLungs,
    state: reading.state,
    status: statusOf(reading.state, parts.coverage, parts.problemCodes, parts.verified),
    heldFor: reading.heldFor,
    reason: reading.reason,
    priority: reading.priority,
    highPriority: reading.highPriority,
    findingCount: parts.findingCount,
    coverage: parts.coverage,
    plan: reading.plan,
    candidateCount: parts.search?.state === 'done' ? parts.search.candidates : null,
    searchState,
    searchProgress: searchState === 'running' ? parts.searchProgress : null,
    ...stage(reading, parts),
    quietMs: null,
    quietNeededMs: null,
    cost: parts.totals === undefined ? noCost : costOfTotals(parts.totals),
    practice: reading.practice,
    receivedAt: reading.receivedAt,
    updatedAt: reading.updatedAt,
  };
}

/** While slices are prepared they are counted, later requests. */
function stage(reading: StoredReading, parts: RowParts): { readonly stageDone: number; readonly stageTotal: number } {
  if (reading.state === 'preparing' || reading.state === 'settled') return { stageDone: 0, stageTotal: parts.slices };
  return { stageDone: parts.requests.finished, stageTotal: parts.requests.total };
}

/** What the exam screen shows of an exam that is still arriving. */
export function arrivingDetail(row: QueueRow): ReadingDetail {
  return {
    row,
    series: [],
    rows: 0,
    columns: 0,
    pixelSpacing: [1, 1],
    spacingBetweenSlicesMm: null,
    affine: null,
    slices: [],
    unreadRanges: [],
    lungs: null,
    plan: row.plan,
    search: null,
    candidates: [],
    findings: [],
    requests: [],
    transitions: [],
    models: [],
    problems: [],
    mode: 'sweep-and-verify',
    forecast: null,
    planNotes: [],
    verification: null,
    agreement: null,
    attribution: null,
  };
}
