import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import type { CtVolume, VolumeSlice } from '../imaging/volume/ct-volume.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { listInstances } from '../store/study-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { findMask } from './stored-mask.ts';

/** Faults of the place the files lie in, not of a slice. */
export const goneCodes: readonly ErrorCode[] = ['file-unreadable', 'file-changed'];

/** The first slice whose file is gone or is not the one that was inspected; undefined when all are there. */
export function goneSlice(slices: readonly VolumeSlice[]): VolumeSlice | undefined {
  return slices.find(({ problem }) => problem !== null && goneCodes.includes(problem.code));
}

/** What working with an exam needs. */
export type ExamDesk = Pick<ReadingDesk, 'database' | 'pool' | 'volumes'>;

/**
 * Runs work with the volume of a reading's exam and the outline of its lungs; those of an exam that was never outlined are outlined.
 *
 * @param work - Must not keep the volume beyond its end, nor ask for another one.
 * @returns What work gives; null without a series to read. Rejects as VolumeStore.use does.
 */
export async function useExam<Result>(
  desk: ExamDesk, { id, studyId }: Pick<StoredReading, 'id' | 'studyId'>, work: (volume: CtVolume, mask: LungMask) => Promise<Result>,
): Promise<Result | null> {
  const { chosen } = assessStudy(await listInstances(desk.database, studyId));
  if (chosen === null) return null;
  return desk.volumes.use(chosen.slices, async (volume) => {
    const mask = (await findMask(desk.database, id, volume.slices.length)) ?? (await desk.pool.run('outline-lungs', volume));
    return work(volume, mask);
  });
}
