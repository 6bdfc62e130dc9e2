import type { BoundaryConfidence, MeasuredAxes, NoduleHints, NoduleProfile, NoRegionReason } from '../../../src-shared/domain/candidate.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { VoxelBox } from '../voxel-box.ts';

/** A plane across the slices: along columns and slices, or along rows and slices of the volume. */
export type CrossPlane = 'coronal' | 'sagittal';

/** Outline of a nodule in one slice of the volume. */
export interface SliceOutline {
  readonly slice: number;
  /** column, row, column, row ...; fractional voxel positions, closed. */
  readonly points: Float64Array;
}

/** Solid part of a part-solid nodule. */
export interface SolidComponent {
  readonly axes: MeasuredAxes;
  readonly volumeMm3: number;
}

/** A nodule as measured on the voxels. */
export interface MeasuredNodule {
  readonly kind: 'nodule';
  readonly profile: NoduleProfile;
  /** Middle of its mass, mm, LPS. */
  readonly centreMm: PatientPoint;
  /** Slice with the largest section: the axes lie in it. */
  readonly slice: number;
  readonly axes: MeasuredAxes;
  /** Axes in the other planes that were asked for; null where the nodule has no section there. */
  readonly crossAxes: readonly { readonly plane: CrossPlane; readonly axes: MeasuredAxes | null }[];
  readonly volumeMm3: number;
  /** Diameter of the ball of that volume, mm. */
  readonly ballDiameterMm: number;
  readonly solid: SolidComponent | null;
  /** Mean HU of what lies within the outlines. */
  readonly meanHu: number;
  readonly hints: NoduleHints;
  readonly confidence: BoundaryConfidence;
  readonly outlines: readonly SliceOutline[];
  readonly box: VoxelBox;
  /** One bit per voxel of the box, column fastest, lowest bit first. */
  readonly bits: Uint8Array;
}

/** Result of a measurement: a nodule, or that no region grows here. */
export type NoduleMeasurement = MeasuredNodule | { readonly kind: 'no-region'; readonly reason: NoRegionReason };

/**
 * Mean of two axes in whole tenths of a millimetre: each axis to tenths, then the mean, halves up.
 *
 * @param longMm - Long axis.
 * @param shortMm - Short axis.
 * @see Lung-RADS v2022, note 4
 */
export function meanTenths(longMm: number, shortMm: number): number {
  return (Math.round(longMm * 10) + Math.round(shortMm * 10) + 1) >> 1;
}
