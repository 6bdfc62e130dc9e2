import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../src-main/imaging/volume/ct-volume.ts';
import type { ExamFolder } from './exams/list-exams.ts';
import { openExam } from './exams/open-exam.ts';
import type { OpenExam } from './exams/open-exam.ts';
import { seedsOf } from './options.ts';
import type { EvaluateOptions } from './options.ts';
import { gatherPictures } from './pictures/picture-book.ts';
import type { TitledBook } from './pictures/write-book.ts';
import type { ScoredList } from './score/froc.ts';
import { matchMarks } from './score/match-marks.ts';
import type { Mark } from './score/match-marks.ts';
import { markSources, readingMarks } from './score/reading-marks.ts';
import type { ScoredReading } from './score/reading-marks.ts';
import { runSimulation } from './simulated/run-simulation.ts';
import type { SimulationResult } from './simulated/run-simulation.ts';

/** What finds nodules, and where is told how far it is. */
export interface EvaluateParts {
  readonly find: (volume: CtVolume, mask: LungMask) => Promise<readonly Mark[]>;
  readonly outline: (volume: CtVolume) => Promise<LungMask>;
  /** Reading documents that are scored in place of find; none: find is scored. */
  readonly readings: readonly ScoredReading[];
  /** A line for a person who waits. */
  readonly tell: (line: string) => void;
}

/** Lists of one kind: by the same finder, on exams as they are or with simulated nodules. */
export interface ListsOfKind {
  readonly kind: string;
  readonly isSimulated: boolean;
  readonly lists: readonly LabelledList[];
}

/** A list with the exam it is of. */
export interface LabelledList extends ScoredList {
  readonly label: string;
}

/** An exam as the report tells of it. */
export interface EvaluatedExam {
  readonly label: string;
  readonly slices: number;
  readonly spacingMm: readonly [number, number, number];
  /** Null where none lies beside it. */
  readonly truth: string | null;
  readonly nodules: number;
  readonly irrelevant: number;
  /** Seeds for whose nodule it has no place. */
  readonly seedsWithoutPlace: readonly number[];
}

/** All that was found out. */
export interface Evaluation {
  readonly exams: readonly EvaluatedExam[];
  readonly kinds: readonly ListsOfKind[];
  readonly books: readonly TitledBook[];
}

/**
 * Looks for nodules in exams, as they are and with simulated ones, and holds what is found against the truth.
 *
 * @param folders - Of the exams; one that cannot be read is told of and left out.
 * @param options - What is to be done.
 * @param parts - Who does it.
 * @throws {TruthError} for truth that cannot be read.
 */
export async function evaluateExams(folders: readonly ExamFolder[], options: EvaluateOptions, parts: EvaluateParts): Promise<Evaluation> {
  const exams: EvaluatedExam[] = [];
  const books: TitledBook[] = [];
  const kinds = new Map<string, { readonly isSimulated: boolean; readonly lists: LabelledList[] }>();
  const keep = (kind: string, isSimulated: boolean, list: LabelledList): void => {
    const entry = kinds.get(kind) ?? { isSimulated, lists: [] };
    entry.lists.push(list);
    kinds.set(kind, entry);
  };
  for (const [number, folder] of folders.entries()) {
    parts.tell(`${folder.label}: opening`);
    const exam = await openExam(folder, { source: options.truth, agreeing: options.agreeing });
    if (exam === null) {
      parts.tell(`${folder.label}: holds no series that can be read whole, left out`);
      continue;
    }
    const place = { label: exam.label, exam: number };
    if (exam.truth === null) parts.tell(`${exam.label}: no truth lies beside it`);
    let marks: readonly Mark[] = [];
    if (parts.readings.length > 0) scoreReadings(exam, parts, (source, matched) => keep(`findings, ${source}`, false, { ...place, matched }));
    else if (exam.truth !== null || options.simulate > 0) {
      parts.tell(`${exam.label}: as it is`);
      marks = await parts.find(exam.volume, exam.mask);
    }
    if (parts.readings.length === 0 && exam.truth !== null) {
      const matched = matchMarks(marks, exam.truth.nodules, exam.truth.irrelevant);
      keep('exams as they are', false, { ...place, matched });
      const pictures = gatherPictures(options.pictures);
      pictures.add(exam.volume, marks, matched);
      books.push({ title: `${exam.label} as it is`, book: pictures.book() });
    }
    const simulation = options.simulate === 0 ? null : await simulate(exam, marks, options, parts);
    for (const { matched } of simulation?.rounds ?? []) keep('simulated nodules', true, { ...place, matched });
    if (simulation !== null) books.push(simulation.book);
    exams.push({
      label: exam.label, slices: exam.volume.slices.length, spacingMm: exam.volume.spacingMm, truth: exam.truth?.source ?? null,
      nodules: exam.truth?.nodules.length ?? 0, irrelevant: exam.truth?.irrelevant.length ?? 0, seedsWithoutPlace: simulation?.withoutPlace ?? [],
    });
  }
  return { exams, books, kinds: [...kinds].map(([kind, entry]) => ({ kind, ...entry })) };
}

interface ExamSimulation extends SimulationResult {
  readonly book: TitledBook;
}

/** A reading that did not come to its end is no answer; one with gaps is scored as it is, and said. */
function scoreReadings(exam: OpenExam, { readings, tell }: EvaluateParts, keep: (source: string, matched: ScoredList['matched']) => void): void {
  const { truth } = exam;
  if (truth === null) return;
  const own = readings.filter(({ studyInstanceUid }) => studyInstanceUid === exam.studyInstanceUid);
  if (own.length === 0) tell(`${exam.label}: none of the readings is of it`);
  for (const reading of own) {
    if (reading.status !== 'complete' && reading.status !== 'incomplete') {
      tell(`${exam.label}: a reading is ${reading.status}, left out`);
      continue;
    }
    if (reading.status === 'incomplete') tell(`${exam.label}: a reading is incomplete; what nobody read counts as not found`);
    for (const source of markSources) keep(source, matchMarks(readingMarks(reading, source), truth.nodules, truth.irrelevant));
  }
}

async function simulate(exam: OpenExam, ownMarks: readonly Mark[], options: EvaluateOptions, { find, outline, tell }: EvaluateParts): Promise<ExamSimulation> {
  const pictures = gatherPictures(options.pictures);
  const { rounds, withoutPlace } = await runSimulation({ ...exam, ownMarks }, {
    seeds: seedsOf(options), together: options.together, find, outline: options.isRemasked ? outline : null,
    onRound: ({ marks, matched }, done, of) => {
      tell(`${exam.label}: ${String(done)} of ${String(of)} rounds of simulated nodules`);
      pictures.add(exam.volume, marks, matched);
    },
  });
  return { rounds, withoutPlace, book: { title: `${exam.label} with simulated nodules`, book: pictures.book() } };
}
