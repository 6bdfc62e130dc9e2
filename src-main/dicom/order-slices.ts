import type { Problem } from '../../src-shared/domain/errors.ts';
import { gapFactor } from '../../src-shared/domain/study.ts';
import type { Slice } from '../../src-shared/domain/study.ts';
import type { InstanceFrame } from './instance-frames.ts';
import { positionAlong, sliceNormal } from './slice-normal.ts';

/** Slices nearer than this lie at the same position, mm. */
const samePositionMm = 0.01;
/** Distances may vary by this share (rounded header values) before they count as uneven. */
const unevenShare = 0.1;

/** Slices in reading order and what is wrong with their distances. */
export interface OrderedSlices {
  readonly slices: readonly Slice[];
  readonly spacingBetweenSlicesMm: number | null;
  readonly problems: readonly Problem[];
}

/**
 * Orders the slices of a series from feet to head by their position along the slice normal, whatever their files or numbers say.
 *
 * @param files - Slices of one orientation with geometry, in any order.
 * @returns One slice per position (the lowest instance number), median spacing, and problems: gaps, duplicates, conflicts, uneven spacing.
 */
export function orderSlices(files: readonly InstanceFrame[]): OrderedSlices {
  const first = files[0];
  const normal = first === undefined ? null : sliceNormal(first.header);
  if (normal === null) return { slices: [], spacingBetweenSlicesMm: null, problems: [] };
  const sorted = files
    .flatMap((file) => {
      const positionMm = positionAlong(file.header, normal);
      return positionMm === null ? [] : [toSlice(file, positionMm)];
    })
    .sort(inReadingOrder);
  const problems: Problem[] = [];
  const slices = onePerPosition(sorted, problems);
  const distances = distancesOf(slices);
  const spacing = median(distances);
  if (spacing !== null) problems.push(...spacingProblems(slices, distances, spacing));
  return { slices, spacingBetweenSlicesMm: spacing, problems };
}

function toSlice({ header, frameNumber, path, pixelSha256 }: InstanceFrame, positionMm: number): Slice {
  return { sopInstanceUid: header.sopInstanceUid, frameNumber, path, positionMm, instanceNumber: header.instanceNumber, pixelSha256, header };
}

function inReadingOrder(a: Slice, b: Slice): number {
  return (
    a.positionMm - b.positionMm ||
    (a.instanceNumber ?? Infinity) - (b.instanceNumber ?? Infinity) ||
    compare(a.sopInstanceUid, b.sopInstanceUid) ||
    a.frameNumber - b.frameNumber ||
    compare(a.pixelSha256, b.pixelSha256) ||
    compare(a.path, b.path)
  );
}

/** Infinity - Infinity is no order: two absent numbers fall through to the UID. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function onePerPosition(sorted: readonly Slice[], problems: Problem[]): readonly Slice[] {
  const kept: Slice[] = [];
  for (const slice of sorted) {
    const last = kept.at(-1);
    if (last === undefined || slice.positionMm - last.positionMm > samePositionMm) {
      kept.push(slice);
      continue;
    }
    const problem = problemAtSamePosition(last, slice);
    if (problem !== null) problems.push(problem);
  }
  return kept;
}

/**
 * What it means that a slice is left out for another one at its position; null for a mere copy of the file. The hash is that of all
 * frames of an instance: it says that two slices are the same only for the same frame.
 */
function problemAtSamePosition(kept: Slice, { sopInstanceUid, frameNumber, pixelSha256 }: Slice): Problem | null {
  const isSameFrame = frameNumber === kept.frameNumber;
  const isSameInstance = isSameFrame && sopInstanceUid === kept.sopInstanceUid;
  if (isSameFrame && pixelSha256 === kept.pixelSha256) {
    return isSameInstance ? null : { code: 'slice-duplicate', message: 'an identical slice lies at the same position', sopInstanceUid };
  }
  return isSameInstance
    ? { code: 'same-uid-other-pixels', message: 'an instance is there twice with different pixels', sopInstanceUid }
    : { code: 'slice-conflict', message: 'a slice with other pixels lies at the same position and is read instead', sopInstanceUid };
}

function spacingProblems(slices: readonly Slice[], distances: readonly number[], spacing: number): readonly Problem[] {
  const problems = distances.flatMap((gap, index): readonly Problem[] => {
    if (gap <= spacing * gapFactor) return [];
    const missing = Math.max(1, Math.round(gap / spacing) - 1);
    const lost = missing === 1 ? '1 slice is' : `${missing} slices are`;
    const [below, above] = [slices[index], slices[index + 1]].map((slice) => (slice?.positionMm ?? 0).toFixed(1));
    return [{ code: 'series-gap', message: `a gap of ${gap.toFixed(1)} mm: about ${lost} missing between z ${below} mm and ${above} mm` }];
  });
  const isUneven = distances.some((distance) => distance <= spacing * gapFactor && Math.abs(distance - spacing) > spacing * unevenShare);
  return isUneven ? [...problems, { code: 'spacing-uneven', message: 'the slices do not lie at equal distances' }] : problems;
}

/**
 * Usual distance of neighbouring slices, mm: the median.
 *
 * @param slices - From feet to head.
 * @returns Null with fewer than two.
 */
export function medianDistanceMm(slices: readonly Pick<Slice, 'positionMm'>[]): number | null {
  return median(distancesOf(slices));
}

function distancesOf(slices: readonly Pick<Slice, 'positionMm'>[]): readonly number[] {
  return slices.slice(1).map(({ positionMm }, index) => positionMm - (slices[index]?.positionMm ?? 0));
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor((sorted.length - 1) / 2);
  return sorted[middle] ?? null;
}
