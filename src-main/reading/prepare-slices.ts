import { problemOf } from '../../src-shared/domain/errors.ts';
import type { Problem } from '../../src-shared/domain/errors.ts';
import type { Slice } from '../../src-shared/domain/study.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import { sliceAffine } from '../imaging/slice-affine.ts';
import { listInstances } from '../store/study-table.ts';
import { insertTiles, listTiles, markPrepared, markUnprepared } from '../store/tile-table.ts';
import type { ReadingDesk } from './reading-desk.ts';

/**
 * Makes every slice of the chosen series into a picture, and a gap with its reason of every slice that cannot be.
 *
 * Slices whose picture is ready are left alone, so that an interrupted reading goes on where it was.
 *
 * @param signal - Aborted when the reading is cancelled or LungDesk closes; what is prepared by then stays.
 * @returns Problems met, one per slice that could not be prepared; null when no series is fit to read.
 */
export async function prepareSlices(
  desk: ReadingDesk,
  readingId: string,
  studyId: string,
  signal: AbortSignal,
): Promise<readonly Problem[] | null> {
  const { chosen } = assessStudy(await listInstances(desk.database, studyId));
  if (chosen === null) return null;
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
  const waiting = (await listTiles(desk.database, readingId)).filter((tile) => tile.pngSha256 === null);
  const problems: Problem[] = [];
  await Promise.all(
    waiting.map(async ({ sliceIndex }) => {
      const slice = chosen.slices[sliceIndex];
      if (slice === undefined || signal.aborted) return;
      const problem = await prepareSlice(desk, readingId, sliceIndex, slice, signal);
      if (problem !== null) problems.push(problem);
      desk.changed(readingId);
    }),
  );
  signal.throwIfAborted();
  return problems;
}

async function prepareSlice(
  desk: ReadingDesk,
  readingId: string,
  sliceIndex: number,
  slice: Slice,
  signal: AbortSignal,
): Promise<Problem | null> {
  try {
    const picture = await desk.pool.prepare(slice, signal);
    await desk.pictures.put(picture.sha256, picture.png);
    await markPrepared(desk.database, readingId, sliceIndex, { ...picture, pngSha256: picture.sha256 });
    return null;
  } catch (thrown) {
    if (signal.aborted) return null;
    const { code, message } = problemOf(thrown);
    await markUnprepared(desk.database, readingId, sliceIndex, code);
    return { code, message, sopInstanceUid: slice.sopInstanceUid };
  }
}
