import { seededGenerator } from '../../../src-main/finder/seeded-generator.ts';
import type { FrocEvents } from './froc.ts';

/** Ends of a 95 % interval, shares. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How intervals are made: over nodules, as if each were drawn by itself, or by drawing exams. */
export type IntervalMethod = 'wilson-nodules' | 'bootstrap-exams';

/** Fewer exams than this say nothing of how exams differ. */
const leastExams = 5;
/** Standard normal deviate of 95 %. */
const deviate = 1.959964;
/** Times that exams are drawn. */
export const bootstrapDraws = 2000;
/** Seed of the draws. */
export const bootstrapSeed = 20;

/**
 * Which intervals a number of exams allows.
 *
 * @param examCount - Different exams, however many lists there are of each.
 */
export function intervalMethod(examCount: number): IntervalMethod {
  return examCount >= leastExams ? 'bootstrap-exams' : 'wilson-nodules';
}

/**
 * Wilson's score interval of a share.
 *
 * @param hits - Of the count.
 * @param count - 0 tells nothing: 0 to 1.
 * @see Wilson EB, J Am Stat Assoc 1927;22:209-212
 */
export function wilson(hits: number, count: number): Interval {
  if (count === 0) return { low: 0, high: 1 };
  const share = hits / count;
  const square = deviate ** 2 / count;
  const middle = (share + square / 2) / (1 + square);
  const half = (deviate / (1 + square)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  // Rounding must not put the share itself outside.
  return { low: hits === 0 ? 0 : Math.max(0, middle - half), high: hits === count ? 1 : Math.min(1, middle + half) };
}

/**
 * Draws exams with replacement and tells how far a figure goes (percentiles).
 *
 * @param events - Of the exams.
 * @param figures - One or more figures of a draw; weights say how often each exam was drawn, nodules how many chosen ones there are then.
 * @param seed - Decides the draws.
 * @returns One interval per figure; draws without a nodule are left out, and where all are, it is 0 to 1.
 */
export function bootstrap(
  events: Pick<FrocEvents, 'nodulesOf'>, figures: (weights: Float64Array, nodules: number) => readonly number[], seed: number = bootstrapSeed,
): readonly Interval[] {
  const random = seededGenerator(seed);
  const count = events.nodulesOf.length;
  const drawn: (readonly number[])[] = [];
  for (let draw = 0; draw < bootstrapDraws; draw += 1) {
    const weights = new Float64Array(count);
    let nodules = 0;
    for (let exam = 0; exam < count; exam += 1) {
      const taken = Math.floor(random() * count);
      weights[taken] = (weights[taken] ?? 0) + 1;
      nodules += events.nodulesOf[taken] ?? 0;
    }
    if (nodules > 0) drawn.push(figures(weights, nodules));
  }
  const width = drawn[0]?.length ?? figures(new Float64Array(count), 1).length;
  return Array.from({ length: width }, (_, figure) => {
    const values = drawn.map((one) => one[figure] ?? 0).sort((a, b) => a - b);
    const at = (share: number): number | undefined => values[Math.min(values.length - 1, Math.floor(share * values.length))];
    return { low: at(0.025) ?? 0, high: at(0.975) ?? 1 };
  });
}
