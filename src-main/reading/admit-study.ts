import { existsSync } from 'node:fs';
import type { ReadingPlan } from '../../src-shared/domain/reading.ts';
import type { ReadingMode } from '../../src-shared/domain/request-plan.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { SettledStudy } from '../../src-shared/domain/study.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import { admit } from '../intake/admission.ts';
import { contentHash } from '../intake/content-hash.ts';
import type { Clock } from '../platform/clock.ts';
import { inTransaction } from '../store/open-database.ts';
import type { Database } from '../store/open-database.ts';
import { addProblems } from '../store/problem-table.ts';
import { insertReading, listReadings } from '../store/reading-table.ts';
import type { StoredProblem } from '../store/problem-table.ts';
import type { Step, StoredReading } from '../store/reading-table.ts';
import { findKnownStudies, insertStudy, listInstances, moveStudy } from '../store/study-table.ts';
import type { StoredStudy } from '../store/study-table.ts';
import { nextState } from './reading-state.ts';
import type { ReadingEvent } from './reading-state.ts';

/** How an exam came in. */
export interface Arrival {
  /** Id that the reading gets if it is a new one. */
  readonly readingId: string;
  readonly study: SettledStudy;
  /** A person named this folder and wants it read as it is; a watched folder asks first when slices come late. */
  readonly asked: boolean;
  /** Whether a reading by the practice relay counts as one when a person asks for the exam. */
  readonly practiceCounts: boolean;
  readonly highPriority: boolean;
  readonly model: string | null;
  /** Who is to read it. */
  readonly plan: ReadingPlan;
  readonly mode: ReadingMode;
  readonly attribution: string | null;
  readonly receivedAt: EpochMs;
}

/** Problems of an exam's files that do not take a slice away from it. */
const harmless: readonly ErrorCode[] = ['pixel-data-missing', 'file-not-dicom'];

type KnownStudy = Awaited<ReturnType<typeof findKnownStudies>>[number];

/** A study that was taken in before, with the newest reading that is its own and not merely a reference to another's. */
interface ReadStudy {
  readonly known: KnownStudy;
  readonly readingId: string;
}

/**
 * Takes in a settled exam: a new reading, the reading it already has, or a question to a person.
 *
 * The same content is never read twice; a copy of it elsewhere is told apart and refers to the first reading.
 *
 * @returns Id of the reading that the exam leads to: the arrival's own for a new one.
 */
export async function admitStudy(database: Database, clock: Clock, arrival: Arrival): Promise<string> {
  const { study, asked } = arrival;
  const known = await findKnownStudies(database, study.studyInstanceUid);
  const read = await readAmong(database, known);
  const hash = contentHash(study.files);
  const revision = Math.max(0, ...known.map((one) => one.revision)) + 1;
  const identical = read.find((one) => one.known.contentHash === hash);
  if (identical !== undefined) return admitIdentical(database, clock, arrival, known, identical);
  const admission = asked ? ({ kind: 'new' } as const) : admit(study, read.map((one) => one.known));
  switch (admission.kind) {
    case 'new':
      return insertNew(database, clock, arrival, hash, revision, null, null);
    case 'revision': {
      const reason = admission.sameUidOtherPixels > 0 ? 'same-uid-other-pixels' : 'late-slices';
      return insertNew(database, clock, arrival, hash, revision, 'ask', reason);
    }
    case 'copy':
      return insertNew(database, clock, arrival, hash, revision, 'recognise', 'already-read');
    case 'known': {
      // Part of an exam that was read whole: nothing to read, and nothing to say about it in its own place.
      const own = read.find((one) => one.known.studyId === admission.studyId);
      if (own === undefined) throw new RangeError('admission knows a study that is not known');
      return own.readingId;
    }
  }
}

async function admitIdentical(
  database: Database,
  clock: Clock,
  arrival: Arrival,
  known: readonly KnownStudy[],
  { known: first, readingId }: ReadStudy,
): Promise<string> {
  const { study, asked } = arrival;
  const isHere = first.sourcePath === study.sourcePath;
  // The same slices, and now also damaged ones that may be more of them: the exam is not the one that was read whole.
  if (asked || isHere) await addProblems(database, readingId, lostSlices(study));
  const moved = await followMove(database, first.studyId, study);
  if (asked) return readAsked(database, clock, arrival, first.studyId);
  const isRecognised = known.some((one) => one.sourcePath === study.sourcePath && one.contentHash === first.contentHash);
  if (isHere || moved || isRecognised) return readingId;
  return insertNew(database, clock, arrival, first.contentHash, first.revision, 'recognise', 'already-read');
}

async function readAmong(database: Database, known: readonly KnownStudy[]): Promise<readonly ReadStudy[]> {
  const found = await Promise.all(
    known.map(async (one) => {
      const readingId = await findOwnReading(database, one.studyId, () => true);
      return readingId === null ? [] : [{ known: one, readingId }];
    }),
  );
  return found.flat();
}

/** A person asks for an exam that is there already: its reading, or a new one where another model or relay is asked for. */
async function readAsked(database: Database, clock: Clock, arrival: Arrival, studyId: string): Promise<string> {
  const { model, plan, practiceCounts, study } = arrival;
  const reading = await findOwnReading(
    database,
    studyId,
    (one) => (plan === 'device-only' ? !one.practice : (practiceCounts || !one.practice) && fitsModel(one, model)),
  );
  if (reading !== null) return reading;
  return startReading(database, clock, arrival, studyId, null, null, problemsOf(study));
}

/** A reading that no model has begun fits any. */
function fitsModel({ modelOverride, modelRequested, plan }: StoredReading, model: string | null): boolean {
  return model === null || modelOverride === model || modelRequested === model || (plan === 'device-only' && modelRequested === null);
}

/** The exam was moved rather than copied: its slices are looked for where they are now. */
async function followMove(database: Database, studyId: string, study: SettledStudy): Promise<boolean> {
  const [first] = await listInstances(database, studyId);
  if (first === undefined || existsSync(first.path)) return false;
  await moveStudy(database, studyId, study.sourcePath, study.files);
  return true;
}

/** Newest reading of a study that fits and was not merely recognised. */
async function findOwnReading(database: Database, studyId: string, fits: (reading: StoredReading) => boolean): Promise<string | null> {
  const readings = await listReadings(database, { studyId });
  return readings.find((reading) => reading.reason !== 'already-read' && fits(reading))?.id ?? null;
}

function lostSlices(study: SettledStudy): readonly StoredProblem[] {
  return study.problems.filter(({ code }) => !harmless.includes(code)).map((problem) => ({ ...problem, lostSlice: true }));
}

function problemsOf(study: SettledStudy): readonly StoredProblem[] {
  return [
    ...study.problems.map((problem) => ({ ...problem, lostSlice: !harmless.includes(problem.code) })),
    ...(assessStudy(study.files).chosen?.problems ?? []).map((problem) => ({ ...problem, lostSlice: false })),
  ];
}

async function insertNew(
  database: Database,
  clock: Clock,
  arrival: Arrival,
  hash: string,
  revision: number,
  event: ReadingEvent | null,
  reason: ErrorCode | null,
): Promise<string> {
  const { study } = arrival;
  const { series, chosen } = assessStudy(study.files);
  const header = chosen?.slices[0]?.header ?? study.files[0]?.header;
  const studyId = clock.newId();
  const row: StoredStudy = {
    id: studyId,
    studyInstanceUid: study.studyInstanceUid,
    sourcePath: study.sourcePath,
    contentHash: hash,
    revision,
    patientName: header?.patientName ?? null,
    patientId: header?.patientId ?? null,
    studyDate: header?.studyDate ?? null,
    modality: header?.modality ?? null,
    studyDescription: header?.studyDescription ?? header?.seriesDescription ?? null,
    attribution: arrival.attribution,
    ignoredCount: study.ignoredCount,
    settledAt: study.settledAt,
  };
  // Both or neither: a study without a reading would later pass for one that was read.
  await inTransaction(database, async (transaction) => {
    await insertStudy(
      transaction,
      row,
      study.files,
      series.map((one) => ({ ...one, chosen: one.seriesInstanceUid === chosen?.seriesInstanceUid })),
    );
    await startReading(transaction, clock, arrival, studyId, event, reason, problemsOf(study));
  });
  return arrival.readingId;
}

async function startReading(
  database: Database,
  clock: Clock,
  { readingId: id, highPriority, model, plan, mode, receivedAt }: Arrival,
  studyId: string,
  event: ReadingEvent | null,
  reason: ErrorCode | null,
  problems: readonly StoredProblem[],
): Promise<string> {
  const at = clock.now();
  const settled: Step = { at, from: null, to: nextState('new', 'settle'), event: 'settle', reason: null };
  const steps = event === null ? [settled] : [settled, { at, from: settled.to, to: nextState(settled.to, event), event, reason }];
  await insertReading(database, { id, studyId, highPriority, modelOverride: model, plan, mode, receivedAt, reason }, steps, problems);
  return id;
}
