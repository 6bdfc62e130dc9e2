import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { croppedAffine } from './picture.ts';
import type { PixelBox, VoxelBlock } from './picture.ts';
import { sliceExtentMm } from './slab-plan.ts';
import { meanOf } from './slab-runs.ts';

/** Where a slab's picture lies in the patient. */
export interface SlabPlace {
  /** From the cropped picture's pixel centres to the slab's middle. */
  readonly affine: ImageAffine;
  /** Position of the middle along the slice normal, mm. */
  readonly positionMm: number;
  /** What its slices stand for together, mm. */
  readonly thicknessMm: number;
}

/**
 * Tells where the picture of some slices projected together lies; each counts with what it stands for.
 *
 * @param volume - Its slices and spacing.
 * @param sliceIndices - Of the slab; at least one.
 * @param crop - In-plane part that is shown.
 * @throws {RangeError} without a slice.
 */
export function slabPlace(volume: Pick<VoxelBlock, 'slices' | 'spacingMm'>, sliceIndices: readonly number[], crop: Pick<PixelBox, 'left' | 'top'>): SlabPlace {
  const weights = sliceIndices.map((index) => sliceExtentMm(volume, index));
  const slices = sliceIndices.flatMap((index) => volume.slices[index] ?? []);
  return {
    affine: croppedAffine(middleAffine(slices.map((slice) => slice.affine), weights), crop.left, crop.top),
    positionMm: meanOf(slices.map((slice) => slice.positionMm), weights),
    thicknessMm: weights.reduce((sum, weight) => sum + weight, 0),
  };
}

function middleAffine(affines: readonly ImageAffine[], weights: readonly number[]): ImageAffine {
  const along = (axis: 0 | 1 | 2): number => meanOf(affines.map(({ origin }) => origin[axis]), weights);
  const origin: PatientPoint = [along(0), along(1), along(2)];
  const [first] = affines;
  if (first === undefined) throw new RangeError('a slab needs a slice');
  return { ...first, origin };
}
