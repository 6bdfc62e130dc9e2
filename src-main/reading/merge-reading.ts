import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { listAttempts } from '../store/attempt-table.ts';
import { replaceFindings } from '../store/finding-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { listProblems } from '../store/reading-table.ts';
import { listRequests } from '../store/request-table.ts';
import { listSeries } from '../store/study-table.ts';
import { listTiles } from '../store/tile-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { coverageOfTiles, statusOf } from './coverage.ts';
import { mergeFindings } from './merge-findings.ts';
import { step } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { readingPriority } from './reading-priority.ts';

/** Merges what was answered into findings and says how much of the exam that is. */
export async function mergeReading(desk: ReadingDesk, reading: StoredReading): Promise<void> {
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
    priority: readingPriority(status, findings.map((finding) => finding.priority)),
    held_for: null,
    reason: firstReason(tiles),
  });
}

function firstReason(tiles: readonly StoredTile[]): ErrorCode | null {
  return tiles.find((tile) => tile.reason !== null)?.reason ?? null;
}
