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

/** From this diameter on size speaks for thin things only, mm; what is dense and that large is mostly a vessel of the hilum or wall. */
const largeMm = 8;
/** Points per doubling of the diameter. */
const sizeWeight = 2.37;
/** Density above the lung at which a thing begins to be dense and is, HU. */
const denseHu = [400, 800] as const;

/**
 * Weighs what was seen at a place: every feature on its own, none back and forth, so that an unusual exam changes the order of its
 * candidates without turning it over.
 *
 * The weights of contrast, roundness, vessel, size and pleura were fitted (logistic regression with fixed signs) on simulated nodules of
 * even seeds against the other candidates in both development exams, with one of them at three thicknesses of slices; those of plate,
 * in-lung and edge are guards set by hand where hardly any of these nodules lies. docs/finder.md tells more.
 *
 * @param place - How it is curved.
 * @param shape - What rays from it meet.
 * @returns In the order in which they are shown.
 */
export function scoreTermsOf({ flatness: [second, third] }: Pick<BlobPlace, 'flatness'>, shape: RayShape): readonly ScoreTerm[] {
  const diameterMm = 2 * shape.radiusMm;
  // One value of three that tell nearly the same, by the weights that each had.
  const roundness = 0.36 * third + 0.34 * shape.evenness + 0.3 * shape.chordRatio;
  const vessel = Math.min(shape.longShare, 0.15) + 0.08 * Math.min(shape.beyondShare, 1.2);
  const rules: readonly ScoreRule[] = [
    { name: 'contrast', value: shape.coreHu, counted: Math.min(shape.coreHu, 200) / 100, weight: 0.45 },
    { name: 'roundness', value: roundness, counted: roundness, weight: 8.4 },
    { name: 'vessel', value: vessel, counted: vessel, weight: -20.9 },
    { name: 'plate', value: second, counted: Math.max(0, 0.45 - second), weight: -10 },
    { name: 'size', value: diameterMm, counted: smallSize(diameterMm) + (1 - denseOf(shape)) * largeSize(diameterMm), weight: sizeWeight },
    { name: 'in-lung', value: shape.clearance, counted: Math.max(0, 0.5 - shape.clearance), weight: -6 },
    { name: 'pleura', value: shape.wallShare, counted: Math.max(0, shape.wallShare - 0.35), weight: -13 },
    { name: 'edge', value: shape.sharpness, counted: Math.min(Math.max(0, shape.sharpness - 0.9), 0.4), weight: -3 },
  ];
  return rules.map(({ name, value, counted, weight }) => ({ name, value, points: counted === 0 ? 0 : counted * weight }));
}

/**
 * What size would add to the score if it counted for what is dense as it does for what is thin.
 *
 * @param shape - What rays meet.
 */
export function uncountedSizePoints(shape: Pick<RayShape, 'coreHu' | 'radiusMm'>): number {
  return sizeWeight * denseOf(shape) * largeSize(2 * shape.radiusMm);
}

/** 0 for what is thin, 1 for what is dense. */
function denseOf({ coreHu }: Pick<RayShape, 'coreHu'>): number {
  return Math.min(Math.max((coreHu - denseHu[0]) / (denseHu[1] - denseHu[0]), 0), 1);
}

/** Doublings from 2 mm to where a thing is large. */
function smallSize(diameterMm: number): number {
  return Math.log2(Math.min(Math.max(diameterMm, 2), largeMm)) - 1;
}

/** Doublings from there to 32 mm. */
function largeSize(diameterMm: number): number {
  return Math.log2(Math.min(Math.max(diameterMm, largeMm), 32) / largeMm);
}
