import { beforeAll, describe, expect, it } from 'vitest';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import { distanceMm } from '../../evaluate/truth/exam-nodules.ts';
import type { TruthSource } from '../../evaluate/truth/exam-nodules.ts';
import { findTruth } from '../../evaluate/truth/find-truth.ts';
import { assessFolder } from '../../helpers/assess-folder.ts';
import { loadVolume } from '../../helpers/load-volume.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const lidc = sharedData('dev-ct-lidc-0001');
const a0002 = sharedData('dev-ct-lungpetctdx-a0002');

async function truthOf(folder: string, volume: CtVolume, source: TruthSource | null, agreeing = 3) {
  const { seriesInstanceUid } = await assessFolder(folder);
  return findTruth({ folder, collection: null, seriesInstanceUid, volume }, { source, agreeing });
}

describe.skipIf(lidc === null)('findTruth in LIDC-IDRI-0001', () => {
  let volume: CtVolume;
  beforeAll(async () => { volume = await loadVolume(lidc ?? ''); }, 60_000);

  it('finds the one nodule that four readers outlined, and its size', async () => {
    const truth = (await truthOf(lidc ?? '', volume, null))!;
    expect(truth).toMatchObject({ source: 'lidc', nodules: [{ readers: 4, profile: 'solid', attachment: null }] });
    const [nodule] = truth.nodules;
    expect(distanceMm(nodule!.centreMm, [56.4, 86.4, -115.8])).toBeLessThan(0.2);
    // The table beside the exam: balls of equal volume of 24.1, 22.2, 22.7 and 23.5 mm.
    expect(Math.cbrt((6 * nodule!.volumeMm3!) / Math.PI)).toBeCloseTo(23.1, 0);
    expect(nodule!.diameterMm).toBeGreaterThan(24);
    expect(nodule!.diameterMm).toBeLessThan(32.8);
  });

  it('takes marks below 3 mm and what is no nodule for irrelevant', async () => {
    const { irrelevant } = (await truthOf(lidc ?? '', volume, 'lidc'))!;
    expect(irrelevant.filter(({ why }) => why === 'non-nodule')).toHaveLength(13);
    expect(irrelevant.filter(({ why }) => why === 'small')).toHaveLength(9);
    expect(irrelevant).toHaveLength(22);
  });

  it('agrees with the row of LUNA16', async () => {
    const { nodules } = (await truthOf(lidc ?? '', volume, 'luna'))!;
    expect(nodules).toHaveLength(1);
    expect(distanceMm(nodules[0]!.centreMm, [56.2, 86.3, -115.9])).toBeLessThan(0.2);
    expect(nodules[0]!.diameterMm).toBeCloseTo(23.35, 2);
  });

  it('has no truth of a kind that does not lie there', async () => {
    expect(await truthOf(lidc ?? '', volume, 'boxes')).toBeNull();
    expect(await truthOf(lidc ?? '', volume, 'csv')).toBeNull();
  });
});

describe.skipIf(a0002 === null)('findTruth in Lung-PET-CT-Dx A0002', () => {
  it('joins the boxes of eight slices to one tumour', async () => {
    const volume = await loadVolume(a0002 ?? '');
    const truth = (await truthOf(a0002 ?? '', volume, null))!;
    expect(truth).toMatchObject({ source: 'boxes', nodules: [{ volumeMm3: null }] });
    expect(truth.nodules[0]!.centreMm[2]).toBeCloseTo(204, 3);
    expect(truth.nodules[0]!.diameterMm).toBeGreaterThan(55);
  });
});
