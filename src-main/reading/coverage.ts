import { gapFactor } from '../../src-shared/domain/study.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { noTiles } from '../../src-shared/domain/reading.ts';
import type { Coverage, ReadingState, ReadingStatus, TileCounts, TileState, UnreadRange, Verification } from '../../src-shared/domain/reading.ts';
import { restingStates } from './reading-state.ts';

/**
 * Coverage of a reading.
 *
 * @param counts - Slices in each state.
 * @param lostSlices - Slices of the exam that are in none of the counts (damaged files); they are planned and failed.
 * @param undecoded - Slices that failed before anything could be sent.
 */
export function coverageOf(counts: TileCounts, lostSlices: number, undecoded: number): Coverage {
  const all = counts.planned + counts.sent + counts.answered + counts.valid + counts.refused + counts.failed + counts.searched;
  const sentAndFailed = counts.failed - undecoded;
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

/** Coverage of a reading from its slices and problems. */
export function coverageOfSlices(
  slices: readonly { readonly state: TileState; readonly isLost: boolean }[], problems: readonly { readonly lostSlice: boolean }[],
): Coverage {
  const counts = noTiles();
  for (const { state } of slices) counts[state] += 1;
  return coverageOf(counts, problems.filter((problem) => problem.lostSlice).length, slices.filter(({ state, isLost }) => state === 'failed' && isLost).length);
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
 * exam without gaps, is complete; and where models were asked about candidates, all of them have to be answered. Slices outside of the
 * lungs are not planned; a gap or a damaged file is one wherever it is, because nobody can look into it.
 *
 * @param verified - Candidates that models were asked about and those that were answered; null where none were.
 */
export function statusOf(
  state: ReadingState, coverage: Coverage, problemCodes: readonly ErrorCode[], verified: Verification | null = null,
): ReadingStatus | null {
  if (state === 'held') return 'held';
  if (!restingStates.includes(state)) return null;
  const read = coverage.valid + coverage.searched;
  if (state !== 'merged') return read > 0 ? 'incomplete' : 'failed';
  const whole = coverage.planned > 0 && read === coverage.planned && (verified === null || verified.valid === verified.planned) && !problemCodes.some((code) => gapCodes.includes(code));
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
 * @param slices - From feet to head.
 * @param spacingMm - Usual distance of neighbouring slices, mm; null when there is none.
 * @returns From feet to head. Where slices are missing, the range goes from the slice below them to the one above.
 */
export function unreadRanges(
  slices: readonly { readonly sliceIndex: number; readonly positionMm: number; readonly state: TileState }[],
  spacingMm: number | null,
): readonly UnreadRange[] {
  const ranges: UnreadRange[] = [];
  function add(from: (typeof slices)[number], to: (typeof slices)[number]): void {
    const last = ranges.at(-1);
    const joins = last !== undefined && last.toIndex >= from.sliceIndex - (from === to ? 1 : 0);
    const start = joins ? last : { fromIndex: from.sliceIndex, fromMm: from.positionMm };
    if (joins) ranges.pop();
    ranges.push({ fromIndex: start.fromIndex, toIndex: to.sliceIndex, fromMm: start.fromMm, toMm: to.positionMm });
  }
  for (const [at, slice] of slices.entries()) {
    const below = slices[at - 1];
    if (below !== undefined && spacingMm !== null && slice.positionMm - below.positionMm > gapFactor * spacingMm) add(below, slice);
    if (!readStates.includes(slice.state)) add(slice, slice);
  }
  return ranges;
}
