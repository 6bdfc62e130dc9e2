import type { LungMaskNote, NoLungsReason } from './lung-mask.ts';

/** Less than this is no chest: bowel, sinuses or a sliver of the bases; more than this holds the room's air. */
const leastMm3 = 250_000;
const mostMm3 = 13_000_000;
/** A side with less than this, or than this share of the other one, is missing. */
const leastSideMm3 = 60_000;
const leastSideShare = 0.1;
/** A lung that stands alone has at least this volume and height. */
const leastLoneMm3 = 500_000;
const leastLoneMm = 80;
/** Mean HU of the air of lungs: from emphysema to expiration. */
const meanHu = [-960, -480] as const;
/** Share of the body's section that lungs take up where they are largest. */
const widestShare = [0.08, 0.85] as const;
/** Lung on the first or last slice from which on it counts as cut off, mm2. */
const cutMm2 = 400;
/** Share of slices on which the lungs were one, from which on the border between them is doubtful. */
const mostCutShare = 0.3;

/** What an outline is judged by. */
export interface OutlineFigures {
  readonly rightMm3: number;
  readonly leftMm3: number;
  /** From the lowest to the highest slice with lung. */
  readonly heightMm: number;
  /** Mean HU of the lungs' air. */
  readonly meanHu: number;
  /** Largest share of the body's convex section that is lung. */
  readonly widestShare: number;
  /** Lung on the lowest and highest slice of the volume, mm2. */
  readonly bottomMm2: number;
  readonly topMm2: number;
  readonly hasAirway: boolean;
  /** Whether a spine was found. */
  readonly hasSpine: boolean;
  /** Whether lung ends where the field of view does. */
  readonly isCutAtSides: boolean;
  /** Share of the slices with lung on which both lungs were one region. */
  readonly cutShare: number;
  /** Slices that are absent or could not be decoded. */
  readonly hasMissingSlices: boolean;
}

/**
 * Judges whether an outline can be that of lungs; in doubt it is not, and everything is read.
 *
 * @param figures - Of the outline.
 * @returns Null when it can.
 */
export function whyNoLungs(figures: OutlineFigures): NoLungsReason | null {
  const { rightMm3, leftMm3, heightMm, meanHu: mean, widestShare: share, topMm2, hasAirway, hasSpine, isCutAtSides } = figures;
  const total = rightMm3 + leftMm3;
  if (total === 0) return 'no-air-in-body';
  if (total < leastMm3 || total > mostMm3) return 'volume-implausible';
  if (mean < meanHu[0] || mean > meanHu[1] || share < widestShare[0] || share > widestShare[1]) return 'volume-implausible';
  // Where the field of view is off the middle and nothing tells where that is, the sides cannot be told.
  if (isCutAtSides && !hasAirway && !hasSpine) return 'volume-implausible';
  // Lungs end in a trachea or go on beyond the scan; large bowel does neither.
  const isLone = isOneMissing(figures);
  if (isLone && (total < leastLoneMm3 || heightMm < leastLoneMm)) return 'volume-implausible';
  return hasAirway || topMm2 >= cutMm2 || (!isLone && total >= leastLoneMm3) ? null : 'volume-implausible';
}

/**
 * What a reader should know of an outline that stands.
 *
 * @param figures - Of the outline.
 */
export function outlineNotes(figures: OutlineFigures): readonly LungMaskNote[] {
  const notes: LungMaskNote[] = [];
  if (isOneMissing(figures)) notes.push('one-lung-missing');
  if (figures.cutShare > mostCutShare) notes.push('lungs-parted-by-midline');
  if (figures.topMm2 >= cutMm2) notes.push('cut-at-the-top');
  if (figures.bottomMm2 >= cutMm2) notes.push('cut-at-the-bottom');
  if (figures.isCutAtSides) notes.push('cut-at-the-sides');
  if (figures.hasMissingSlices) notes.push('slices-missing');
  return notes;
}

function isOneMissing({ rightMm3, leftMm3 }: OutlineFigures): boolean {
  const smaller = Math.min(rightMm3, leftMm3);
  return smaller < leastSideMm3 || smaller < leastSideShare * Math.max(rightMm3, leftMm3);
}
