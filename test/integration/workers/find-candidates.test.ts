import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findCandidates } from '../../../src-main/workers/find-candidates.ts';
import { createImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import type { ImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import type { LungMask } from '../../../src-main/imaging/lungs/lung-mask.ts';
import { outlineLungs } from '../../../src-main/imaging/lungs/outline-lungs.ts';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import type { NoduleCandidate } from '../../../src-shared/domain/candidate.ts';
import { scoreTerms } from '../../../src-shared/domain/candidate.ts';
import { lungPhantom } from '../../helpers/lung-phantom.ts';
import { loadVolume } from '../../helpers/load-volume.ts';
import { sharedData } from '../../helpers/shared-data.ts';

/** One in the right lung, one on the left lung's wall. */
const balls = [{ centre: [-95, 30, 150] as const, radiusMm: 7, hu: 40 }, { centre: [136, 5, 140] as const, radiusMm: 9, hu: 40 }];
const chest = lungPhantom({ balls, noiseHu: 15 });
const mask = outlineLungs(chest.volume);

function pool(size: number): ImagingPool {
  const created = createImagingPool({ size });
  onTestFinished(() => created.close());
  return created;
}

function near(candidates: readonly NoduleCandidate[], [x, y, z]: readonly [number, number, number], withinMm: number): NoduleCandidate | undefined {
  return candidates.find(({ centreMm }) => Math.hypot(centreMm[0] - x, centreMm[1] - y, centreMm[2] - z) <= withinMm);
}

describe('findCandidates', () => {
  it('finds, measures and locates nodules in both lungs', async () => {
    const shares: number[] = [];
    const { candidates, search } = await findCandidates(pool(2), chest.volume, mask, { count: 40, onProgress: (share) => shares.push(share) });
    const [free, onWall] = [near(candidates, balls[0]!.centre, 5), near(candidates, balls[1]!.centre, 9)];
    expect(free).toMatchObject({ side: 'right', attachment: 'isolated', size: { kind: 'nodule', profile: 'solid' } });
    expect(free?.size.kind === 'nodule' ? free.size.axes.meanTenths : 0).toBeGreaterThan(120);
    expect(free?.size.kind === 'nodule' ? free.size.axes.meanTenths : 0).toBeLessThan(160);
    expect(onWall).toMatchObject({ side: 'left', attachment: 'juxtapleural' });
    expect(candidates.map(({ rank }) => rank)).toEqual(candidates.map((_, index) => index + 1));
    expect(candidates.map(({ score }) => score)).toEqual(candidates.map(({ score }) => score).toSorted((a, b) => b - a));
    for (const { terms, score, fromSliceIndex, sliceIndex, toSliceIndex, sopInstanceUid } of candidates) {
      expect(terms.map(({ name }) => name)).toEqual(scoreTerms);
      expect(terms.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 9);
      expect(fromSliceIndex).toBeLessThanOrEqual(sliceIndex);
      expect(toSliceIndex).toBeGreaterThanOrEqual(sliceIndex);
      expect(sopInstanceUid).toBe(chest.volume.slices[sliceIndex]?.sopInstanceUid);
    }
    expect(shares.at(-1)).toBeCloseTo(1, 9);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(search).toMatchObject({ spacingNote: null });
    expect(search.searchedSlices).toBeGreaterThan(75);
    expect(search.foundCount).toBeGreaterThanOrEqual(candidates.length);
  });

  it.skipIf(sharedData('dev-ct-lidc-0001') === null)('lists a large nodule that answers at several places once, and fills the list', async () => {
    const volume = await loadVolume(sharedData('dev-ct-lidc-0001') ?? '');
    const { candidates } = await findCandidates(pool(2), volume, outlineLungs(volume), { count: 40 });
    const within = candidates.filter(({ centreMm: [x, y, z] }) => Math.hypot(x - 56.4, y - 86.4, z + 115.8) < 3);
    expect(within.map(({ rank }) => rank)).toEqual([1]);
    expect(candidates.length).toBe(40);
  });

  it('gives the same list on one thread and on two, and each time', async () => {
    const [one, two, again] = await Promise.all([pool(1), pool(2), pool(2)].map((workers) => findCandidates(workers, chest.volume, mask, { count: 30 })));
    expect(two).toEqual(one);
    expect(again).toEqual(one);
  });

  it('keeps the best of more when fewer are asked for', async () => {
    const workers = pool(2);
    const [few, many] = [await findCandidates(workers, chest.volume, mask, { count: 3 }), await findCandidates(workers, chest.volume, mask, { count: 40 })];
    expect(few.candidates.length).toBe(3);
    expect(few.candidates).toEqual(many.candidates.slice(0, 3));
    expect(few.search.foundCount).toBe(many.search.foundCount);
  });

  it('does not count slices that could not be decoded as searched', async () => {
    const lost = lungPhantom({ balls, lostSlices: [40, 41, 42] });
    const whole = await findCandidates(pool(2), chest.volume, mask, { count: 30 });
    const { search } = await findCandidates(pool(2), lost.volume, outlineLungs(lost.volume), { count: 30 });
    expect(whole.search.searchedSlices - search.searchedSlices).toBe(3);
  });

  it('finds nothing to be afraid of in the halves of a body without lungs', async () => {
    const { volume } = lungPhantom({ hasNoLungs: true });
    const body = outlineLungs(volume);
    expect(body.kind).toBe('body');
    const { candidates } = await findCandidates(pool(2), volume, body, { count: 30 });
    for (const { side, lobe, distanceToFissureMm } of candidates) expect({ side, lobe, distanceToFissureMm }).toEqual({ side: 'indeterminate', lobe: 'indeterminate', distanceToFissureMm: null });
  });

  it('rejects with the reason when it is called off', async () => {
    const controller = new AbortController();
    const search = findCandidates(pool(1), chest.volume, mask, { count: 40, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(search).rejects.toThrow('enough');
  });
});

describe('the job size-nodule', () => {
  it('measures and locates the nodule at a point', async () => {
    const { sizing, place, centreMm } = await pool(1).run('size-nodule', { volume: chest.volume, mask, pointMm: [-93, 31, 151] });
    expect(sizing).toMatchObject({ kind: 'nodule', profile: 'solid' });
    expect(place).toMatchObject({ side: 'right' });
    expect(Math.hypot(centreMm[0] + 95, centreMm[1] - 30, centreMm[2] - 150)).toBeLessThan(1.5);
  });

  it('says why where nothing grows', async () => {
    const { sizing, centreMm } = await pool(1).run('size-nodule', { volume: chest.volume, mask, pointMm: [0, 0, 5000] });
    expect(sizing).toEqual({ kind: 'no-region', reason: 'outside-of-the-volume' });
    expect(centreMm).toEqual([0, 0, 5000]);
  });
});

const exams = [
  // LUNA16 annotation of LIDC-IDRI-0001 (25 mm) and the middle of the mass of Lung-PET-CT-Dx A0002 (60 to 70 mm), LPS.
  ['dev-ct-lidc-0001', [56.4, 86.4, -115.8], 12.5, null],
  ['dev-ct-lungpetctdx-a0002', [-56, -102, 202], 30, 'only-large-nodules'],
] as const;

describe.each(exams)('findCandidates in %s', (folder, centre, withinMm, spacingNote) => {
  const data = sharedData(folder);
  let volume: CtVolume;
  let outline: LungMask;
  beforeAll(async () => {
    if (data === null) return;
    volume = await loadVolume(data);
    outline = outlineLungs(volume);
  }, 60_000);

  it.skipIf(data === null)('puts the real finding among the first three', async () => {
    const { candidates, search } = await findCandidates(pool(2), volume, outline, { count: 40 });
    expect(near(candidates, centre, withinMm)?.rank).toBeLessThanOrEqual(3);
    expect(candidates.length).toBe(40);
    expect(search.spacingNote).toBe(spacingNote);
  }, 60_000);
});
