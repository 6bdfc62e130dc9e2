import type { Lobe, Side } from './finding.ts';
import type { PatientPoint } from './units.ts';

/** Density profile of a nodule (Fleischner Society glossary terms). */
export const noduleProfiles = ['solid', 'part-solid', 'ground-glass'] as const;

/** See noduleProfiles. */
export type NoduleProfile = (typeof noduleProfiles)[number];

/** What a nodule lies against. */
export const noduleAttachments = ['isolated', 'juxtapleural', 'juxtavascular'] as const;

/** See noduleAttachments. */
export type NoduleAttachment = (typeof noduleAttachments)[number];

/** Ways on which the device looks for nodules; a candidate keeps the one on which it scored best. */
export const candidatePaths = ['nodule', 'juxtapleural', 'ground-glass', 'mass'] as const;

/** See candidatePaths. */
export type CandidatePath = (typeof candidatePaths)[number];

/** What a candidate's score is made of, in the order in which the terms are shown. */
export const scoreTerms = ['contrast', 'roundness', 'vessel', 'plate', 'size', 'in-lung', 'pleura', 'edge'] as const;

/** See scoreTerms. */
export type ScoreTermName = (typeof scoreTerms)[number];

/** One summand of a score. */
export interface ScoreTerm {
  readonly name: ScoreTermName;
  /** The feature as measured, in its own unit (docs/finder.md). */
  readonly value: number;
  /** What it adds to the score; below 0 it speaks against a nodule. */
  readonly points: number;
}

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

/** Why a measurement is to be trusted less. */
export const measurementDoubts = [
  'smaller-than-blur', 'slices-too-thick', 'much-cut-from-wall-or-vessels', 'widens-into-other-tissue', 'ends-in-gap', 'at-the-edge-of-the-scan',
  'noise-near-contrast', 'little-lung-around',
] as const;

/** See measurementDoubts. */
export type MeasurementDoubt = (typeof measurementDoubts)[number];

/** How sure the boundary of a nodule is. */
export interface BoundaryConfidence {
  readonly level: 'high' | 'moderate' | 'low';
  readonly doubts: readonly MeasurementDoubt[];
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

/** Outline of a nodule in one slice. */
export interface NoduleOutline {
  readonly sliceIndex: number;
  /** column, row, column, row ...; fractional pixel positions of the slice, closed. */
  readonly points: readonly number[];
}

/** A nodule as the device measured it: what screens and documents carry. */
export interface NoduleSize {
  readonly kind: 'nodule';
  readonly profile: NoduleProfile;
  /** Slice with the largest section: the axes lie in it. */
  readonly sliceIndex: number;
  readonly axes: MeasuredAxes;
  readonly volumeMm3: number;
  /** Solid part of a part-solid nodule; null where the profile is another. */
  readonly solid: { readonly axes: MeasuredAxes; readonly volumeMm3: number } | null;
  /** Mean HU of what lies within the outlines. */
  readonly meanHu: number;
  readonly hints: NoduleHints;
  readonly confidence: BoundaryConfidence;
  readonly outlines: readonly NoduleOutline[];
}

/** Why nothing was measured. */
export const noRegionReasons = ['outside-of-the-volume', 'slice-missing', 'nothing-dense-here', 'no-boundary-found'] as const;

/** See noRegionReasons. */
export type NoRegionReason = (typeof noRegionReasons)[number];

/** Result of a measurement: a nodule, or that no region grows here, which is a result too. */
export type NoduleSizing = NoduleSize | { readonly kind: 'no-region'; readonly reason: NoRegionReason };

/** Where a place lies in the lungs; all of it from geometry. */
export interface LungPlace {
  readonly side: Side;
  /** An estimate: fissures are not looked for (docs/lungs.md). */
  readonly lobe: Lobe;
  /** To the nearest place that is neither lung nor airway, mm; 0 outside of the lungs. */
  readonly distanceToPleuraMm: number;
  /** To the nearest estimated fissure, mm; null where none is estimated. */
  readonly distanceToFissureMm: number | null;
}

/** A place that may be a nodule, found by the device; never a finding before a reader says so. */
export interface NoduleCandidate extends LungPlace {
  /** By falling score, from 1. */
  readonly rank: number;
  /** Middle of its mass where it was measured, else of the blob, mm, LPS. */
  readonly centreMm: PatientPoint;
  /** Slice nearest to the centre. */
  readonly sliceIndex: number;
  readonly sopInstanceUid: string;
  /** Slices it touches, both inclusive. */
  readonly fromSliceIndex: number;
  readonly toSliceIndex: number;
  readonly path: CandidatePath;
  readonly attachment: NoduleAttachment;
  /** Diameter of the ball that answers best, mm: a rough size where nothing was measured. */
  readonly blobMm: number;
  /** Sum of the terms' points; ranks candidates within an exam and is no probability. */
  readonly score: number;
  readonly terms: readonly ScoreTerm[];
  readonly size: NoduleSizing;
}

/** What the device's search of an exam came to. */
export interface CandidateSearch {
  readonly state: 'running' | 'done' | 'failed';
  /** Of the lungs' slices, those that were searched: slices that could not be decoded were not. */
  readonly searchedSlices: number;
  /** What spacing costs at this exam; null where slices are thin enough. */
  readonly spacingNote: 'small-nodules-may-be-missed' | 'only-large-nodules' | null;
  /** Places that were found, of which the best are kept. */
  readonly foundCount: number;
  readonly tookMs: number;
}
