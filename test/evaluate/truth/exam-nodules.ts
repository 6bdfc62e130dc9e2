import type { NoduleAttachment, NoduleProfile } from '../../../src-shared/domain/candidate.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';

/** Where truth can come from. */
export const truthSources = ['csv', 'lidc', 'luna', 'boxes'] as const;

/** See truthSources: simple CSV, readings of LIDC, rows of LUNA16, boxes around a tumour. */
export type TruthSource = (typeof truthSources)[number];

/** A nodule that is to be found. */
export interface TrueNodule {
  readonly centreMm: PatientPoint;
  /** What a measured mean diameter is held against, mm; it also decides the size band and how near a candidate has to lie. */
  readonly diameterMm: number;
  /** Null where the truth does not tell, here and below. */
  readonly volumeMm3: number | null;
  readonly profile: NoduleProfile | null;
  readonly attachment: NoduleAttachment | null;
  /** Readers who outlined it. */
  readonly readers: number | null;
}

/** A place that a candidate may point at without being right or wrong. */
export interface IrrelevantPlace {
  readonly centreMm: PatientPoint;
  readonly radiusMm: number;
  /** Below 3 mm; no nodule to a reader; outlined by too few readers; left out by the truth itself; a real finding beside simulated ones. */
  readonly why: 'small' | 'non-nodule' | 'few-readers' | 'excluded' | 'real-finding';
}

/** What is true of one exam. */
export interface ExamNodules {
  readonly source: TruthSource;
  readonly nodules: readonly TrueNodule[];
  readonly irrelevant: readonly IrrelevantPlace[];
}

/** A candidate this near to a nodule's centre hits it, whatever the nodule's size, mm. */
export const leastReachMm = 5;

/**
 * How near to a nodule's centre a candidate has to lie: within the nodule's radius or 5 mm, whichever is larger.
 *
 * @param diameterMm - Of the nodule.
 */
export function hitReachMm(diameterMm: number): number {
  return Math.max(leastReachMm, diameterMm / 2);
}

/**
 * Distance of two points.
 *
 * @param a - mm, LPS.
 * @param b - mm, LPS.
 */
export function distanceMm(a: PatientPoint, b: PatientPoint): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/**
 * Middle of points.
 *
 * @param points - At least one.
 */
export function middleOf(points: readonly PatientPoint[]): PatientPoint {
  const sum = points.reduce(([x, y, z], point) => [x + point[0], y + point[1], z + point[2]], [0, 0, 0]);
  return [sum[0] / points.length, sum[1] / points.length, sum[2] / points.length];
}
