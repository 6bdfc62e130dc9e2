import type { Side } from './finding.ts';
import type { ImageAffine } from './image-affine.ts';

/**
 * How an exam is shown to a relay's model.
 *
 * slices: every slice of the lungs. sweep: maximum projections of 10 mm every 5 mm, one lung a tile, many tiles a sheet.
 * verify: the device's candidates in three planes. sweep-and-verify: both.
 */
export const readingModes = ['sweep-and-verify', 'sweep', 'verify', 'slices'] as const;

/** See readingModes. */
export type ReadingMode = (typeof readingModes)[number];

/** What a request asks about; 'image': exams of single images (radiograph, mammogram). */
export const requestPurposes = ['slices', 'sweep', 'verify', 'image'] as const;

/** See requestPurposes. */
export type RequestPurpose = (typeof requestPurposes)[number];

/** What a tile is for. Nobody who looks at the pictures can tell controls from the rest. */
export const plannedTileRoles = ['slice', 'slab', 'candidate', 'image', 'blank-control', 'nodule-control'] as const;

/** See plannedTileRoles. */
export type PlannedTileRole = (typeof plannedTileRoles)[number];

/** A rectangle of pixels of a tile that shows one plane of the patient. */
export interface PlannedPanel {
  /** On the request's picture, pixels. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly plane: 'axial' | 'coronal' | 'sagittal';
  readonly thicknessMm: number;
  /** From the picture's pixel centres to the patient; true inside of the panel. Null for images without a place in the patient. */
  readonly affine: ImageAffine | null;
}

/** What a model is asked about under one number. */
export interface PlannedTile {
  /** Unique in its request, from 1. */
  readonly number: number;
  readonly role: PlannedTileRole;
  /** One for a slice or slab; axial with marks, axial without, coronal and sagittal for a candidate. */
  readonly panels: readonly PlannedPanel[];
  /** Slices that a valid answer to this tile covers, ascending; empty for candidates and controls. */
  readonly sliceIndices: readonly number[];
  /** Lung that it shows; null for both or none. */
  readonly side: Exclude<Side, 'indeterminate'> | null;
  /** Rank of the device's candidate; null for other roles. */
  readonly candidateRank: number | null;
}

/** One picture of a request: a sheet of tiles, or a single one. */
export interface PlannedPicture {
  readonly columns: number;
  readonly rows: number;
  readonly tiles: readonly PlannedTile[];
}

/** One request of a plan. */
export interface PlannedRequest {
  readonly purpose: RequestPurpose;
  /** Drawn left to right, for a second reading by the same model. */
  readonly mirrored: boolean;
  readonly pictures: readonly PlannedPicture[];
}

/** Tokens and money that a plan may take; money is null where nobody knows the price. */
export interface PlanForecast {
  readonly inputTokens: { readonly low: number; readonly expected: number; readonly high: number };
  readonly imageTokens: number;
  readonly outputTokens: { readonly low: number; readonly expected: number; readonly high: number };
  readonly costMicroUsd: { readonly low: number; readonly expected: number; readonly high: number } | null;
  readonly requests: number;
  readonly pictures: number;
  readonly tiles: number;
}

/** What a person should know of a plan. */
export type PlanNote =
  /** The device found more than is verified; 'most': the number was limited, 'budget': the money was. */
  | { readonly kind: 'candidates-left-out'; readonly ranks: readonly number[]; readonly because: 'most' | 'budget' }
  /** For money, or because the model's pictures hold not even a few tiles: pixels of more than 1 mm in a sweep, than the voxels in slices. */
  | { readonly kind: 'sweep-coarser' | 'slices-coarser'; readonly pixelMm: number }
  /** Slices without voxels: nobody sees them. */
  | { readonly kind: 'slices-undecoded'; readonly sliceIndices: readonly number[] }
  /** Verifying looks at candidates alone, also where a sweep was left out for money. */
  | { readonly kind: 'lungs-not-covered' }
  | { readonly kind: 'nothing-to-verify' }
  /** Maximum projections hide ground glass, and no candidates are verified beside them. */
  | { readonly kind: 'ground-glass-not-covered' }
  | { readonly kind: 'price-unknown' }
  /** Nothing cheaper is left that covers what was asked for. */
  | { readonly kind: 'over-budget' };
