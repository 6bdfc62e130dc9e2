import type { ScoreTerm, ScoreTermName } from '../../../src-shared/domain/candidate.ts';
import type { BlobPlace } from './find-places.ts';
import type { RayShape } from './ray-shape.ts';

/** How one feature adds to a score: its distance from a bound, on one side of it, times a weight. */
interface ScoreRule {
  readonly name: ScoreTermName;
  readonly value: number;
  /** What counts of the value; 0 where it speaks neither for nor against. */
  readonly counted: number;
  readonly weight: number;
}

/**
 * Weighs what was seen at a place: every feature on its own, none back and forth, so that an unusual exam changes the order of its
 * candidates without turning it over.
 *
 * The weights of contrast, roundness, vessel, size, pleura and edge were fitted (logistic regression with fixed signs) on simulated nodules
 * of even seeds against the other candidates in both development exams; those of plate and in-lung are guards set by hand below the first
 * percentile of these nodules. docs/finder.md tells more.
 *
 * @param place - How it is curved.
 * @param shape - What rays from it meet.
 * @returns In the order in which they are shown.
 */
export function scoreTermsOf({ flatness: [second, third] }: Pick<BlobPlace, 'flatness'>, shape: RayShape): readonly ScoreTerm[] {
  const diameterMm = 2 * shape.radiusMm;
  // Curvature counts less than what rays meet: 0.37 and 0.63 of one value.
  const roundness = 0.37 * third + 0.63 * shape.evenness;
  const rules: readonly ScoreRule[] = [
    { name: 'contrast', value: shape.coreHu, counted: Math.min(shape.coreHu, 200) / 100, weight: 1.35 },
    { name: 'roundness', value: roundness, counted: roundness, weight: 11.5 },
    { name: 'vessel', value: shape.longShare, counted: Math.min(shape.longShare, 0.15), weight: -39.5 },
    { name: 'plate', value: second, counted: Math.max(0, 0.45 - second), weight: -10 },
    { name: 'size', value: diameterMm, counted: Math.log2(Math.min(Math.max(diameterMm, 2), 32)) - 1, weight: 2.28 },
    { name: 'in-lung', value: shape.clearance, counted: Math.max(0, 0.5 - shape.clearance), weight: -6 },
    { name: 'pleura', value: shape.wallShare, counted: Math.max(0, shape.wallShare - 0.35), weight: -15.6 },
    { name: 'edge', value: shape.sharpness, counted: Math.min(Math.max(0, shape.sharpness - 0.9), 0.4), weight: -5.2 },
  ];
  return rules.map(({ name, value, counted, weight }) => ({ name, value, points: counted === 0 ? 0 : counted * weight }));
}
