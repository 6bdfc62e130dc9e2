import type { AttemptRecord } from '../../src-shared/domain/attempt.ts';
import type { CandidateSearch } from '../../src-shared/domain/candidate.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { noTiles } from '../../src-shared/domain/reading.ts';
import type { Coverage } from '../../src-shared/domain/reading.ts';
import type { AttemptView, QueueRow, ReadingDetail, RequestView } from '../../src-shared/domain/views.ts';
import { costOfTotals, noCost } from '../ledger/spend.ts';
import { listAttempts, sumByReading, sumReading } from '../store/attempt-table.ts';
import type { AttemptTotals } from '../store/attempt-table.ts';
import { countCandidates, findSearch, listCandidates } from '../store/candidate-table.ts';
import { countFindings, listFindings } from '../store/finding-table.ts';
import type { Database } from '../store/open-database.ts';
import { findLungOutline } from '../store/lung-outline-table.ts';
import { listAllProblems, listProblems, listReadings, listSteps } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { findStudy, listSeries, listStudies } from '../store/study-table.ts';
import type { StoredStudy } from '../store/study-table.ts';
import { countRequests, listRequests } from '../store/request-table.ts';
import type { StoredRequest } from '../store/request-table.ts';
import { countTiles, listTiles } from '../store/tile-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { candidateView, searchView } from './candidate-views.ts';
import { coverageOf, coverageOfTiles, statusOf, unreadRanges } from './coverage.ts';
import type { PreparingProgress } from './preparing-progress.ts';
import type { PictureTokens } from './picture-tokens.ts';
import { modelUses, sentRequests } from './reading-document.ts';
import { reload } from './reading-desk.ts';
import { promptText } from '../relay/prompt.ts';

/** What a row is made of besides the reading and its study. */
interface RowParts {
  readonly coverage: Coverage;
  readonly problemCodes: readonly ErrorCode[];
  readonly tiles: number;
  readonly prepared: number;
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
  const [readings, studies, tiles, requests, problems, findings, searches, totals] = await Promise.all([
    listReadings(database),
    listStudies(database),
    countTiles(database),
    countRequests(database),
    listAllProblems(database),
    countFindings(database),
    countCandidates(database),
    sumByReading(database, null),
  ]);
  return readings.flatMap((reading) => {
    const study = studies.get(reading.studyId);
    if (study === undefined) return [];
    const { counts, prepared, unprepared } = tiles.get(reading.id) ?? { counts: noTiles(), prepared: 0, unprepared: 0 };
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const own = problems.get(reading.id) ?? [];
    return [
      queueRow(reading, study, {
        coverage: coverageOf(counts, own.filter((one) => one.lostSlice).length, unprepared),
        problemCodes: own.map((one) => one.code),
        tiles: all,
        prepared,
        requests: requests.get(reading.id) ?? { finished: 0, total: 0 },
        findingCount: findings.get(reading.id) ?? 0,
        search: searches.get(reading.id),
        searchProgress: running.shareOf(reading.id),
        totals: totals.get(reading.id),
      }),
    ];
  });
}

/**
 * Everything the exam screen shows of a reading.
 *
 * @throws {AppError} reading-not-found.
 */
export async function readingDetail(database: Database, readingId: string, live: { readonly tokens: PictureTokens; readonly searches: PreparingProgress }): Promise<ReadingDetail> {
  const { tokens } = live;
  const reading = await reload(database, readingId);
  const [study, series, tiles, lungs, search, candidates, requests, attempts, problems, findings, transitions, totals] = await Promise.all([
    findStudy(database, reading.studyId),
    listSeries(database, reading.studyId),
    listTiles(database, readingId),
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
  const first = tiles[0];
  const spacingBetweenSlicesMm = series.find((one) => one.chosen)?.spacingBetweenSlicesMm ?? null;
  return {
    row: queueRow(reading, study, {
      coverage: coverageOfTiles(tiles, problems, sentRequests(attempts)),
      problemCodes: problems.map((one) => one.code),
      tiles: tiles.length,
      prepared: tiles.filter((tile) => tile.pngSha256 !== null).length,
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
    slices: tiles.map((tile) => ({
      index: tile.sliceIndex,
      sopInstanceUid: tile.sopInstanceUid,
      instanceNumber: tile.instanceNumber,
      positionMm: tile.positionMm,
      tileState: tile.state,
      reason: tile.reason,
      tilePath: tile.pngSha256 === null ? null : `/picture/${tokens.mint('tile', readingId, tile.sliceIndex)}`,
      pixelsPath: `/picture/${tokens.mint('pixels', readingId, tile.sliceIndex)}`,
    })),
    unreadRanges: unreadRanges(tiles, spacingBetweenSlicesMm),
    lungs,
    plan: reading.plan,
    search: searchView(search, reading.state),
    candidates: candidates.map((one) => candidateView(one, tokens)),
    findings,
    requests: requests.map((request) => requestView(request, tiles, attempts)),
    transitions,
    models: modelUses(attempts),
    problems: problems.map(({ code, message, sopInstanceUid }) => ({
      code,
      message,
      ...(sopInstanceUid === undefined ? {} : { sopInstanceUid }),
    })),
    promptText: promptOf(requests),
    attribution: study.attribution,
  };
}

function promptOf(requests: readonly StoredRequest[]): string | null {
  const [first] = requests;
  return first === undefined ? null : promptText(first.tileCount, first.nonce);
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
    status: statusOf(reading.state, parts.coverage, parts.problemCodes),
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
  if (reading.state === 'preparing' || reading.state === 'settled') return { stageDone: parts.prepared, stageTotal: parts.tiles };
  return { stageDone: parts.requests.finished, stageTotal: parts.requests.total };
}

function requestView(request: StoredRequest, tiles: readonly StoredTile[], attempts: readonly AttemptRecord[]): RequestView {
  const own = attempts.filter((attempt) => attempt.requestId === request.id);
  const live = own.some((attempt) => attempt.state === 'reserved' || attempt.state === 'sent');
  const underWay = tiles.some((tile) => tile.requestId === request.id && tile.state === 'sent');
  return {
    ordinal: request.ordinal,
    fromIndex: request.fromIndex,
    toIndex: request.toIndex,
    tileCount: request.tileCount,
    state: request.state !== 'waiting' ? request.state : live ? 'sending' : underWay && own.length > 0 ? 'retrying' : 'waiting',
    attempts: own.map(attemptView),
  };
}

function attemptView(attempt: AttemptRecord): AttemptView {
  return {
    id: attempt.id,
    relayName: attempt.relayName,
    modelRequested: attempt.modelRequested,
    modelServed: attempt.modelServed,
    state: attempt.state,
    reservedAt: attempt.reservedAt,
    endedAt: attempt.endedAt,
    httpStatus: attempt.httpStatus,
    outcome: attempt.outcome,
    inputTokens: attempt.usage?.inputTokens ?? null,
    outputTokens: attempt.usage?.outputTokens ?? null,
    costMicroUsd: attempt.costMicroUsd,
    maxCostMicroUsd: attempt.maxCostMicroUsd,
    costSource: attempt.costSource,
  };
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
    promptText: null,
    attribution: null,
  };
}
