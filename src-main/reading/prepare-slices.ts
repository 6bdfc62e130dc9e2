import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode, Problem } from '../../src-shared/domain/errors.ts';
import type { Slice } from '../../src-shared/domain/study.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { PreparedSlice } from '../imaging/pictures/prepared-slice.ts';
import { sliceAffine } from '../imaging/volume/slice-affine.ts';
import { findLungOutline } from '../store/lung-outline-table.ts';
import { findSearch } from '../store/candidate-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { listInstances } from '../store/study-table.ts';
import { insertTiles, listTiles, markPrepared, markUnprepared } from '../store/tile-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { outlineExam } from './outline-exam.ts';
import { passingCodes } from './passing-codes.ts';
import { goneCodes, goneSlice } from './exam-volume.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { searchExam } from './search-exam.ts';

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
 * Reads the chosen series, outlines its lungs, searches them for candidates, and makes every slice of them into a picture, and a
 * gap with its reason of every slice that cannot be.
 *
 * Slices that have been read and slices whose picture is ready are left alone, so that an interrupted reading goes on
 * where it was.
 *
 * @param signal - Aborted when the reading is cancelled or LungDesk closes; what is prepared by then stays.
 * @throws {AppError} volume-too-large, database-full and other faults that have nothing to do with a slice.
 */
export async function prepareSlices(desk: ReadingDesk, reading: StoredReading, signal: AbortSignal): Promise<Preparation> {
  const { id: readingId, studyId } = reading;
  const { chosen } = assessStudy(await listInstances(desk.database, studyId));
  if (chosen === null) return { isFit: false, problems: [], gone: null };
  const { slices } = chosen;
  await insertTiles(
    desk.database,
    readingId,
    slices.map((slice, sliceIndex) => ({
      sliceIndex,
      sopInstanceUid: slice.sopInstanceUid,
      instanceNumber: slice.instanceNumber,
      positionMm: slice.positionMm,
      columns: slice.header.columns,
      rows: slice.header.rows,
      affine: sliceAffine(slice.header),
    })),
  );
  const isOutlined = (await findLungOutline(desk.database, readingId)) !== null;
  const isSearched = (await findSearch(desk.database, readingId))?.state === 'done';
  if (isOutlined && isSearched && (await tilesToPrepare(desk, readingId)).length === 0) return { isFit: true, problems: [], gone: null };
  function noteProgress(share: number): void {
    desk.progress.note(readingId, share);
    desk.changed(readingId);
  }
  try {
    return await desk.volumes.use(slices, (volume) => prepareFrom({ desk, reading, slices, volume, isOutlined, isSearched, noteProgress }, signal), {
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
  readonly slices: readonly Slice[];
  readonly volume: CtVolume;
  readonly isOutlined: boolean;
  readonly isSearched: boolean;
  readonly noteProgress: (share: number) => void;
}

async function prepareFrom(work: Work, signal: AbortSignal): Promise<Preparation> {
  const { desk, reading: { id: readingId, plan }, volume } = work;
  const lost = (await tilesToPrepare(desk, readingId)).flatMap(({ sliceIndex }) => {
    const problem = volume.slices[sliceIndex]?.problem;
    return problem === undefined || problem === null ? [] : [{ sliceIndex, problem }];
  });
  const problems = lost.map(({ problem }) => problem);
  // Where the lungs are is not told from half an exam, nor forgotten because its files went away meanwhile.
  const away = goneSlice(volume.slices)?.problem?.code ?? null;
  // A relay is sent pictures that are there already; the device has nothing but the files.
  const needsFiles = plan === 'device-only' && !work.isSearched;
  const gone = problems.find(({ code }) => goneCodes.includes(code))?.code ?? (needsFiles ? away : null);
  const mask = away === null || (gone === null && !work.isOutlined) ? await outlineExam(desk, readingId, volume, signal) : null;
  const toRead = new Set((await listTiles(desk.database, readingId)).filter(isToRead).map(({ sliceIndex }) => sliceIndex));
  for (const { sliceIndex, problem } of lost) if (toRead.has(sliceIndex)) await markUnprepared(desk.database, readingId, sliceIndex, problem.code);
  if (mask !== null) problems.push(...(await searchExam(desk, readingId, volume, mask, signal)));
  if (gone === null) problems.push(...(await makePictures(work, signal)));
  return { isFit: true, problems, gone };
}

/** Tiles that are to be read and have no picture. */
async function tilesToPrepare(desk: ReadingDesk, readingId: string): Promise<readonly StoredTile[]> {
  const wanted = (await listTiles(desk.database, readingId)).filter(isToRead);
  const isMissing = await Promise.all(wanted.map(async ({ pngSha256 }) => pngSha256 === null || (await desk.pictures.get(pngSha256)) === null));
  return wanted.filter((_, index) => isMissing[index]);
}

function isToRead({ state }: StoredTile): boolean {
  return state !== 'valid' && state !== 'outside-lungs';
}

/** Problems of slices that were decoded and still could not be made into pictures. */
async function makePictures({ desk, reading: { id: readingId }, slices, volume, noteProgress }: Work, signal: AbortSignal): Promise<readonly Problem[]> {
  const tiles = (await tilesToPrepare(desk, readingId)).filter(({ sliceIndex }) => volume.slices[sliceIndex]?.problem === null);
  const problems: Problem[] = [];
  // The first fault that is not a slice's own calls off the rest.
  const fault = new AbortController();
  const given = AbortSignal.any([signal, fault.signal]);
  let done = 0;
  async function make({ sliceIndex }: StoredTile): Promise<void> {
    const slice = slices[sliceIndex];
    if (slice === undefined || given.aborted) return;
    const problem = await makePicture(desk, readingId, { slice, sliceIndex, volume }, given);
    if (problem !== null) problems.push(problem);
    done += 1;
    noteProgress((1 + done / tiles.length) / 2);
  }
  await Promise.allSettled(tiles.map((tile) => make(tile).catch((thrown: unknown) => { fault.abort(thrown); })));
  given.throwIfAborted();
  return problems;
}

interface SliceOfVolume {
  readonly slice: Slice;
  readonly sliceIndex: number;
  readonly volume: CtVolume;
}

async function makePicture(desk: ReadingDesk, readingId: string, place: SliceOfVolume, signal: AbortSignal): Promise<Problem | null> {
  const { sliceIndex, slice: { sopInstanceUid } } = place;
  let picture: PreparedSlice;
  try {
    picture = await pictureOf(desk, place, signal);
  } catch (thrown) {
    if (signal.aborted || (thrown instanceof AppError && passingCodes.includes(thrown.code))) throw thrown;
    const { code, message } = problemOf(thrown);
    await markUnprepared(desk.database, readingId, sliceIndex, code);
    return { code, message, sopInstanceUid };
  }
  await desk.pictures.put(picture.sha256, picture.png);
  await markPrepared(desk.database, readingId, sliceIndex, { ...picture, pngSha256: picture.sha256 });
  return null;
}

/** The grey levels of fractional CT numbers are those of the file: a volume holds whole ones. */
function pictureOf({ pool }: ReadingDesk, { slice, sliceIndex, volume }: SliceOfVolume, signal: AbortSignal): Promise<PreparedSlice> {
  const { rescaleSlope, rescaleIntercept, hasModalityLut } = slice.header;
  if (!hasModalityLut && !(Number.isInteger(rescaleSlope) && Number.isInteger(rescaleIntercept))) return pool.run('prepare', slice, signal);
  const { columns, rows, voxels } = volume;
  return pool.run('picture', { columns, rows, voxels, sliceIndex, sopInstanceUid: slice.sopInstanceUid, affine: sliceAffine(slice.header) }, signal);
}
