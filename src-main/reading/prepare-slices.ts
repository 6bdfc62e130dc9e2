import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode, Problem } from '../../src-shared/domain/errors.ts';
import type { Slice } from '../../src-shared/domain/study.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import type { PreparedSlice } from '../imaging/prepared-slice.ts';
import { sliceAffine } from '../imaging/slice-affine.ts';
import { listInstances } from '../store/study-table.ts';
import { insertTiles, listTiles, markPrepared, markUnprepared } from '../store/tile-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import type { ReadingDesk } from './reading-desk.ts';

/** How preparing ended. */
export interface Preparation {
  /** False when no series of the exam is fit to read. */
  readonly isFit: boolean;
  /** One per slice that could not be prepared. */
  readonly problems: readonly Problem[];
  /** Set when files are gone or are not those that were inspected: a folder was taken away, nothing is to be sent. */
  readonly gone: ErrorCode | null;
}

/** Faults of the place the files lie in, not of a slice. */
const goneCodes: readonly ErrorCode[] = ['file-unreadable', 'file-changed'];
/** Faults of this machine that pass: the slice is prepared another time. */
const passingCodes: readonly ErrorCode[] = ['imaging-busy', 'cancelled'];

/**
 * Makes every slice of the chosen series into a picture, and a gap with its reason of every slice that cannot be.
 *
 * Slices that have been read and slices whose picture is ready are left alone, so that an interrupted reading goes on
 * where it was.
 *
 * @param signal - Aborted when the reading is cancelled or LungDesk closes; what is prepared by then stays.
 * @throws {AppError} database-full and other faults that have nothing to do with a slice.
 */
export async function prepareSlices(desk: ReadingDesk, readingId: string, studyId: string, signal: AbortSignal): Promise<Preparation> {
  const { chosen } = assessStudy(await listInstances(desk.database, studyId));
  if (chosen === null) return { isFit: false, problems: [], gone: null };
  await insertTiles(
    desk.database,
    readingId,
    chosen.slices.map((slice, sliceIndex) => ({
      sliceIndex,
      sopInstanceUid: slice.sopInstanceUid,
      instanceNumber: slice.instanceNumber,
      positionMm: slice.positionMm,
      columns: slice.header.columns,
      rows: slice.header.rows,
      affine: sliceAffine(slice.header),
    })),
  );
  const problems: Problem[] = [];
  // The first fault that is not a slice's own calls off the rest.
  const fault = new AbortController();
  const given = AbortSignal.any([signal, fault.signal]);
  async function prepare(tile: StoredTile): Promise<void> {
    const slice = chosen?.slices[tile.sliceIndex];
    if (slice === undefined || given.aborted || !(await needsPicture(desk, tile))) return;
    const problem = await prepareSlice(desk, readingId, tile.sliceIndex, slice, given);
    if (problem !== null) problems.push(problem);
    desk.changed(readingId);
  }
  const tiles = await listTiles(desk.database, readingId);
  await Promise.allSettled(tiles.map((tile) => prepare(tile).catch((thrown: unknown) => { fault.abort(thrown); })));
  given.throwIfAborted();
  return { isFit: true, problems, gone: problems.find(({ code }) => goneCodes.includes(code))?.code ?? null };
}

async function needsPicture(desk: ReadingDesk, { state, pngSha256 }: StoredTile): Promise<boolean> {
  if (state === 'valid') return false;
  return pngSha256 === null || (await desk.pictures.get(pngSha256)) === null;
}

async function prepareSlice(desk: ReadingDesk, readingId: string, sliceIndex: number, slice: Slice, signal: AbortSignal): Promise<Problem | null> {
  let picture: PreparedSlice;
  try {
    picture = await desk.pool.prepare(slice, signal);
  } catch (thrown) {
    if (signal.aborted || (thrown instanceof AppError && passingCodes.includes(thrown.code))) throw thrown;
    const { code, message } = problemOf(thrown);
    await markUnprepared(desk.database, readingId, sliceIndex, code);
    return { code, message, sopInstanceUid: slice.sopInstanceUid };
  }
  await desk.pictures.put(picture.sha256, picture.png);
  await markPrepared(desk.database, readingId, sliceIndex, { ...picture, pngSha256: picture.sha256 });
  return null;
}
