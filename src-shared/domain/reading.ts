import type { Cost } from './attempt.ts';
import type { BoundaryConfidence, CandidateSearch, NoduleCandidate, NoduleProfile } from './candidate.ts';
import type { ErrorCode, Problem } from './errors.ts';
import type { Finding } from './finding.ts';
import type { LungOutline, SliceExtent } from './lungs.ts';
import type { Priority } from './priority.ts';
import type { PlanForecast, ReadingMode } from './request-plan.ts';

/** States of a reading, in the order of its way; see docs/architecture.md. */
export const readingStates = [
  'arriving', 'settled', 'preparing', 'planned', 'held', 'reading', 'merged', 'failed', 'cancelled', 'needs-attention',
] as const;

/** Where a reading is on its way. */
export type ReadingState = (typeof readingStates)[number];

/** Why a reading waits although it could go on; each can be acted on by a person or passes by itself. */
export type HoldReason = 'consent' | 'budget' | 'keychain' | 'offline' | 'relay' | 'disk';

/** Outcome of a reading as the outside sees it; only full coverage is 'complete'. */
export type ReadingStatus = 'complete' | 'incomplete' | 'failed' | 'held';

/** Who reads: a relay's models beside the device, or the device alone, with no network, key or cost. */
export const readingPlans = ['relay', 'device-only'] as const;

/** See readingPlans. */
export type ReadingPlan = (typeof readingPlans)[number];

/**
 * States of a tile on its way to a model and back; one outside of the lungs never sets out.
 *
 * 'searched': searched by the device; the reading asked no relay.
 */
export const tileStates = ['planned', 'sent', 'answered', 'valid', 'refused', 'failed', 'outside-lungs', 'searched'] as const;

/** What became of a tile. */
export type TileState = (typeof tileStates)[number];

/** Number of tiles in each state. */
export type TileCounts = Readonly<Record<TileState, number>>;

/** Counts of no tiles, to add to. */
export function noTiles(): Record<TileState, number> {
  return { planned: 0, sent: 0, answered: 0, valid: 0, refused: 0, failed: 0, 'outside-lungs': 0, searched: 0 };
}

/**
 * Tiles by what became of them.
 *
 * planned counts all slices that should be read, also those that could not be prepared; sent, answered and valid each
 * count tiles that got at least that far; refused and failed are gaps. Slices outside of the lungs are in none of these.
 */
export interface Coverage {
  readonly planned: number;
  readonly sent: number;
  readonly answered: number;
  readonly valid: number;
  readonly refused: number;
  readonly failed: number;
  /** Slices that hold no lung: they are neither planned nor sent nor unread. */
  readonly outsideLungs: number;
  /** Slices the device searched and no relay was asked about: they are read, though by no model. */
  readonly searched: number;
}

/** Candidates of the device that a relay's model is asked about, and those of them that it answered. */
export interface Verification {
  readonly planned: number;
  readonly valid: number;
}

/**
 * A stretch of the exam nobody has read: slice indices (inclusive) and positions along the slice normal, mm.
 *
 * Where slices are missing it goes from the slice below them to the one above.
 */
export type UnreadRange = SliceExtent;

/** Requested and served model with the attempts it took. */
export interface ModelUse {
  readonly requested: string;
  readonly served: string | null;
  readonly attempts: number;
}

/** A place the device found, as the document carries it: no model and no reader has judged it. */
export interface DocumentCandidate extends Pick<
  NoduleCandidate,
  'rank' | 'centreMm' | 'sliceIndex' | 'sopInstanceUid' | 'lobe' | 'side' | 'path' | 'attachment' | 'score' | 'distanceToPleuraMm'
> {
  /** Mean of long and short axis in whole tenths of a millimetre; this and what follows is null where nothing could be measured. */
  readonly diameterTenths: number | null;
  readonly volumeMm3: number | null;
  readonly profile: NoduleProfile | null;
  readonly confidence: BoundaryConfidence | null;
}

/** The published document of a reading; fields are added, never renamed. */
export interface ReadingDocument {
  readonly schema: 'lungdesk.reading/1';
  readonly status: ReadingStatus;
  readonly priority: Priority;
  readonly series: { readonly slices: number; readonly transferSyntaxUid: string; readonly modality: string } | null;
  readonly coverage: Coverage & { readonly unreadRanges: readonly UnreadRange[] };
  /** Null before the exam was prepared, and for readings of versions that did not outline the lungs. */
  readonly lungs: LungOutline | null;
  readonly plan: ReadingPlan;
  /** How the exam is shown to a relay's model. */
  readonly mode: ReadingMode;
  /** Of what was last planned to be sent; null before. */
  readonly forecast: PlanForecast | null;
  /** Null where no model was asked about candidates. */
  readonly verification: Verification | null;
  /** The device's own search; null where it has not begun, and for readings of versions that did not search. */
  readonly search: CandidateSearch | null;
  /** What the device found, best first. */
  readonly candidates: readonly DocumentCandidate[];
  readonly findings: readonly Pick<Finding, 'id' | 'lobe' | 'side' | 'located' | 'centreMm' | 'diameterMm' | 'sopInstanceUids' | 'sources'>[];
  readonly models: readonly ModelUse[];
  readonly cost: Cost;
  readonly problems: readonly Problem[];
  readonly timing: { readonly totalMs: number; readonly preparingMs: number; readonly readingMs: number };
  /** True when the answers come from the built-in practice relay and mean nothing for a patient. */
  readonly practice: boolean;
  readonly notice: string;
  /** LungDesk's own id of the reading, and the study it is of; they tell the documents of one folder apart. */
  readonly readingId: string | null;
  readonly studyInstanceUid: string | null;
  /** Files of the folder that are not DICOM and were left alone. */
  readonly ignoredFiles: number;
  /** Attempts that may be owed for at a price nobody knows; they are not in the cost. */
  readonly unpricedAttempts: number;
  readonly heldFor?: HoldReason;
  readonly reason?: ErrorCode;
}
