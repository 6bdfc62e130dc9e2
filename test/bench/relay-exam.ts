import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assessStudy } from '../../src-main/dicom/assess-study.ts';
import { lungRegions } from '../../src-main/imaging/pictures/lung-regions.ts';
import type { LungRegions } from '../../src-main/imaging/pictures/lung-regions.ts';
import type { CandidateToVerify, ExamGeometry } from '../../src-main/reading/plan/plan-input.ts';
import { buildVolume } from '../../src-main/workers/build-volume.ts';
import { findCandidates } from '../../src-main/workers/find-candidates.ts';
import { createImagingPool } from '../../src-main/workers/imaging-pool.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';

/** An exam as the planner gets it. */
export interface ExamToPlan {
  readonly exam: ExamGeometry;
  readonly regions: LungRegions;
  readonly candidates: readonly CandidateToVerify[];
}

/**
 * Reads an exam, outlines its lungs and looks for candidates, as the workstation does it.
 *
 * @param folder - Holding the files of one series.
 */
export async function examToPlan(folder: string): Promise<ExamToPlan> {
  const pool = createImagingPool();
  try {
    const inspections = await Promise.all(readdirSync(folder).map((name) => pool.run('inspect', join(folder, name))));
    const slices = assessStudy(inspections.flatMap((one) => (one.kind === 'instance' ? [one.file] : []))).chosen?.slices ?? [];
    const volume = await buildVolume(pool, slices);
    const mask = await pool.run('outline-lungs', volume);
    const { candidates } = await findCandidates(pool, volume, mask, { count: defaultSettings.candidatesPerExam });
    const { columns, rows, spacingMm } = volume;
    return {
      exam: { columns, rows, spacingMm, slices: volume.slices },
      regions: lungRegions(mask, volume),
      candidates: candidates.map(({ rank, centreMm, size, blobMm }) => ({ rank, centreMm, diameterMm: size.kind === 'nodule' ? size.axes.meanTenths / 10 : blobMm })),
    };
  } finally {
    await pool.close();
  }
}
