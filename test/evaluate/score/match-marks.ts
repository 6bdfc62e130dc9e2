import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { distanceMm, hitReachMm } from '../truth/exam-nodules.ts';
import type { IrrelevantPlace, TrueNodule } from '../truth/exam-nodules.ts';

/** A place that somebody points at: a candidate of the device, a finding of a model. */
export interface Mark {
  readonly centreMm: PatientPoint;
  /** The higher, the surer; decides the order within a list. */
  readonly score: number;
  /** Drawn around it in pictures, mm. */
  readonly diameterMm: number;
  /** What was measured there; null where nothing was. */
  readonly size: MarkSize | null;
}

/** A measured size. */
export interface MarkSize {
  /** Mean of long and short axis, mm. */
  readonly meanDiameterMm: number;
  readonly volumeMm3: number | null;
  readonly profile: string | null;
}

/** A mark in its list. */
export interface RankedMark extends Mark {
  /** From 1. */
  readonly rank: number;
}

/** A nodule with the best mark that hits it. */
export interface MatchedNodule<Nodule extends TrueNodule = TrueNodule> {
  readonly nodule: Nodule;
  readonly hit: RankedMark | null;
}

/** A list of marks held against the truth. */
export interface MatchedMarks<Nodule extends TrueNodule = TrueNodule> {
  readonly nodules: readonly MatchedNodule<Nodule>[];
  readonly falsePositives: readonly RankedMark[];
  /** Further marks of a nodule that is hit already, and marks of irrelevant places: neither right nor wrong. */
  readonly uncounted: readonly RankedMark[];
}

/**
 * Holds marks against the truth.
 *
 * A mark hits the nearest nodule within whose reach it lies (its radius or 5 mm, whichever is larger), and only that one. A nodule counts
 * once, with its best mark.
 *
 * @param marks - In any order; ranked by falling score, in the given order where scores are equal.
 * @param nodules - That are to be found.
 * @param irrelevant - Places where a mark is neither right nor wrong.
 */
export function matchMarks<Nodule extends TrueNodule>(
  marks: readonly Mark[], nodules: readonly Nodule[], irrelevant: readonly IrrelevantPlace[],
): MatchedMarks<Nodule> {
  const hits = new Map<Nodule, RankedMark>();
  const falsePositives: RankedMark[] = [];
  const uncounted: RankedMark[] = [];
  for (const [index, mark] of marks.toSorted((a, b) => b.score - a.score).entries()) {
    const ranked = { ...mark, rank: index + 1 };
    const nodule = nearestInReach(mark.centreMm, nodules);
    if (nodule !== null && !hits.has(nodule)) hits.set(nodule, ranked);
    else if (nodule !== null || irrelevant.some((place) => distanceMm(place.centreMm, mark.centreMm) <= place.radiusMm)) uncounted.push(ranked);
    else falsePositives.push(ranked);
  }
  return { nodules: nodules.map((nodule) => ({ nodule, hit: hits.get(nodule) ?? null })), falsePositives, uncounted };
}

function nearestInReach<Nodule extends TrueNodule>(point: PatientPoint, nodules: readonly Nodule[]): Nodule | null {
  let nearest: Nodule | null = null;
  let least = Infinity;
  for (const nodule of nodules) {
    const distance = distanceMm(point, nodule.centreMm);
    if (distance > hitReachMm(nodule.diameterMm) || distance >= least) continue;
    nearest = nodule;
    least = distance;
  }
  return nearest;
}
