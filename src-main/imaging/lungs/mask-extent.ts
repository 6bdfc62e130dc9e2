import { gapFactor } from '../../../src-shared/domain/study.ts';
import type { CtVolume } from '../volume/ct-volume.ts';
import type { GridShape, HounsfieldGrid } from './grid-reduce.ts';
import { lungLabels } from './lung-mask.ts';

/** Slices beyond the last one with a label that are read as well: at least one, and at least this far. */
const marginMm = 4;

/** First and last slice of a volume, inclusive. */
export type Extent = readonly [first: number, last: number];

/**
 * Counts the cells with each label on each slice of a grid.
 *
 * @param labels - One per cell: lungLabels.
 * @param shape - Of the grid.
 * @returns Per label one count per slice.
 */
export function cellsPerSlice(labels: Uint8Array, { columns, rows, slices }: GridShape): readonly Int32Array[] {
  const size = columns * rows;
  const counts = Object.values(lungLabels).map(() => new Int32Array(slices));
  const own = new Int32Array(counts.length);
  for (let slice = 0, index = 0; slice < slices; slice += 1) {
    own.fill(0);
    for (const end = (slice + 1) * size; index < end; index += 1) {
      const label = labels[index] ?? 0;
      own[label] = (own[label] ?? 0) + 1;
    }
    for (const [label, count] of own.entries()) counts[label]?.set([count], slice);
  }
  return counts;
}

/**
 * Slices of the volume that have to be read, with a margin; slices next to it that could not be decoded are part of it, since
 * nobody knows what they hold.
 *
 * @param counts - Cells with a label on each slice of the grid.
 * @param grid - The reduced volume.
 * @param volume - It was reduced from.
 * @returns Null when no slice holds anything.
 */
export function extentOf(counts: Int32Array, grid: HounsfieldGrid, volume: Pick<CtVolume, 'slices' | 'spacingMm'>): Extent | null {
  const low = counts.findIndex((count) => count > 0);
  if (low < 0) return null;
  const high = counts.findLastIndex((count) => count > 0);
  const margin = Math.max(1, Math.ceil(marginMm / Math.max(volume.spacingMm[2], Number.EPSILON)));
  const end = volume.slices.length - 1;
  let first = low * grid.step[2];
  let last = Math.min((high + 1) * grid.step[2] - 1, end);
  while (isLost(volume, first - 1)) first -= 1;
  while (isLost(volume, last + 1)) last += 1;
  return [Math.max(0, first - margin), Math.min(end, last + margin)];
}

/**
 * Whether slices are absent from a stretch of a volume or could not be decoded.
 *
 * @param volume - The series.
 * @param extent - Of the volume.
 */
export function hasMissingSlices({ slices, spacingMm }: Pick<CtVolume, 'slices' | 'spacingMm'>, [first, last]: Extent): boolean {
  const within = slices.slice(first, last + 1);
  return within.some(({ problem, positionMm }, index) => {
    const next = within[index + 1];
    return problem !== null || (next !== undefined && next.positionMm - positionMm > gapFactor * spacingMm[2]);
  });
}

function isLost({ slices }: Pick<CtVolume, 'slices'>, index: number): boolean {
  const slice = slices[index];
  return slice !== undefined && slice.problem !== null;
}
