import type { TrueNodule } from '../truth/exam-nodules.ts';
import { averageSensitivity, falsePositiveRates, frocEvents, frocPoints, hitsWithin } from './froc.ts';
import type { NoduleChoice, ScoredList } from './froc.ts';
import { bootstrap, intervalMethod, wilson } from './intervals.ts';
import type { Interval, IntervalMethod } from './intervals.ts';
import type { MatchedNodule } from './match-marks.ts';
import { noduleGroups } from './nodule-groups.ts';
import { sizeAgreement } from './size-agreement.ts';
import type { SizeAgreement } from './size-agreement.ts';

/** A share of nodules that were found, with its 95 % interval. */
export interface FoundShare extends Interval {
  readonly share: number;
}

/** Sensitivity at a false-positive rate. */
export interface RateShare extends FoundShare {
  readonly falsePositives: number;
  readonly isReached: boolean;
}

/** What was found of a group of nodules. */
export interface GroupSummary {
  readonly name: string;
  readonly nodules: number;
  /** Among all marks of the lists. */
  readonly found: FoundShare;
  readonly atRates: readonly RateShare[];
  readonly size: SizeAgreement;
}

/** What a finder's lists came to. */
export interface ScoreSummary {
  readonly name: string;
  readonly exams: number;
  readonly lists: number;
  readonly intervals: IntervalMethod;
  /** Marks and false positives a list, on average. */
  readonly marksPerList: number;
  readonly falsePositivesPerList: number;
  /** All nodules together; null where there is none. */
  readonly all: GroupSummary | null;
  /** Mean of the sensitivities at 1/8 to 8 false positives; null where there is no nodule. Its interval only where exams are drawn. */
  readonly average: { readonly value: number; readonly interval: Interval | null } | null;
  /** Sensitivity among the first so many marks of a list. */
  readonly withinCounts: readonly (FoundShare & { readonly count: number })[];
  readonly groups: readonly GroupSummary[];
}

const listLengths = [5, 10, 20, 30, 40, 60] as const;

/**
 * Sums up what a finder's lists came to.
 *
 * @param name - Of the finder and the exams.
 * @param lists - Held against the truth.
 */
export function summarise(name: string, lists: readonly ScoredList[]): ScoreSummary {
  const matched = lists.flatMap((list) => list.matched.nodules);
  const nodules: readonly TrueNodule[] = matched.map(({ nodule }) => nodule);
  const exams = new Set(lists.map(({ exam }) => exam)).size;
  const intervals = intervalMethod(exams);
  const marks = lists.map((list) => list.matched.falsePositives.length + list.matched.uncounted.length + list.matched.nodules.filter(({ hit }) => hit !== null).length);
  const longest = marks.reduce((most, count) => Math.max(most, count), 0);
  const hasNodules = nodules.length > 0;
  return {
    name, exams, lists: lists.length, intervals,
    marksPerList: mean(marks), falsePositivesPerList: mean(lists.map((list) => list.matched.falsePositives.length)),
    all: hasNodules ? groupSummary('all', lists, matched, () => true, intervals) : null,
    average: hasNodules ? averageOf(lists, intervals) : null,
    withinCounts: hasNodules ? listLengths.filter((count) => count <= longest).map((count) => ({ count, ...withinShare(lists, () => true, count, intervals) })) : [],
    groups: noduleGroups(nodules).map((group) => groupSummary(group.name, lists, matched, group.isChosen, intervals)),
  };
}

/**
 * Share of nodules among the first marks of their lists, with its interval.
 *
 * @param lists - Held against the truth.
 * @param isChosen - Nodules that count.
 * @param count - Marks of each list; Infinity for all.
 * @param intervals - How the interval is made.
 */
export function withinShare(lists: readonly ScoredList[], isChosen: NoduleChoice, count: number, intervals: IntervalMethod): FoundShare {
  const { hits, nodules } = hitsWithin(lists, isChosen, count);
  if (intervals === 'wilson-nodules') return { share: hits / nodules, ...wilson(hits, nodules) };
  const byExam = [...Map.groupBy(lists, ({ exam }) => exam).values()].map((ofExam) => hitsWithin(ofExam, isChosen, count));
  const events = { nodulesOf: byExam.map((one) => one.nodules) };
  const [interval] = bootstrap(events, (weights, drawn) => [byExam.reduce((sum, one, exam) => sum + one.hits * (weights[exam] ?? 0), 0) / drawn]);
  return { share: hits / nodules, ...(interval ?? { low: 0, high: 1 }) };
}

function groupSummary(name: string, lists: readonly ScoredList[], matched: readonly MatchedNodule[], isChosen: NoduleChoice, intervals: IntervalMethod): GroupSummary {
  const chosen = matched.filter(({ nodule }) => isChosen(nodule));
  const events = frocEvents(lists, isChosen);
  const points = frocPoints(events);
  const drawn = intervals === 'wilson-nodules' ? null
    : bootstrap(events, (weights, nodules) => frocPoints(events, falsePositiveRates, weights).map(({ hits }) => hits / nodules));
  return {
    name, nodules: chosen.length, found: withinShare(lists, isChosen, Infinity, intervals),
    atRates: points.map(({ falsePositives, hits, isReached }, at) => ({
      falsePositives, isReached, share: hits / chosen.length, ...(drawn?.[at] ?? wilson(hits, chosen.length)),
    })),
    size: sizeAgreement(chosen),
  };
}

function averageOf(lists: readonly ScoredList[], intervals: IntervalMethod): ScoreSummary['average'] {
  const events = frocEvents(lists, () => true);
  const nodules = events.nodulesOf.reduce((sum, count) => sum + count, 0);
  const value = averageSensitivity(frocPoints(events).map(({ hits }) => hits / nodules));
  if (intervals === 'wilson-nodules') return { value, interval: null };
  const [interval] = bootstrap(events, (weights, drawn) => [averageSensitivity(frocPoints(events, falsePositiveRates, weights).map(({ hits }) => hits / drawn))]);
  return { value, interval: interval ?? null };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
