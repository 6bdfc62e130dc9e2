import { existsSync } from 'node:fs';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { SettledStudy } from '../../src-shared/domain/study.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import { admit } from '../intake/admission.ts';
import { contentHash } from '../intake/content-hash.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../store/open-database.ts';
import { insertReading, listReadings } from '../store/reading-table.ts';
import type { Step, StoredProblem } from '../store/reading-table.ts';
import { findKnownStudies, insertStudy, listInstances, moveStudy } from '../store/study-table.ts';
import { nextState } from './reading-state.ts';
import type { ReadingEvent } from './reading-state.ts';

/** How an exam came in. */
export interface Arrival {
  /** Id that the reading gets if it is a new one. */
  readonly readingId: string;
  readonly study: SettledStudy;
  /** A person named this folder and wants it read as it is; a watched folder asks first when slices come late. */
  readonly asked: boolean;
  readonly highPriority: boolean;
  readonly model: string | null;
  readonly attribution: string | null;
  readonly receivedAt: EpochMs;
}

/** The reading that an exam leads to. */
export interface AdmittedReading {
  readonly readingId: string;
  readonly kind: 'new' | 'known';
}

/** Problems of an exam's files that do not take a slice away from it. */
const harmless: readonly ErrorCode[] = ['pixel-data-missing', 'file-not-dicom'];

/**
 * Takes in a settled exam: a new reading, the reading it already has, or a question to a person.
 *
 * The same content is never read twice; a copy of it elsewhere is told apart and refers to the first reading.
 */
export async function admitStudy(database: Database, clock: Clock, arrival: Arrival): Promise<AdmittedReading> {
  const { study, asked } = arrival;
  const known = await findKnownStudies(database, study.studyInstanceUid);
  const hash = contentHash(study.files);
  const identical = known.filter((one) => one.contentHash === hash);
  const revision = Math.max(0, ...known.map((one) => one.revision)) + 1;
  for (const { studyId, sourcePath, revision: readRevision } of identical) {
    const reading = await findOwnReading(database, studyId, null);
    if (reading === null) continue;
    await followMove(database, studyId, study);
    if (asked) return readAsked(database, clock, arrival, studyId);
    if (sourcePath === study.sourcePath || (await isRecognised(database, identical, study.sourcePath))) {
      return { readingId: reading, kind: 'known' };
    }
    return { readingId: await insertNew(database, clock, arrival, hash, readRevision, 'recognise', 'already-read'), kind: 'new' };
  }
  const admission = asked ? ({ kind: 'new' } as const) : admit(study, known);
  if (admission.kind === 'new') return { readingId: await insertNew(database, clock, arrival, hash, revision, null, null), kind: 'new' };
  if (admission.kind === 'revision') {
    const reason = admission.sameUidOtherPixels > 0 ? 'same-uid-other-pixels' : 'late-slices';
    return { readingId: await insertNew(database, clock, arrival, hash, revision, 'ask', reason), kind: 'new' };
  }
  // Part of an exam that was read whole: nothing to read, and nothing to say about it in its own place.
  const reading = await findOwnReading(database, admission.studyId, null);
  if (reading !== null && admission.kind === 'known') return { readingId: reading, kind: 'known' };
  return { readingId: await insertNew(database, clock, arrival, hash, revision, 'recognise', 'already-read'), kind: 'new' };
}

/** A person asks for an exam that is there already: its reading, or a new one where another model is asked for. */
async function readAsked(database: Database, clock: Clock, arrival: Arrival, studyId: string): Promise<AdmittedReading> {
  const reading = await findOwnReading(database, studyId, arrival.model);
  if (reading !== null) return { readingId: reading, kind: 'known' };
  return { readingId: await startReading(database, clock, arrival, studyId, null, null, []), kind: 'new' };
}

async function isRecognised(
  database: Database,
  identical: readonly { readonly studyId: string; readonly sourcePath: string }[],
  sourcePath: string,
): Promise<boolean> {
  const here = identical.filter((one) => one.sourcePath === sourcePath);
  const readings = await Promise.all(here.map((one) => listReadings(database, { studyId: one.studyId })));
  return readings.some((own) => own.length > 0);
}

/** The exam was moved rather than copied: its slices are looked for where they are now. */
async function followMove(database: Database, studyId: string, study: SettledStudy): Promise<void> {
  const [first] = await listInstances(database, studyId);
  if (first !== undefined && !existsSync(first.path)) await moveStudy(database, studyId, study.sourcePath, study.files);
}

/** Newest reading of a study that was not merely recognised; with a model named, one made with that model. */
async function findOwnReading(database: Database, studyId: string, model: string | null): Promise<string | null> {
  const readings = await listReadings(database, { studyId });
  const match = readings.find(
    (reading) =>
      reading.reason !== 'already-read' && (model === null || reading.modelOverride === model || reading.modelRequested === model),
  );
  return match?.id ?? null;
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
  await insertStudy(
    database,
    {
      id: studyId,
      studyInstanceUid: study.studyInstanceUid,
      sourcePath: study.sourcePath,
      contentHash: hash,
      revision,
      patientName: header?.patientName ?? null,
      patientId: header?.patientId ?? null,
      studyDate: header?.studyDate ?? null,
      studyDescription: header?.studyDescription ?? header?.seriesDescription ?? null,
      attribution: arrival.attribution,
      ignoredCount: study.ignoredCount,
      settledAt: study.settledAt,
    },
    study.files,
    series.map((one) => ({ ...one, chosen: one.seriesInstanceUid === chosen?.seriesInstanceUid })),
  );
  const problems: readonly StoredProblem[] = [
    ...study.problems.map((problem) => ({ ...problem, lostSlice: !harmless.includes(problem.code) })),
    ...(chosen?.problems ?? []).map((problem) => ({ ...problem, lostSlice: false })),
  ];
  return startReading(database, clock, arrival, studyId, event, reason, problems);
}

async function startReading(
  database: Database,
  clock: Clock,
  { readingId: id, highPriority, model, receivedAt }: Arrival,
  studyId: string,
  event: ReadingEvent | null,
  reason: ErrorCode | null,
  problems: readonly StoredProblem[],
): Promise<string> {
  const at = clock.now();
  const settled: Step = { at, from: null, to: nextState('new', 'settle'), event: 'settle', reason: null };
  const steps = event === null ? [settled] : [settled, { at, from: settled.to, to: nextState(settled.to, event), event, reason }];
  await insertReading(database, { id, studyId, highPriority, modelOverride: model, receivedAt, reason }, steps, problems);
  return id;
}
