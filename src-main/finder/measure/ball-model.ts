import { erf } from '../error-function.ts';
import type { ExamBlur } from '../exam-blur.ts';

/**
 * Share of its contrast that a ball shows at a distance from its centre, blurred by a Gaussian in all directions (closed form).
 *
 * @param radiusMm - Of the ball.
 * @param sigmaMm - Standard deviation of the blur.
 * @param distanceMm - From the ball's centre.
 */
export function blurredBall(radiusMm: number, sigmaMm: number, distanceMm: number): number {
  const inner = (radiusMm - distanceMm) / (Math.SQRT2 * sigmaMm);
  const outer = (radiusMm + distanceMm) / (Math.SQRT2 * sigmaMm);
  if (inner > 5) return 1;
  if (inner < -5) return 0;
  if (distanceMm < 1e-3 * sigmaMm) return erf(outer) - (Math.sqrt(2 / Math.PI) * radiusMm * Math.exp(-outer * outer)) / sigmaMm;
  return (erf(inner) + erf(outer)) / 2 - (sigmaMm / (distanceMm * Math.sqrt(2 * Math.PI))) * (Math.exp(-inner * inner) - Math.exp(-outer * outer));
}

/**
 * Share of its contrast that a ball shows in a slice.
 *
 * @param radiusMm - Of the ball.
 * @param blur - Of the exam.
 * @param heightMm - From the ball's centre to the middle of the slice.
 * @param distanceMm - From the ball's centre within the slice.
 */
export function ballInSlice(radiusMm: number, { inPlaneMm, sliceMm }: ExamBlur, heightMm: number, distanceMm: number): number {
  const reach = radiusMm + 3 * inPlaneMm;
  const from = Math.max(heightMm - sliceMm / 2, -reach);
  const to = Math.min(heightMm + sliceMm / 2, reach);
  if (to <= from) return 0;
  const count = Math.max(4, Math.ceil((to - from) / Math.max(0.5, inPlaneMm)));
  const step = (to - from) / count;
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += blurredBall(radiusMm, inPlaneMm, Math.hypot(from + (at + 0.5) * step, distanceMm));
  return (sum * step) / sliceMm;
}

/** What a reader would see of a ball in one slice. */
export interface SeenBall {
  /** Share of the contrast in its middle. */
  readonly peak: number;
  /** Radius at which the contrast is half of that in the middle, mm. */
  readonly radiusMm: number;
}

/**
 * What a slice shows of a ball.
 *
 * @param radiusMm - Of the ball.
 * @param blur - Of the exam.
 * @param heightMm - From the ball's centre to the middle of the slice.
 * @param middleMm - The middle is averaged over a disc of this radius.
 * @param level - Share of the middle's contrast at which the radius is taken; default: half.
 */
export function seenBall(radiusMm: number, blur: ExamBlur, heightMm: number, middleMm: number, level = 0.5): SeenBall {
  // Two rings of equal area stand for the disc.
  const peak = (ballInSlice(radiusMm, blur, heightMm, middleMm * 0.5) + ballInSlice(radiusMm, blur, heightMm, middleMm * 0.866)) / 2;
  let low = 0;
  let high = radiusMm + 4 * blur.inPlaneMm;
  for (let turn = 0; turn < 18; turn += 1) {
    const middle = (low + high) / 2;
    if (ballInSlice(radiusMm, blur, heightMm, middle) > level * peak) low = middle;
    else high = middle;
  }
  return { peak, radiusMm: (low + high) / 2 };
}

/** The ball that explains what a slice shows. */
export interface ExplainedBall {
  readonly radiusMm: number;
  readonly peak: number;
  /** Whether the slice shows nothing smaller than this: the ball may be smaller still. */
  readonly isAtLimit: boolean;
}

/**
 * Finds the ball whose half-contrast radius in a slice is the one that was seen.
 *
 * @param seenMm - Radius of the section at half the contrast of its middle.
 * @param blur - Of the exam.
 * @param heightMm - From the nodule's centre of mass to the middle of the slice.
 * @param middleMm - Disc that the contrast of the middle was taken over.
 */
export function explainBall(seenMm: number, blur: ExamBlur, heightMm: number, middleMm: number): ExplainedBall {
  const smallest = Math.max(0.6, Math.abs(heightMm) * 0.5);
  let low = smallest;
  let high = Math.hypot(seenMm, heightMm) * 1.25 + 1.5;
  for (let turn = 0; turn < 16; turn += 1) {
    const middle = (low + high) / 2;
    if (seenBall(middle, blur, heightMm, middleMm).radiusMm < seenMm) low = middle;
    else high = middle;
  }
  const radiusMm = (low + high) / 2;
  return { radiusMm, peak: seenBall(radiusMm, blur, heightMm, middleMm).peak, isAtLimit: radiusMm < smallest + 0.1 };
}
