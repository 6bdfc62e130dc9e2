import type { VoxelBlock } from '../../imaging/pictures/picture.ts';

/** What stands for aerated lung where a box holds too little of it, HU. */
const usualLungHu = -850;

/** Lung around a nodule. */
export interface LungLevel {
  readonly hounsfield: number;
  /** Share of the surroundings that is aerated lung. */
  readonly share: number;
}

/** What is thinner by more than this than water is empty air, HU. */
const thinnestHu = 1020;
/** Half the side of the surroundings, mm: so far that the largest ground glass does not pass for the lung. */
const surroundingsMm = 30;

/**
 * Density of the aerated lung around a point.
 *
 * @param volume - Voxels in HU.
 * @param at - Whole voxel position.
 * @returns The median of what is thinner than -600 HU and not empty air, on every second pixel.
 */
export function lungLevel({ columns, rows, slices, voxels, spacingMm }: VoxelBlock, [column, row, slice]: readonly [number, number, number]): LungLevel {
  const across = Math.round(surroundingsMm / spacingMm[0]);
  const down = Math.round(surroundingsMm / spacingMm[1]);
  const up = Math.max(1, Math.round(surroundingsMm / spacingMm[2]));
  const sliceStep = Math.max(1, Math.round(1.5 / spacingMm[2]));
  const counts = new Int32Array(420);
  // Every second pixel, counted from the point.
  const left = firstFrom(column, across & ~1, 2);
  const right = Math.min(columns - 1, column + across);
  let total = 0;
  let seen = 0;
  for (let z = firstFrom(slice, Math.floor(up / sliceStep) * sliceStep, sliceStep); z <= Math.min(slices.length - 1, slice + up); z += sliceStep) {
    for (let y = firstFrom(row, down & ~1, 2); y <= Math.min(rows - 1, row + down); y += 2) {
      const line = (z * rows + y) * columns;
      total += countAerated(counts, voxels, line + left, line + right);
      seen += Math.max(0, Math.floor((right - left) / 2) + 1);
    }
  }
  const share = seen === 0 ? 0 : total / seen;
  return { hounsfield: share < 0.03 ? usualLungHu : middleOf(counts, total) - thinnestHu, share };
}

/** The first place of a series around a middle that is not below 0. */
function firstFrom(middle: number, before: number, step: number): number {
  const first = middle - before;
  return first >= 0 ? first : first + Math.ceil(-first / step) * step;
}

/** Counts every second voxel of a line by its density; tells how many are aerated. */
function countAerated(counts: Int32Array, voxels: Int16Array, from: number, to: number): number {
  let total = 0;
  for (let at = from; at <= to; at += 2) {
    const value = (voxels[at] ?? 0) + thinnestHu;
    if (value < 0 || value >= counts.length) continue;
    counts[value] = (counts[value] ?? 0) + 1;
    total += 1;
  }
  return total;
}

function middleOf(counts: Int32Array, total: number): number {
  let passed = 0;
  for (let value = 0; value < counts.length; value += 1) {
    passed += counts[value] ?? 0;
    if (passed * 2 >= total) return value;
  }
  return 0;
}

/**
 * Noise of an exam in the lung around a point.
 *
 * @param volume - Voxels in HU.
 * @param at - Whole voxel position.
 * @returns Standard deviation in HU, from the differences of pixels two apart in one slice.
 */
export function localNoise({ columns, rows, voxels }: VoxelBlock, [column, row, slice]: readonly [number, number, number]): number {
  const counts = new Int32Array(300);
  let total = 0;
  const reach = 24;
  const left = Math.max(0, column - reach);
  const right = Math.min(columns - 1, column + reach) - 2;
  for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y += 1) {
    const line = (slice * rows + y) * columns;
    total += countDifferences(counts, voxels, line + left, line + right);
  }
  if (total < 50) return 30;
  return (middleOf(counts, total) + 0.5) / (0.6745 * Math.SQRT2);
}

/** Counts the differences of lung voxels two apart in a line; tells how many there are. */
function countDifferences(counts: Int32Array, voxels: Int16Array, from: number, to: number): number {
  let total = 0;
  for (let at = from; at <= to; at += 1) {
    const here = voxels[at] ?? 0;
    const there = voxels[at + 2] ?? 0;
    if (here > -650 || there > -650 || here < -1010 || there < -1010) continue;
    const difference = Math.min(Math.abs(here - there), counts.length - 1);
    counts[difference] = (counts[difference] ?? 0) + 1;
    total += 1;
  }
  return total;
}

/**
 * Median of some values.
 *
 * @param values - In any order; left as they are.
 * @returns Null without values.
 */
export function median(values: readonly number[] | Float32Array): number | null {
  if (values.length === 0) return null;
  const sorted = Float32Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? null;
}
