import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { decodeInstanceFrame, readInstance } from '../../../src-main/dicom/read-instance.ts';
import { collectFolder } from '../../../src-main/intake/collect-folder.ts';
import { sampleExamAttribution, sampleExamFolder, sampleExamStudyInstanceUid } from '../../../src-main/intake/sample-exam.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const listed = readFileSync(join(sampleExamFolder(), '..', 'pixels.csv'), 'utf8').trim().split('\n').slice(1)
  .map((line) => line.split(','))
  .map(([file = '', zMm = '', md5 = '']) => ({ path: join(sampleExamFolder(), '..', file), zMm: Number(zMm), md5 }));

describe('sample exam', () => {
  it('is one chest CT series of 32 slices without a gap, small enough to ship', async () => {
    const studies = await collectFolder(sampleExamFolder(), inspectFile, manualClock());
    expect(studies).toMatchObject([{ studyInstanceUid: sampleExamStudyInstanceUid, problems: [], ignoredCount: 0 }]);
    const positions = (studies[0]?.files ?? []).map(({ header }) => header.imagePositionPatient?.[2] ?? Number.NaN).sort((a, b) => a - b);
    expect(positions).toEqual(Array.from({ length: 32 }, (_, index) => -155 + 2.5 * index));
    expect(new Set(studies[0]?.files.map(({ header }) => header.seriesInstanceUid)).size).toBe(1);
    const sizeBytes = readdirSync(sampleExamFolder()).reduce((sum, name) => sum + statSync(join(sampleExamFolder(), name)).size, 0);
    expect(sizeBytes).toBeLessThan(6_000_000);
  });

  it('has the pixels of its source, value for value', async () => {
    expect(listed).toHaveLength(32);
    for (const { path, md5, zMm } of listed) {
      const inspection = await inspectFile(path);
      if (inspection.kind !== 'instance') throw new Error('not an instance');
      const { header } = inspection.file;
      expect(header.imagePositionPatient?.[2]).toBe(zMm);
      const instance = await readInstance(path, inspection.file);
      expect(createHash('md5').update(await decodeInstanceFrame(instance, 0)).digest('hex')).toBe(md5);
    }
  });

  it('lists the hashes that the data set lists', (context) => {
    const lidc = sharedData('dev-ct-lidc-0001');
    if (lidc === null) {
      context.skip();
      return;
    }
    const expected = readFileSync(join(lidc, 'expected_pixels.csv'), 'utf8').split(/\r?\n/).slice(1).map((line) => line.split(','))
      .map(([, , , zMm, , md5]) => ({ zMm: Number(zMm), md5 })).filter(({ zMm }) => zMm >= -155 && zMm <= -77.5);
    expect(listed.map(({ zMm, md5 }) => ({ zMm, md5 }))).toEqual(expected);
  });

  it('names its source, its licence and what was changed', () => {
    const text = readFileSync(join(sampleExamFolder(), '..', 'ATTRIBUTION.txt'), 'utf8');
    for (const phrase of ['LIDC-IDRI-0001', 'CC BY 3.0', '10.7937/K9/TCIA.2015.LO9QL9SX', 'What was changed', '26(6):1045-1057']) {
      expect(text).toContain(phrase);
    }
    expect(sampleExamAttribution).toMatch(/LIDC-IDRI-0001.*CC BY 3\.0/);
  });
});
