import { beforeAll, describe, expect, it } from 'vitest';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { patientToVoxel, voxelToPatient } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { locateInLungs } from '../../../../src-main/imaging/lungs/locate-in-lungs.ts';
import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import { outlineLungs } from '../../../../src-main/imaging/lungs/outline-lungs.ts';
import { readTruth } from '../../../helpers/exam-truth.ts';
import { changeVoxels, cropVolume, flipColumns, loseSlices, resampleSlices, seededNoise } from '../../../helpers/harden-volume.ts';
import { loadVolume } from '../../../helpers/load-volume.ts';
import { maskLabel } from '../../../helpers/mask-label.ts';
import { sharedData } from '../../../helpers/shared-data.ts';

const lidc = sharedData('dev-ct-lidc-0001');
const petCt = sharedData('dev-ct-lungpetctdx-a0002');

/** How much of the lung air of a plain outline another one holds, and on the same side; at every third voxel. */
function kept(plain: CtVolume, plainMask: LungMask, volume: CtVolume, mask: LungMask): { readonly dice: number; readonly sameSide: number; readonly isWithinExtent: boolean } {
  let [both, only, missed, agreed] = [0, 0, 0, 0];
  let isWithinExtent = true;
  for (let slice = 0; slice < volume.slices.length; slice += 1) {
    if (volume.slices[slice]!.problem !== null) continue;
    for (let row = 0; row < volume.rows; row += 3) {
      for (let column = 0; column < volume.columns; column += 3) {
        if (volume.voxels[(slice * volume.rows + row) * volume.columns + column]! >= -500) continue;
        const [c, r, s] = patientToVoxel(plain, voxelToPatient(volume, column, row, slice)).map(Math.round) as [number, number, number];
        if (s < 0 || s >= plain.slices.length || plain.voxels[(s * plain.rows + r) * plain.columns + c]! >= -500) continue;
        const [is, was] = [maskLabel(mask, column, row, slice), maskLabel(plainMask, c, r, s)];
        const [isLung, wasLung] = [is === lungLabels.rightLung || is === lungLabels.leftLung, was === lungLabels.rightLung || was === lungLabels.leftLung];
        if (wasLung && mask.extent !== null && (slice < mask.extent[0] || slice > mask.extent[1])) isWithinExtent = false;
        if (isLung && wasLung) {
          both += 1;
          if (is === was) agreed += 1;
        } else if (isLung) only += 1;
        else if (wasLung) missed += 1;
      }
    }
  }
  return { dice: (2 * both) / (2 * both + only + missed), sameSide: agreed / both, isWithinExtent };
}

function insideOf(mask: LungMask, voxels: readonly { readonly column: number; readonly row: number; readonly slice: number }[]): number {
  return voxels.filter(({ column, row, slice }) => [lungLabels.rightLung, lungLabels.leftLung].some((label) => label === maskLabel(mask, column, row, slice))).length;
}

describe.skipIf(lidc === null)('outlineLungs of LIDC-IDRI-0001', () => {
  let volume: CtVolume;
  let mask: LungMask;
  beforeAll(async () => {
    volume = await loadVolume(lidc!);
    mask = outlineLungs(volume);
  });

  it('holds every voxel that a radiologist drew as a nodule', () => {
    const { voxels } = readTruth(lidc!, volume)!;
    expect(voxels.length).toBeGreaterThan(20_000);
    expect(insideOf(mask, voxels)).toBe(voxels.length);
  });

  it('finds lungs of a plausible volume and leaves out the neck', () => {
    expect({ kind: mask.kind, notes: mask.notes, extent: mask.extent }).toEqual({ kind: 'lungs', notes: ['cut-at-the-bottom'], extent: [0, 101] });
    expect(mask.rightMm3 / 1e6).toBeCloseTo(2, 1);
    expect(mask.leftMm3 / 1e6).toBeCloseTo(1.8, 1);
  });

  it('finds the nodule in the left lower lobe', () => {
    expect(locateInLungs(mask, volume, [56.4, 86.4, -115.8])).toMatchObject({ side: 'left', lobe: 'left-lower', inLung: true });
  });

  const noise = seededNoise(150);
  it.each([
    ['slices of 1.25 mm', (plain: CtVolume) => resampleSlices(plain, 1.25)],
    ['slices of 5 mm', (plain: CtVolume) => resampleSlices(plain, 5)],
    ['slices of 8 mm', (plain: CtVolume) => resampleSlices(plain, 8)],
    ['its columns turned round', (plain: CtVolume) => flipColumns(plain)],
    ['strong noise', (plain: CtVolume) => changeVoxels(plain, (hu) => hu + noise())],
    ['a field of view that cuts both lungs', (plain: CtVolume) => cropVolume(plain, { columns: [90, 440], rows: [110, 430] })],
    ['a field of view around the right lung', (plain: CtVolume) => cropVolume(plain, { columns: [60, 300], rows: [90, 450] })],
    ['a small circle of reconstruction', (plain: CtVolume) => changeVoxels(plain, (hu, column, row) => (Math.hypot(column - 262, row - 270) > 185 ? -1024 : hu))],
    ['an effusion on the right', (plain: CtVolume) => changeVoxels(plain, (hu, column, row) => (column > 75 && column < 250 && row > 300 && row < 430 && hu > -1000 && hu < -300 ? 15 : hu))],
    ['a collapsed right lung', (plain: CtVolume) => changeVoxels(plain, (hu, column, row, slice) => (hu < -300 && maskLabel(mask, column, row, slice) === lungLabels.rightLung ? 20 : hu))],
    ['emphysema', (plain: CtVolume) => changeVoxels(plain, (hu, column, row, slice) => (hu > -1000 && hu < -700 && Math.sin(column / 9) + Math.sin(row / 8) + Math.sin(slice / 3) > 0.6 ? -980 : hu))],
    ['expiration', (plain: CtVolume) => changeVoxels(plain, (hu) => (hu > -950 && hu < -600 ? Math.min(-560, hu + 250) : hu))],
    ['no couch', (plain: CtVolume) => changeVoxels(plain, (hu, _column, row) => (row > 430 ? -1000 : hu))],
    ['lost slices', (plain: CtVolume) => loseSlices(plain, [20, 21, 50, 51, 52, 80, 99, 100])],
    ['its upper half', (plain: CtVolume) => cropVolume(plain, { columns: [0, 511], rows: [0, 511], slices: [60, 106] })],
    ['its lowest 26 slices', (plain: CtVolume) => cropVolume(plain, { columns: [0, 511], rows: [0, 511], slices: [0, 25] })],
  ] as const)('stays with %s', (_, harden) => {
    const harder = harden(volume);
    const other = outlineLungs(harder);
    expect(other.kind).toBe('lungs');
    const { dice, sameSide, isWithinExtent } = kept(volume, mask, harder, other);
    expect(dice).toBeGreaterThan(0.99);
    expect(sameSide).toBeGreaterThan(0.999);
    expect(isWithinExtent).toBe(true);
  });

  it.each([
    ['nine slices of the belly with a rim of lung', [0, 8]],
    ['nine slices of the neck with the tip of a lung', [98, 106]],
  ] as const)('reads all of %s', (_, slices) => {
    const other = outlineLungs(cropVolume(volume, { columns: [0, 511], rows: [0, 511], slices }));
    expect({ kind: other.kind, extent: other.extent }).toEqual({ kind: 'body', extent: [0, 8] });
  });

  it('reads everything where a small circle around one lung leaves the sides untold', () => {
    const circle = changeVoxels(volume, (hu, column, row) => (Math.hypot(column - 340, row - 280) > 130 ? -1024 : hu));
    expect(outlineLungs(circle)).toMatchObject({ kind: 'body', extent: [0, 106] });
  });
});

describe.skipIf(petCt === null)('outlineLungs of Lung-PET-CT-Dx A0002', () => {
  let volume: CtVolume;
  let mask: LungMask;
  beforeAll(async () => {
    volume = await loadVolume(petCt!);
    mask = outlineLungs(volume);
  });

  it('finds lungs of a plausible volume in 8 mm slices', () => {
    expect({ kind: mask.kind, notes: mask.notes, extent: mask.extent }).toEqual({ kind: 'lungs', notes: ['cut-at-the-bottom'], extent: [0, 29] });
    expect(mask.rightMm3 / 1e6).toBeCloseTo(1.2, 1);
    expect(mask.leftMm3 / 1e6).toBeCloseTo(1.6, 1);
  });

  it('holds the mass: all that is dense in the boxes where it lies in the lung, most where it grows into the mediastinum', () => {
    const dense = readTruth(petCt!, volume)!.voxels.filter(({ column, row, slice }) => volume.voxels[(slice * volume.rows + row) * volume.columns + column]! >= -400);
    const shareAt = (z: number): number => {
      const there = dense.filter(({ slice }) => volume.slices[slice]!.positionMm === z);
      return insideOf(mask, there) / there.length;
    };
    expect([176, 184].map(shareAt).every((share) => share > 0.97)).toBe(true);
    expect([192, 200, 208, 216, 224, 232].map(shareAt).every((share) => share > 0.5)).toBe(true);
  });

  const noise = seededNoise(150);
  it.each([
    ['slices of 3 mm', (plain: CtVolume) => resampleSlices(plain, 3)],
    ['its columns turned round', (plain: CtVolume) => flipColumns(plain)],
    ['strong noise', (plain: CtVolume) => changeVoxels(plain, (hu) => hu + noise())],
    ['a field of view that cuts both lungs', (plain: CtVolume) => cropVolume(plain, { columns: [90, 430], rows: [150, 480] })],
    ['a collapsed left lung', (plain: CtVolume) => changeVoxels(plain, (hu, column, row, slice) => (hu < -300 && maskLabel(mask, column, row, slice) === lungLabels.leftLung ? 20 : hu))],
  ] as const)('stays with %s', (_, harden) => {
    const harder = harden(volume);
    const other = outlineLungs(harder);
    expect(other.kind).toBe('lungs');
    const { dice, sameSide, isWithinExtent } = kept(volume, mask, harder, other);
    expect(dice).toBeGreaterThan(0.99);
    expect(sameSide).toBeGreaterThan(0.999);
    expect(isWithinExtent).toBe(true);
  });
});
