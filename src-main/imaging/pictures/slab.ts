import { gapFactor } from '../../../src-shared/domain/study.ts';
import { checkBox } from './picture.ts';
import type { HounsfieldPicture, PixelBox, VoxelBlock } from './picture.ts';
import { slabPlace } from './slab-place.ts';
import { partialRuns } from './slab-runs.ts';
import type { ProjectionMode } from './slab-runs.ts';
import { planSlab, planSlabs } from './slab-plan.ts';
import type { PlannedSlab, SlabStretch } from './slab-plan.ts';

/** A slab: several slices projected into one picture. Its affine is that of their middle. */
export interface Slab extends HounsfieldPicture {
  readonly mode: ProjectionMode;
  /** Position of the middle along the slice normal, mm. */
  readonly positionMm: number;
  /** Slices that were projected, ascending. */
  readonly sliceIndices: readonly number[];
  /** Slices of the slab that could not be decoded: nobody sees them here. */
  readonly undecodedSlices: readonly number[];
  /** Whether slices are missing from the series inside of the slab. */
  readonly touchesGap: boolean;
}

/** Slabs from feet to head, and what of the extent they do not show. */
export interface SlabStack {
  readonly slabs: readonly Slab[];
  /** Slices of the extent that could not be decoded. */
  readonly undecodedSlices: readonly number[];
  /** Where slices are missing from the series, mm along the normal, between the centres of the neighbours. */
  readonly gaps: readonly { readonly fromMm: number; readonly toMm: number }[];
}

/** What to project. */
export interface SlabStackOptions extends SlabStretch {
  readonly mode: ProjectionMode;
  /** In-plane part to project; default: all. */
  readonly crop?: PixelBox;
}

/**
 * Projects one slab of a volume along the line that a pixel takes from slice to slice: the slice normal or, where the gantry was
 * tilted, the table. No voxel is resampled.
 *
 * @param volume - Voxels in HU.
 * @param options - centreMm: along the slice normal; thicknessMm; mode; crop: in-plane part.
 * @returns The brightest, mean (weighted by what each slice stands for) or darkest voxel of each line, HU.
 * @throws {RangeError} As planSlab, or for a crop outside of the slices.
 */
export function projectSlab(
  volume: VoxelBlock,
  options: { readonly centreMm: number; readonly thicknessMm: number; readonly mode: ProjectionMode; readonly crop?: PixelBox },
): Slab {
  const planned = planSlab(volume, options.centreMm, options.thicknessMm);
  const [slab] = projectPlanned(volume, [planned], options);
  if (slab === undefined) throw new RangeError('no decoded slice lies in the slab');
  return slab;
}

/**
 * Projects a stack of slabs; slabs that overlap share what they have in common, so that every voxel is looked at once.
 *
 * @param volume - Voxels in HU.
 * @param options - Thickness, step, mode, extent in slices and in-plane crop (tile-region.ts gives those of the lungs).
 * @returns Slabs that together hold every decoded slice of the extent.
 * @throws {RangeError} As planSlabs, or for a crop outside of the slices.
 */
export function slabStack(volume: VoxelBlock, options: SlabStackOptions): SlabStack {
  return { slabs: projectPlanned(volume, planSlabs(volume, options), options), ...unseenOf(volume, options.extent) };
}

/**
 * What of an extent no slab can show.
 *
 * @param volume - Its slices and spacing.
 * @param extent - First and last slice, inclusive; default: all.
 */
export function unseenOf(
  { slices, spacingMm }: Pick<VoxelBlock, 'slices' | 'spacingMm'>, [first, last]: readonly [number, number] = [0, slices.length - 1],
): Omit<SlabStack, 'slabs'> {
  const covered = slices.slice(first, last + 1);
  return {
    undecodedSlices: covered.flatMap(({ problem }, index) => (problem === null ? [] : [first + index])),
    gaps: covered.slice(1).flatMap(({ positionMm: toMm }, index) => {
      const fromMm = covered[index]?.positionMm ?? toMm;
      return toMm - fromMm > spacingMm[2] * gapFactor ? [{ fromMm, toMm }] : [];
    }),
  };
}

/**
 * Projects slabs that were planned before: for threads that share a volume and take a part of its slabs each.
 *
 * @param volume - Voxels in HU.
 * @param planned - Ascending.
 * @param options - mode and in-plane crop.
 * @throws {RangeError} For a crop outside of the slices.
 */
export function projectPlanned(
  volume: VoxelBlock, planned: readonly PlannedSlab[], { mode, crop }: { readonly mode: ProjectionMode; readonly crop?: PixelBox },
): readonly Slab[] {
  const box = crop ?? { left: 0, top: 0, columns: volume.columns, rows: volume.rows };
  checkBox(box, volume);
  const project = partialRuns(volume, planned.map((slab) => slab.sliceIndices), mode, box);
  return planned.map((slab) => {
    const { sliceIndices, undecodedSlices, touchesGap } = slab;
    const pixels = project(sliceIndices);
    return { pixels, columns: box.columns, rows: box.rows, ...slabPlace(volume, sliceIndices, box), mode, sliceIndices, undecodedSlices, touchesGap };
  });
}
