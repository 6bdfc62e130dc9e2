import type { VoxelBlock } from '../imaging/pictures/picture.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';

/** How an exam blurs what it shows. */
export interface ExamBlur {
  /** Standard deviation of the point spread within a slice, taken as Gaussian, mm. */
  readonly inPlaneMm: number;
  /** Thickness over which a slice averages, mm. */
  readonly sliceMm: number;
}

/** Taken where an exam shows too few clean edges: between a soft and a sharp lung kernel. */
const usualInPlaneMm = 0.5;
const fewestEdges = 60;
/** Air on one side and tissue on the other: lower contrasts are measured too unsurely. */
const leastContrastHu = 600;
const reach = 6;

/**
 * Estimates how a whole exam blurs, over the thickness that its slices are said to have.
 *
 * @param volume - The exam.
 */
export function examBlur(volume: CtVolume): ExamBlur {
  return estimateBlur(volume, volume.sliceThicknessMm ?? undefined);
}

/**
 * Estimates the point spread of an exam from its own edges between air and tissue.
 *
 * An edge that lies oblique to the slice looks wider than the point spread, none looks narrower but for noise: a low quantile of the
 * widths is taken. Through the plane a slice averages over its thickness.
 *
 * @param volume - Voxels in HU.
 * @param sliceThicknessMm - Slice Thickness (0018,0050); default: the distance of the slices.
 */
export function estimateBlur(volume: VoxelBlock, sliceThicknessMm?: number): ExamBlur {
  const { slices, spacingMm } = volume;
  const widths: number[] = [];
  const step = Math.max(1, Math.floor(slices.length / 16));
  for (let slice = step >> 1; slice < slices.length; slice += step) {
    if (slices[slice]?.problem === null) collectWidths(volume, slice, widths);
  }
  widths.sort((a, b) => a - b);
  const found = widths[Math.floor(widths.length * 0.2)] ?? usualInPlaneMm;
  return {
    inPlaneMm: widths.length < fewestEdges ? usualInPlaneMm : Math.min(Math.max(found, 0.25), 1.2),
    sliceMm: sliceThicknessMm ?? spacingMm[2],
  };
}

function collectWidths(volume: VoxelBlock, slice: number, widths: number[]): void {
  for (let row = reach; row < volume.rows - reach; row += 3) collectInRow(volume, (slice * volume.rows + row) * volume.columns, widths);
}

function collectInRow({ columns, voxels, spacingMm }: VoxelBlock, start: number, widths: number[]): void {
  for (let at = start + reach; at < start + columns - reach; at += 1) {
    const across = (voxels[at + 1] ?? 0) - (voxels[at - 1] ?? 0);
    if (Math.abs(across) < leastContrastHu * 0.4) continue;
    const down = (voxels[at + columns] ?? 0) - (voxels[at - columns] ?? 0);
    // Only edges that nearly stand across the row: no interpolation between rows, which would widen them.
    if (Math.abs(down) > Math.abs(across) * 0.3) continue;
    const isSteepest =
      Math.abs(across) >= Math.abs((voxels[at + 2] ?? 0) - (voxels[at] ?? 0)) && Math.abs(across) > Math.abs((voxels[at] ?? 0) - (voxels[at - 2] ?? 0));
    if (!isSteepest) continue;
    const width = edgeWidth(voxels, at, Math.sign(across));
    const cosine = Math.abs(across) / Math.hypot(across, (down * spacingMm[0]) / spacingMm[1]);
    if (width !== null) widths.push(width * spacingMm[0] * cosine);
  }
}

/** Standard deviation of an edge's spread in pixels: half the distance from 16 % to 84 % of the step. Null where it is no clean step. */
function edgeWidth(voxels: Int16Array, at: number, sign: number): number | null {
  const low = ((voxels[at - sign * reach] ?? 0) + (voxels[at - sign * (reach - 1)] ?? 0) + (voxels[at - sign * (reach - 2)] ?? 0)) / 3;
  const high = ((voxels[at + sign * reach] ?? 0) + (voxels[at + sign * (reach - 1)] ?? 0) + (voxels[at + sign * (reach - 2)] ?? 0)) / 3;
  const contrast = high - low;
  if (contrast < leastContrastHu || low > -700) return null;
  const from = crossing(voxels, at, sign, low + 0.16 * contrast);
  const to = crossing(voxels, at, sign, low + 0.84 * contrast);
  return from === null || to === null || to <= from ? null : (to - from) / 2;
}

/** Where a profile first reaches a level on its way up; null when it does not. */
function crossing(voxels: Int16Array, at: number, sign: number, level: number): number | null {
  for (let step = -reach; step < reach; step += 1) {
    const here = voxels[at + sign * step] ?? 0;
    const next = voxels[at + sign * (step + 1)] ?? 0;
    if (here <= level && next > level) return step + (level - here) / (next - here);
  }
  return null;
}
