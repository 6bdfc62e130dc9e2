import type { MatchedMarks, MatchedNodule } from './match-marks.ts';

/** False positives an exam at which sensitivity is told: the seven of LUNA16, and what a reader goes through in a list. */
export const falsePositiveRates = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 30, 60] as const;

/** How many of falsePositiveRates count for the average. */
const averagedRates = 7;

/** One list of marks that was held against the truth. */
export interface ScoredList {
  /** Lists of the same exam are drawn together when exams are drawn. */
  readonly exam: number;
  readonly matched: MatchedMarks;
}

/** Whose sensitivity is asked for. */
export type NoduleChoice = (nodule: MatchedNodule['nodule']) => boolean;

/** Hits of a rate. */
export interface FrocPoint {
  readonly falsePositives: number;
  readonly hits: number;
  /** Whether the lists go as far; else the hits are those of all that the lists hold. */
  readonly isReached: boolean;
}

/** What a curve is made of, by falling score. */
export interface FrocEvents {
  readonly scores: Float64Array;
  /** Exam of each event. */
  readonly exams: Int32Array;
  /** 1 for a hit of a chosen nodule, 0 for a false positive. */
  readonly isHit: Uint8Array;
  /** Chosen nodules and lists by exam. */
  readonly nodulesOf: readonly number[];
  readonly listsOf: readonly number[];
}

/**
 * Orders hits and false positives of lists by falling score.
 *
 * @param lists - Of one finder: their scores are compared with each other.
 * @param isChosen - Nodules that count; others are left out, and so are the marks that hit them.
 */
export function frocEvents(lists: readonly ScoredList[], isChosen: NoduleChoice): FrocEvents {
  const exams = [...new Set(lists.map(({ exam }) => exam))];
  const nodulesOf = exams.map(() => 0);
  const listsOf = exams.map(() => 0);
  const events: { readonly score: number; readonly exam: number; readonly isHit: boolean }[] = [];
  for (const { exam: name, matched } of lists) {
    const exam = exams.indexOf(name);
    listsOf[exam] = (listsOf[exam] ?? 0) + 1;
    for (const { nodule, hit } of matched.nodules) {
      if (!isChosen(nodule)) continue;
      nodulesOf[exam] = (nodulesOf[exam] ?? 0) + 1;
      if (hit !== null) events.push({ score: hit.score, exam, isHit: true });
    }
    for (const { score } of matched.falsePositives) events.push({ score, exam, isHit: false });
  }
  events.sort((a, b) => b.score - a.score);
  return {
    scores: Float64Array.from(events, ({ score }) => score), exams: Int32Array.from(events, ({ exam }) => exam),
    isHit: Uint8Array.from(events, ({ isHit }) => (isHit ? 1 : 0)), nodulesOf, listsOf,
  };
}

/**
 * Hits at false-positive rates: as many as the lowest threshold gives at which the lists hold no more false positives on average.
 *
 * Nothing is interpolated, and marks of equal score come together.
 *
 * @param events - Of frocEvents.
 * @param rates - False positives a list, rising.
 * @param weights - How often each exam counts; default: once.
 */
export function frocPoints(events: FrocEvents, rates: readonly number[] = falsePositiveRates, weights?: ArrayLike<number>): readonly FrocPoint[] {
  const { scores, exams, isHit, listsOf } = events;
  const weightOf = (exam: number): number => (weights === undefined ? 1 : (weights[exam] ?? 0));
  const listCount = listsOf.reduce((sum, count, exam) => sum + count * weightOf(exam), 0);
  // A hair more, so that 0.125 is not missed for a rounding.
  const limits = rates.map((rate) => rate * listCount * (1 + 1e-9));
  const points = rates.map((falsePositives) => ({ falsePositives, hits: 0, isReached: false }));
  let hits = 0;
  let wrong = 0;
  for (let at = 0; at < scores.length;) {
    const score = scores[at];
    for (; at < scores.length && scores[at] === score; at += 1) {
      const weight = weightOf(exams[at] ?? 0);
      if (isHit[at] === 1) hits += weight;
      else wrong += weight;
    }
    for (const [index, point] of points.entries()) {
      if (wrong <= (limits[index] ?? 0)) point.hits = hits;
      else point.isReached = true;
    }
  }
  return points;
}

/**
 * Average sensitivity at the seven rates of LUNA16 (competition performance metric).
 *
 * @param sensitivities - At falsePositiveRates.
 */
export function averageSensitivity(sensitivities: readonly number[]): number {
  return sensitivities.slice(0, averagedRates).reduce((sum, one) => sum + one, 0) / averagedRates;
}

/**
 * Chosen nodules that are hit by the first marks of their lists.
 *
 * @param lists - Whose ranks count: every mark of a list takes a place in it, also those that are neither right nor wrong.
 * @param isChosen - Nodules that count.
 * @param count - Marks of each list.
 */
export function hitsWithin(lists: readonly ScoredList[], isChosen: NoduleChoice, count: number): { readonly hits: number; readonly nodules: number } {
  const nodules = lists.flatMap(({ matched }) => matched.nodules).filter(({ nodule }) => isChosen(nodule));
  return { hits: nodules.filter(({ hit }) => hit !== null && hit.rank <= count).length, nodules: nodules.length };
}
