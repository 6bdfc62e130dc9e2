import { AppError } from '../../src-shared/domain/errors.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { CropPictures } from '../imaging/pictures/crop-pictures.ts';
import { listCandidates, markCropped } from '../store/candidate-table.ts';
import type { StoredCandidate } from '../store/candidate-table.ts';
import { passingCodes } from './passing-codes.ts';
import type { ReadingDesk } from './reading-desk.ts';

/** What each picture of a candidate shows of the patient, mm along each edge. */
export const cropFieldMm = 50;
/** Columns and rows of a candidate's picture. */
const cropPixels = 192;
/** Candidates per job: few enough that all threads have work. */
const perJob = 5;

/**
 * Makes the pictures of a reading's candidates that have none yet.
 *
 * A candidate whose pictures cannot be made goes without them.
 *
 * @param volume - That was searched.
 * @throws {AppError} database-full, and other faults of this machine that pass.
 */
export async function cropCandidates(
  desk: Pick<ReadingDesk, 'database' | 'pool' | 'pictures' | 'changed'>, readingId: string, volume: CtVolume, signal: AbortSignal,
): Promise<void> {
  const bare = (await listCandidates(desk.database, readingId)).filter(({ crops }) => crops === null);
  if (bare.length === 0) return;
  const jobs = Array.from({ length: Math.ceil(bare.length / perJob) }, (_, index) => bare.slice(index * perJob, (index + 1) * perJob));
  const made = await Promise.all(jobs.map((some) => cropSome(desk, volume, some, signal)));
  for (const [index, some] of jobs.entries()) {
    for (const [place, { candidate }] of some.entries()) {
      const pictures = made[index]?.[place];
      if (pictures === undefined) continue;
      const { axial, coronal, sagittal } = pictures;
      for (const { sha256, png } of [axial, coronal, sagittal]) await desk.pictures.put(sha256, png);
      await markCropped(desk.database, readingId, candidate.rank, { axial: axial.sha256, coronal: coronal.sha256, sagittal: sagittal.sha256 });
    }
  }
  desk.changed(readingId);
}

async function cropSome(
  { pool }: Pick<ReadingDesk, 'pool'>, volume: CtVolume, some: readonly StoredCandidate[], signal: AbortSignal,
): Promise<readonly CropPictures[]> {
  const centres = some.map(({ candidate }) => candidate.centreMm);
  try {
    return await pool.run('candidate-pictures', { volume, centres, fieldMm: cropFieldMm, pixels: cropPixels }, signal);
  } catch (thrown) {
    if (signal.aborted || (thrown instanceof AppError && passingCodes.includes(thrown.code))) throw thrown;
    // Candidates without pictures are still candidates.
    return [];
  }
}
