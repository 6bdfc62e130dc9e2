import { gapFactor } from '../../src-shared/domain/study.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { noTiles } from '../../src-shared/domain/reading.ts';
import type { Coverage, ReadingState, ReadingStatus, TileCounts, TileState, UnreadRange } from '../../src-shared/domain/reading.ts';
import { restingStates } from './reading-state.ts';

/**
 * Coverage of a reading.
 *
 * @param counts - Tiles in each state.
 * @param lostSlices - Slices of the exam that never became tiles (damaged files); they are planned and failed.
 * @param unprepared - Tiles that failed before anything could be sent.
 */
export function coverageOf(counts: TileCounts, lostSlices: number, unprepared: number): Coverage {
  const all = counts.planned + counts.sent + counts.answered + counts.valid + counts.refused + counts.failed + counts.searched;
  const sentAndFailed = counts.failed - unprepared;
  const answered = counts.answered + counts.valid + counts.refused;
  return {
    planned: all + lostSlices,
    sent: counts.sent + answered + sentAndFailed,
    answered,
    valid: counts.valid,
    refused: counts.refused,
    failed: counts.failed + lostSlices,
    outsideLungs: counts['outside-lungs'],
    searched: counts.searched,
  };
}

/** Coverage of a reading from its tiles and problems. */
export function coverageOfTiles(
  tiles: readonly { readonly state: TileState; readonly pngSha256: string | null; readonly requestId?: string | null }[],
  problems: readonly { readonly lostSlice: boolean }[],
  sentRequests: ReadonlySet<string> = new Set(),
): Coverage {
  const counts = noTiles();
  for (const tile of tiles) counts[tile.state] += 1;
  const unprepared = tiles.filter((tile) => tile.state === 'failed' && tile.pngSha256 === null).length;
  const coverage = coverageOf(counts, problems.filter((problem) => problem.lostSlice).length, unprepared);
  // A picture that left once has been sent, also where it now waits to be sent again.
  const sentAgain = tiles.filter((tile) => tile.state === 'planned' && sentRequests.has(tile.requestId ?? '')).length;
  return { ...coverage, sent: coverage.sent + sentAgain };
}

/** Problems that leave part of the exam unread even when every tile was answered. */
const gapCodes: readonly ErrorCode[] = [
  'series-gap', 'file-truncated', 'file-unreadable', 'dicom-malformed', 'pixel-data-truncated', 'pixel-data-corrupt',
  'transfer-syntax-unsupported', 'rescale-missing', 'geometry-missing', 'image-too-large', 'worker-crashed',
  'slice-conflict', 'same-uid-other-pixels', 'instance-set-aside', 'file-skipped', 'lungs-not-outlined',
];

/**
 * Outcome of a reading for the outside; null while it is on its way.
 *
 * Only a reading in which every planned slice has a valid answer, or was searched by the device where no relay was asked, of an
 * exam without gaps, is complete. Slices outside of the
 * lungs are not planned; a gap or a damaged file is one wherever it is, because nobody can look into it.
 */
export function statusOf(state: ReadingState, coverage: Coverage, problemCodes: readonly ErrorCode[]): ReadingStatus | null {
  if (state === 'held') return 'held';
  if (!restingStates.includes(state)) return null;
  const read = coverage.valid + coverage.searched;
  if (state !== 'merged') return read > 0 ? 'incomplete' : 'failed';
  const whole = coverage.planned > 0 && read === coverage.planned && !problemCodes.some((code) => gapCodes.includes(code));
  if (whole) return 'complete';
  return read > 0 ? 'incomplete' : 'failed';
}

/** States in which a slice needs nobody any more. */
const readStates: readonly TileState[] = ['valid', 'searched', 'outside-lungs'];

/**
 * Stretches of the exam that nobody has read: slices without a valid answer that the device alone did not search either, and slices that are missing.
 *
 * Slices outside of the lungs need no answer; slices that are missing are told wherever they are.
 *
 * @param tiles - From feet to head.
 * @param spacingMm - Usual distance of neighbouring slices, mm; null when there is none.
 * @returns From feet to head. Where slices are missing, the range goes from the slice below them to the one above.
 */
export function unreadRanges(
  tiles: readonly { readonly sliceIndex: number; readonly positionMm: number; readonly state: TileState }[],
  spacingMm: number | null,
): readonly UnreadRange[] {
  const ranges: UnreadRange[] = [];
  function add(from: (typeof tiles)[number], to: (typeof tiles)[number]): void {
    const last = ranges.at(-1);
    const joins = last !== undefined && last.toIndex >= from.sliceIndex - (from === to ? 1 : 0);
    const start = joins ? last : { fromIndex: from.sliceIndex, fromMm: from.positionMm };
    if (joins) ranges.pop();
    ranges.push({ fromIndex: start.fromIndex, toIndex: to.sliceIndex, fromMm: start.fromMm, toMm: to.positionMm });
  }
  for (const [at, tile] of tiles.entries()) {
    const below = tiles[at - 1];
    if (below !== undefined && spacingMm !== null && tile.positionMm - below.positionMm > gapFactor * spacingMm) add(below, tile);
    if (!readStates.includes(tile.state)) add(tile, tile);
  }
  return ranges;
}
