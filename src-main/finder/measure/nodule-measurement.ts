import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { VoxelBox } from '../voxel-box.ts';

/** Density profile of a nodule. */
export type NoduleProfile = 'solid' | 'part-solid' | 'ground-glass';

/** A calliper on the patient. */
export interface MeasuredAxis {
  readonly fromMm: PatientPoint;
  readonly toMm: PatientPoint;
  /** Corrected for the exam's blur: up to some tenths of a millimetre off the distance of the ends that are drawn. */
  readonly lengthMm: number;
}

/** Long and short axis of a section. */
export interface MeasuredAxes {
  readonly long: MeasuredAxis;
  readonly short: MeasuredAxis;
  /** Mean of long and short axis in whole tenths of a millimetre, each axis rounded to tenths first, halves up (Lung-RADS v2022, note 4). */
  readonly meanTenths: number;
}

/** A plane across the slices: along columns and slices, or along rows and slices of the volume. */
export type CrossPlane = 'coronal' | 'sagittal';

/** Outline of a nodule in one slice of the volume. */
export interface SliceOutline {
  readonly slice: number;
  /** column, row, column, row ...; fractional voxel positions, closed. */
  readonly points: Float64Array;
}

/** Why a measurement is to be trusted less. */
export type MeasurementDoubt =
  | 'smaller-than-blur' | 'slices-too-thick' | 'much-cut-from-wall-or-vessels' | 'widens-into-other-tissue' | 'ends-in-gap' | 'at-the-edge-of-the-scan'
  | 'noise-near-contrast' | 'little-lung-around';

/** How sure the boundary of a nodule is. */
export interface BoundaryConfidence {
  readonly level: 'high' | 'moderate' | 'low';
  readonly doubts: readonly MeasurementDoubt[];
}

/** Solid part of a part-solid nodule. */
export interface SolidComponent {
  readonly axes: MeasuredAxes;
  readonly volumeMm3: number;
}

/** What the voxels suggest; none of it is a finding before a reader says so. */
export interface NoduleHints {
  /** Calcium-like density in the nodule, share of its inner voxels above 200 HU; contrast medium looks the same. */
  readonly calcifiedShare: number;
  /** Share of its inner voxels between -120 and -40 HU: fat-like. */
  readonly fatShare: number;
  /** Thin strands that leave the nodule's surface: vessels look the same. */
  readonly strandCount: number;
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

/** Why nothing was measured. */
export type NoRegionReason = 'outside-of-the-volume' | 'slice-missing' | 'nothing-dense-here' | 'no-boundary-found';

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
