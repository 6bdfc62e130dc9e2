import { describe, expect, it } from 'vitest';
import { insertStudy, listInstances } from '../../../src-main/store/study-table.ts';
import type { StoredStudy } from '../../../src-main/store/study-table.ts';
import type { InstanceHeader } from '../../../src-shared/domain/study.ts';
import type { EpochMs } from '../../../src-shared/domain/units.ts';
import { freshDatabase } from '../../helpers/fresh-database.ts';
import { instanceHeader, seriesFiles } from '../../helpers/instance-header.ts';

const study: StoredStudy = {
  id: 's', studyInstanceUid: '1.2.3', sourcePath: '/exam', contentHash: 'h', revision: 1, patientName: null, patientId: null, studyDate: null,
  modality: 'CT', studyDescription: null, attribution: null, ignoredCount: 0, settledAt: 0 as EpochMs,
};

describe('listInstances', () => {
  it('gives back what was stored, frames and all', async () => {
    const database = freshDatabase();
    const { imageType, imagePositionPatient, imageOrientationPatient, pixelSpacing, sliceThickness, rescaleSlope, rescaleIntercept } = instanceHeader();
    const frame = { imageType, imagePositionPatient, imageOrientationPatient, pixelSpacing, sliceThickness, rescaleSlope, rescaleIntercept, stackId: '1', temporalPositionIndex: 2 };
    const files = seriesFiles([0], { numberOfFrames: 1, frames: [frame], hasModalityLut: true, pixelPaddingRangeLimit: 7, gantryDetectorTilt: 3 });
    await insertStudy(database, study, files, []);
    expect(await listInstances(database, 's')).toEqual(files);
  });

  it('fills in what a header of an earlier version does not have', async () => {
    const database = freshDatabase();
    const files = seriesFiles([0]);
    const later: readonly (keyof InstanceHeader)[] = ['frames', 'pixelPaddingRangeLimit', 'gantryDetectorTilt', 'hasModalityLut'];
    const earlier = files.map((file) => ({ ...file, header: Object.fromEntries(Object.entries(file.header).filter(([key]) => !later.some((one) => one === key))) as unknown as InstanceHeader }));
    await insertStudy(database, study, earlier, []);
    expect(await listInstances(database, 's')).toEqual(files);
  });
});
