import type { VoxelBlock } from '../../imaging/pictures/picture.ts';

/** What stands for aerated lung where a box holds too little of it, HU. */
const usualLungHu = -850;

/** Lung around a nodule. */
export interface LungLevel {
  readonly hounsfield: number;
  /** Share of the surroundings that is aerated lung. */
  readonly share: number;
}

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
  const [across, down, up] = [Math.round(surroundingsMm / spacingMm[0]), Math.round(surroundingsMm / spacingMm[1]), Math.max(1, Math.round(surroundingsMm / spacingMm[2]))];
  const sliceStep = Math.max(1, Math.round(1.5 / spacingMm[2]));
  const counts = new Int32Array(420);
  let total = 0;
  let seen = 0;
  for (let z = slice - Math.floor(up / sliceStep) * sliceStep; z <= Math.min(slices.length - 1, slice + up); z += sliceStep) {
    if (z < 0) continue;
    for (let y = row - (down & ~1); y <= Math.min(rows - 1, row + down); y += 2) {
      if (y < 0) continue;
      for (let x = column - (across & ~1); x <= Math.min(columns - 1, column + across); x += 2) {
        if (x < 0) continue;
        seen += 1;
        const value = (voxels[(z * rows + y) * columns + x] ?? 0) + 1020;
        if (value < 0 || value >= counts.length) continue;
        counts[value] = (counts[value] ?? 0) + 1;
        total += 1;
      }
    }
  }
  const share = seen === 0 ? 0 : total / seen;
  return { hounsfield: share < 0.03 ? usualLungHu : middleOf(counts, total) - 1020, share };
}

function middleOf(counts: Int32Array, total: number): number {
  let passed = 0;
  for (const [value, count] of counts.entries()) {
    passed += count;
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
  for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y += 1) {
    for (let x = Math.max(0, column - reach); x + 2 <= Math.min(columns - 1, column + reach); x += 1) {
      const place = (slice * rows + y) * columns + x;
      const here = voxels[place] ?? 0;
      const there = voxels[place + 2] ?? 0;
      if (here > -650 || there > -650 || here < -1010 || there < -1010) continue;
      const difference = Math.min(Math.abs(here - there), counts.length - 1);
      counts[difference] = (counts[difference] ?? 0) + 1;
      total += 1;
    }
  }
  if (total < 50) return 30;
  return (middleOf(counts, total) + 0.5) / (0.6745 * Math.SQRT2);
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
