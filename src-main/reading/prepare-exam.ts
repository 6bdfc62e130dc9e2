import type { ErrorCode, Problem } from '../../src-shared/domain/errors.ts';
import type { Slice } from '../../src-shared/domain/study.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import { bodyMidlineMm } from '../imaging/lungs/body-midline.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { sliceVoxels } from '../imaging/volume/ct-volume.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import { sliceAffine } from '../imaging/volume/slice-affine.ts';
import { findSearch } from '../store/candidate-table.ts';
import { findLungOutline } from '../store/lung-outline-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { insertSlices, listSlices, markFound, markLost, markMidline, markSearched } from '../store/slice-table.ts';
import { listInstances } from '../store/study-table.ts';
import { goneSlice } from './exam-volume.ts';
import { outlineExam } from './outline-exam.ts';
import { leftToPlan, partToPlan } from './left-to-plan.ts';
import { planExam } from './plan-exam.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { searchExam } from './search-exam.ts';
import { partSearched } from './searched-slices.ts';

/** How preparing ended. */
export interface Preparation {
  /** False when no series of the exam is fit to read. */
  readonly isFit: boolean;
  /** One per slice that could not be prepared. */
  readonly problems: readonly Problem[];
  /** Set when files are gone or are not those that were inspected: a folder was taken away, nothing is to be sent. */
  readonly gone: ErrorCode | null;
}

/**
 * Reads the chosen series, outlines its lungs, searches them for candidates and, where a relay is to read it, plans and draws what
 * will be sent.
 *
 * Slices that have been read and requests that wait are left alone, so that an interrupted reading goes on where it was; the files
 * are not looked at again where nothing is left to prepare.
 *
 * @param signal - Aborted when the reading is cancelled or LungDesk closes; what is prepared by then stays.
 * @throws {AppError} volume-too-large, database-full and other faults that have nothing to do with a slice.
 */
export async function prepareExam(desk: ReadingDesk, reading: StoredReading, signal: AbortSignal): Promise<Preparation> {
  const { id: readingId, studyId } = reading;
  const { chosen } = assessStudy(await listInstances(desk.database, studyId));
  if (chosen === null) return { isFit: false, problems: [], gone: null };
  const { slices } = chosen;
  await insertSlices(desk.database, readingId, slices.map(placed));
  const isOutlined = (await findLungOutline(desk.database, readingId)) !== null;
  const isSearched = (await findSearch(desk.database, readingId))?.state === 'done';
  const hasLost = (await listSlices(desk.database, readingId)).some(({ isLost }) => isLost);
  if (isOutlined && isSearched && !hasLost && !(await isAnythingToPlan(desk, reading))) {
    await noteSearched(desk, reading);
    return { isFit: true, problems: [], gone: null };
  }
  function noteProgress(share: number): void {
    desk.progress.note(readingId, share);
    desk.changed(readingId);
  }
  try {
    return await desk.volumes.use(slices, (volume) => prepareFrom({ desk, reading, volume, isOutlined, isSearched, noteProgress }, signal), {
      signal,
      onSlice: (done) => { noteProgress(done / slices.length / 2); },
    });
  } finally {
    desk.progress.end(readingId);
  }
}

interface Work {
  readonly desk: ReadingDesk;
  readonly reading: StoredReading;
  readonly volume: CtVolume;
  readonly isOutlined: boolean;
  readonly isSearched: boolean;
  readonly noteProgress: (share: number) => void;
}

async function prepareFrom(work: Work, signal: AbortSignal): Promise<Preparation> {
  const { desk, reading, volume } = work;
  const { id: readingId, plan } = reading;
  const unread = new Set((await listSlices(desk.database, readingId)).filter(({ state }) => state !== 'valid' && state !== 'outside-lungs').map(({ sliceIndex }) => sliceIndex));
  const lost = [...volume.slices.entries()].flatMap(([sliceIndex, { problem }]) => (problem === null || !unread.has(sliceIndex) ? [] : [{ sliceIndex, problem }]));
  const problems: Problem[] = lost.map(({ problem }) => problem);
  // Where the lungs are is not told from half an exam, nor forgotten because its files went away meanwhile.
  const away = goneSlice(volume.slices)?.problem?.code ?? null;
  const searchReads = plan === 'device-only' || reading.mode === 'verify';
  const needsFiles = (searchReads && !work.isSearched) || (await isAnythingToPlan(desk, reading));
  const gone = needsFiles ? away : null;
  const mask = away === null || (gone === null && !work.isOutlined) ? await outline(work, signal) : null;
  await noteLost(desk, readingId, volume, lost);
  if (mask === null) return { isFit: true, problems, gone };
  problems.push(...(await searchExam(desk, readingId, volume, mask, signal)));
  await noteSearched(desk, reading);
  if (gone === null && plan === 'relay') await planExam(desk, reading, [0, 1], { volume, mask, onDrawn: (share) => { work.noteProgress((1 + share) / 2); } }, signal);
  return { isFit: true, problems, gone };
}

/** By what is known before the exam is searched. */
async function isAnythingToPlan(desk: ReadingDesk, reading: StoredReading): Promise<boolean> {
  return reading.plan === 'relay' && (await leftToPlan(desk, reading, 0, await partToPlan(desk, reading.id))).isAnything;
}

/** What is verified was found by the device, which has searched all the rest. */
async function noteSearched({ database }: ReadingDesk, { id, plan, mode }: StoredReading): Promise<void> {
  if (plan === 'relay' && mode === 'verify') await markSearched(database, id, partSearched(await listSlices(database, id), await findSearch(database, id)));
}

async function outline({ desk, reading: { id }, volume }: Work, signal: AbortSignal): Promise<LungMask> {
  const mask = await outlineExam(desk, id, volume, signal);
  if (mask.kind === 'lungs') return mask;
  // Where no lungs tell left from right, the middle of the body does.
  for (const [sliceIndex, { affine, problem }] of volume.slices.entries()) {
    if (problem !== null) continue;
    const voxels = sliceVoxels(volume, sliceIndex);
    const midline = bodyMidlineMm({ columns: volume.columns, rows: volume.rows, hounsfieldAt: (index) => voxels[index] ?? 0 }, affine);
    if (midline !== null) await markMidline(desk.database, id, sliceIndex, midline);
  }
  return mask;
}

/** Slices without voxels are gaps; those that have some since a damaged file was replaced are to be read. */
async function noteLost(
  { database }: ReadingDesk, readingId: string, { slices }: CtVolume, lost: readonly { readonly sliceIndex: number; readonly problem: Problem }[],
): Promise<void> {
  const toRead = new Set((await listSlices(database, readingId)).filter(({ state }) => state !== 'valid' && state !== 'outside-lungs').map(({ sliceIndex }) => sliceIndex));
  for (const { sliceIndex, problem } of lost) if (toRead.has(sliceIndex)) await markLost(database, readingId, sliceIndex, problem.code);
  await markFound(database, readingId, [...slices.keys()].filter((index) => slices[index]?.problem === null));
}

function placed(slice: Slice, sliceIndex: number): Parameters<typeof insertSlices>[2][number] {
  const { sopInstanceUid, instanceNumber, positionMm, header } = slice;
  return { sliceIndex, sopInstanceUid, instanceNumber, positionMm, columns: header.columns, rows: header.rows, affine: sliceAffine(header) };
}

