import { outlineLungs } from '../../../src-main/imaging/lungs/outline-lungs.ts';
import type { LungMask } from '../../../src-main/imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { Series } from '../../../src-shared/domain/study.ts';
import { assessFolder } from '../../helpers/assess-folder.ts';
import { loadVolume } from '../../helpers/load-volume.ts';
import { findTruth } from '../truth/find-truth.ts';
import type { TruthWish } from '../truth/find-truth.ts';
import type { ExamNodules } from '../truth/exam-nodules.ts';
import type { ExamFolder } from './list-exams.ts';

/** An exam with its voxels, lungs and truth. */
export interface OpenExam {
  readonly label: string;
  readonly studyInstanceUid: string;
  readonly volume: CtVolume;
  readonly mask: LungMask;
  readonly truth: ExamNodules | null;
}

/**
 * Opens an exam.
 *
 * @param exam - Its folder.
 * @param wish - How its truth is read.
 * @returns Null where it holds no series that LungDesk would read, or one with a slice that cannot be decoded.
 * @throws {TruthError} for truth that cannot be read.
 */
export async function openExam({ folder, collection, label }: ExamFolder, wish: TruthWish): Promise<OpenExam | null> {
  const opened = await readSeries(folder);
  if (opened === null) return null;
  const { series, volume } = opened;
  const truth = findTruth({ folder, collection, seriesInstanceUid: series.seriesInstanceUid, volume }, wish);
  return { label, studyInstanceUid: series.slices[0]?.header.studyInstanceUid ?? '', volume, mask: outlineLungs(volume), truth };
}

async function readSeries(folder: string): Promise<{ readonly series: Series; readonly volume: CtVolume } | null> {
  try {
    return { series: await assessFolder(folder), volume: await loadVolume(folder) };
  } catch (thrown) {
    // A damaged slice, or a folder of something else; a fault of LungDesk is neither.
    if (thrown instanceof AppError || (thrown instanceof Error && thrown.message.startsWith('the folder holds no series'))) return null;
    throw thrown;
  }
}
