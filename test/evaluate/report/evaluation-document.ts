import type { EvaluatedExam, Evaluation, LabelledList, ListsOfKind } from '../evaluate-exams.ts';
import { commandLine, seedsOf } from '../options.ts';
import type { EvaluateOptions } from '../options.ts';
import { bootstrapDraws, bootstrapSeed } from '../score/intervals.ts';
import type { MatchedNodule } from '../score/match-marks.ts';
import type { ScoreSummary } from '../score/score-summary.ts';
import { distanceMm } from '../truth/exam-nodules.ts';

/** One nodule of one list. */
export interface NoduleRow {
  readonly kind: string;
  readonly exam: string;
  /** Lists of a kind are numbered from 1. */
  readonly list: number;
  /** Of a simulated nodule; null for a real one, and so is its margin. */
  readonly seed: number | null;
  readonly margin: string | null;
  /** Whether the exam without it has a candidate that would hit it; null for a real one. */
  readonly hitWithout: boolean | null;
  readonly centreMm: readonly [number, number, number];
  readonly diameterMm: number;
  readonly volumeMm3: number | null;
  readonly profile: string | null;
  readonly attachment: string | null;
  readonly readers: number | null;
  /** Of the best candidate that hits it; null, and so is all below, where none does. */
  readonly rank: number | null;
  readonly score: number | null;
  readonly offMm: number | null;
  readonly measuredMm: number | null;
  readonly measuredMm3: number | null;
  readonly measuredProfile: string | null;
}

/** What an evaluation came to, for programs: no name, no UID, no path. NaN is null. */
export interface EvaluationDocument {
  readonly schema: 'lungdesk.evaluation/1';
  readonly notice: string;
  readonly command: readonly string[];
  readonly versions: { readonly lungdesk: string; readonly node: string };
  readonly seeds: { readonly half: string; readonly used: readonly number[]; readonly bootstrap: number; readonly draws: number };
  readonly exams: readonly EvaluatedExam[];
  readonly summaries: readonly ScoreSummary[];
  readonly nodules: readonly NoduleRow[];
  /** Scores of the false positives of each list, by falling score. */
  readonly lists: readonly { readonly kind: string; readonly exam: string; readonly list: number; readonly falsePositiveScores: readonly number[] }[];
}

/**
 * Puts an evaluation into a document.
 *
 * @param evaluation - As found out.
 * @param summaries - Of its lists.
 * @param options - What was asked for.
 * @param versions - Of the programs.
 */
export function evaluationDocument(
  { exams, kinds }: Evaluation, summaries: readonly ScoreSummary[], options: EvaluateOptions, versions: EvaluationDocument['versions'],
): EvaluationDocument {
  return {
    schema: 'lungdesk.evaluation/1',
    notice: 'Simulated nodules are simulations: they show what the finder does with forms like these in these exams, not what it does in patients.',
    command: commandLine(options), versions,
    seeds: { half: options.half, used: seedsOf(options), bootstrap: bootstrapSeed, draws: bootstrapDraws },
    exams, summaries,
    nodules: kinds.flatMap((kind) => kind.lists.flatMap((list, index) => list.matched.nodules.map((one) => noduleRow(kind, list, index, one)))),
    lists: kinds.flatMap(({ kind, lists }) => lists.map(({ label, matched }, index) => ({
      kind, exam: label, list: index + 1, falsePositiveScores: matched.falsePositives.map(({ score }) => score),
    }))),
  };
}

function noduleRow({ kind }: ListsOfKind, { label }: LabelledList, index: number, { nodule, hit }: MatchedNodule): NoduleRow {
  const { centreMm, diameterMm, volumeMm3, profile, attachment, readers } = nodule;
  return {
    kind, exam: label, list: index + 1,
    seed: 'seed' in nodule && typeof nodule.seed === 'number' ? nodule.seed : null,
    margin: 'margin' in nodule && typeof nodule.margin === 'string' ? nodule.margin : null,
    hitWithout: 'isHitWithout' in nodule && typeof nodule.isHitWithout === 'boolean' ? nodule.isHitWithout : null,
    centreMm, diameterMm, volumeMm3, profile, attachment, readers,
    rank: hit?.rank ?? null, score: hit?.score ?? null, offMm: hit === null ? null : distanceMm(hit.centreMm, centreMm),
    measuredMm: hit?.size?.meanDiameterMm ?? null, measuredMm3: hit?.size?.volumeMm3 ?? null, measuredProfile: hit?.size?.profile ?? null,
  };
}
