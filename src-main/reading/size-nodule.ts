import { AppError } from '../../src-shared/domain/errors.ts';
import { pixelToPatient } from '../../src-shared/domain/image-affine.ts';
import type { SizedPlace } from '../../src-shared/domain/views.ts';
import { findSlice } from '../store/slice-table.ts';
import { goneSlice, useExam } from './exam-volume.ts';
import type { ExamDesk } from './exam-volume.ts';
import { reload } from './reading-desk.ts';

/** A place in pixels of a slice of the read series; pixel centres at whole numbers. */
export interface PlaceOnSlice {
  readonly sliceIndex: number;
  readonly column: number;
  readonly row: number;
}

/**
 * Measures the nodule at a place that a reader points at; that nothing can be measured there is a result.
 *
 * @throws {AppError} reading-not-found; request-invalid for a place outside of the exam; file-unreadable or file-changed when files
 *   of the exam are gone or are not those that were read; what building its volume throws.
 */
export async function sizeNodule(desk: ExamDesk, readingId: string, { sliceIndex, column, row }: PlaceOnSlice): Promise<SizedPlace> {
  const reading = await reload(desk.database, readingId);
  const slice = await findSlice(desk.database, readingId, sliceIndex);
  if (slice === null || column > slice.columns - 0.5 || row > slice.rows - 0.5) throw new AppError('request-invalid', 'the exam has no such place');
  const pointMm = pixelToPatient(slice.affine, column, row);
  const sized = await useExam(desk, reading, async (volume, mask) => {
    const problem = goneSlice(volume.slices)?.problem ?? null;
    if (problem !== null) throw new AppError(problem.code, problem.message, { retryable: true });
    const { sizing, place } = await desk.pool.run('size-nodule', { volume, mask, pointMm });
    return { sizing, place };
  });
  if (sized === null) throw new AppError('no-series-fit', 'no series of this exam can be measured');
  return sized;
}
