import { beforeAll, describe, expect, it } from 'vitest';
import { estimateBlur } from '../../../../src-main/finder/exam-blur.ts';
import type { ExamBlur } from '../../../../src-main/finder/exam-blur.ts';
import { measureNodule } from '../../../../src-main/finder/measure/measure-nodule.ts';
import { seededGenerator } from '../../../../src-main/finder/seeded-generator.ts';
import { insertInto, takeOut } from '../../../../src-main/finder/simulate/simulate-nodule.ts';
import { chooseSite } from '../../../../src-main/finder/simulate/simulate-sites.ts';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { outlineLungs } from '../../../../src-main/imaging/lungs/outline-lungs.ts';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { loadVolume } from '../../../helpers/load-volume.ts';
import { sharedData } from '../../../helpers/shared-data.ts';

const lidc = sharedData('dev-ct-lidc-0001');
const a0002 = sharedData('dev-ct-lungpetctdx-a0002');

describe.skipIf(lidc === null)('measureNodule in LIDC-IDRI-0001', () => {
  let volume: CtVolume;
  let blur: ExamBlur;
  // LUNA16 annotation, LPS.
  const annotated: PatientPoint = [56.4, 86.4, -115.8];

  beforeAll(async () => {
    volume = await loadVolume(lidc ?? '');
    blur = estimateBlur(volume);
  }, 60_000);

  it.each([[0, 0, 0], [4, 0, 0], [-4, 3, 0], [0, 0, 5]])('measures the annotated nodule from a point off by %i, %i, %i mm', (x, y, z) => {
    const nodule = measureNodule(volume, [annotated[0] + x, annotated[1] + y, annotated[2] + z], { blur });
    if (nodule.kind !== 'nodule') throw new Error(nodule.reason);
    expect(nodule.profile).toBe('solid');
    expect(Math.hypot(nodule.centreMm[0] - annotated[0], nodule.centreMm[1] - annotated[1], nodule.centreMm[2] - annotated[2])).toBeLessThan(2);
    // Four readers: the ball of equal volume has 22.2 to 24.1 mm, spicules and attachments within their outlines.
    expect(nodule.ballDiameterMm).toBeGreaterThan(20);
    expect(nodule.ballDiameterMm).toBeLessThan(25);
    expect(nodule.hints.strandCount).toBeGreaterThanOrEqual(5);
  });

  it('measures isolated solid nodules put into it within 1 mm, and leaves the exam as it was', () => {
    const mask = outlineLungs(volume);
    const before = volume.voxels.slice();
    const random = seededGenerator(77);
    const errors = [6, 8, 10, 14, 20].map((diameterMm) => {
      const centreMm = chooseSite(volume, mask, random, { attachment: 'isolated', diameterMm, avoid: [{ centreMm: annotated, radiusMm: 20 }] });
      const inserted = centreMm === null ? null : insertInto(volume, {
        centreMm, axesMm: [diameterMm, diameterMm * 0.9, diameterMm * 0.8], profile: 'solid', hounsfield: { solid: 30, groundGlass: -600 }, coreShare: 0.5,
        margin: 'smooth', attachment: 'isolated', seed: diameterMm,
      }, blur);
      if (inserted === null) throw new Error('no place');
      const nodule = measureNodule(volume, inserted.truth.sectionMm, { blur });
      takeOut(volume, inserted);
      return nodule.kind === 'nodule' ? nodule.axes.meanTenths / 10 - (inserted.truth.longAxisMm + inserted.truth.shortAxisMm) / 2 : Infinity;
    });
    expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(volume.voxels.every((value, index) => value === before[index])).toBe(true);
  });
});

describe.skipIf(a0002 === null)('measureNodule in Lung-PET-CT-Dx A0002', () => {
  it('measures the mass of about 6 cm in slices of 8 mm, whatever point in it is asked for', async () => {
    const volume = await loadVolume(a0002 ?? '');
    const blur = estimateBlur(volume);
    const mask = outlineLungs(volume);
    for (const point of [[-65, -105, 192], [-65, -107, 200], [-63, -97, 184]] as const) {
      const mass = measureNodule(volume, point, { blur, mask });
      expect(measureNodule(volume, point, { blur, mask })).toEqual(mass);
      if (mass.kind !== 'nodule') throw new Error(mass.reason);
      expect(mass.axes.meanTenths).toBeGreaterThan(450);
      expect(mass.axes.meanTenths).toBeLessThan(700);
      expect(mass.profile).toBe('solid');
      expect(mass.confidence.level).not.toBe('high');
    }
  }, 60_000);
});
