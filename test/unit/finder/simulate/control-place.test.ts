import { describe, expect, it } from 'vitest';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { findNormalPlace } from '../../../../src-main/finder/simulate/control-place.ts';
import { seededGenerator } from '../../../../src-main/finder/seeded-generator.ts';
import { patientToVoxel } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import { writtenBlock } from '../../imaging/lungs/block-phantom.ts';
import { writtenMask } from '../../imaging/lungs/mask-phantom.ts';

const size = { columns: 100, rows: 100, spacing: [0.7, 0.7], positions: Array.from({ length: 24 }, (_, index) => 1.25 * index) } as const;

/** Lung of -860 HU with texture on the left of x = 10; a wall of tissue on the right; a vessel of 4 mm along z. */
function lung([x, y, z]: PatientPoint): number {
  if (x > 10) return 50;
  if (Math.hypot(x + 20, y - 25) < 2) return 0;
  return -860 + 60 * Math.sin(x * 3.1 + z) * Math.cos(y * 2.7 - z);
}

const volume = writtenBlock(lung, size);
// Right lung in the first half of the columns.
const mask = writtenMask(volume, (column) => (column < 12 ? lungLabels.rightLung : lungLabels.leftLung));
const wish = { radiusMm: 4, side: null, isClear: () => true } as const;

describe('findNormalPlace', () => {
  it('finds places with nothing dense near them, whole within the scan', () => {
    const random = seededGenerator(7);
    for (let time = 0; time < 30; time += 1) {
      const [x, y, z] = findNormalPlace(volume, mask, { ...wish, random })!;
      expect(x).toBeLessThan(10 - 3.5);
      expect(Math.hypot(x + 20, y - 25)).toBeGreaterThan(2 + 3.5);
      expect(z).toBeGreaterThanOrEqual(4 - 0.7);
      expect(z).toBeLessThanOrEqual(23 * 1.25 - 4 + 0.7);
    }
  });

  it('keeps to a lung, to voxels and to what is clear', () => {
    const within = { firstColumn: 4, lastColumn: 60, firstRow: 40, lastRow: 70, firstSlice: 9, lastSlice: 9 };
    const random = seededGenerator(3);
    for (const side of ['right', 'left'] as const) {
      for (let time = 0; time < 10; time += 1) {
        const place = findNormalPlace(volume, mask, { ...wish, random, side, within, isClear: ([, y]) => y > 45 })!;
        const [column, row, slice] = patientToVoxel(volume, place);
        expect(Math.floor(column / 4) < 12).toBe(side === 'right');
        expect(column).toBeGreaterThanOrEqual(4);
        expect(column).toBeLessThanOrEqual(60);
        expect(row).toBeLessThanOrEqual(70);
        expect(place[1]).toBeGreaterThan(45);
        expect(slice).toBeCloseTo(9, 6);
      }
    }
  });

  it('is the same for the same seed and another for another', () => {
    const place = (seed: number): PatientPoint | null => findNormalPlace(volume, mask, { ...wish, random: seededGenerator(seed) });
    expect(place(3)).toEqual(place(3));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => String(place(seed)))).size).toBeGreaterThan(1);
  });

  it('asks for more quiet where it is told to', () => {
    const hazy = writtenBlock(() => -750, size);
    expect(findNormalPlace(hazy, mask, { ...wish, random: seededGenerator(1) })).not.toBeNull();
    expect(findNormalPlace(hazy, mask, { ...wish, quietBelowHu: -800, random: seededGenerator(1) })).toBeNull();
  });

  it('lets thin vessels cross where it is told how much of them', () => {
    // A vessel of 2 mm every 5 mm in both directions: no ball of 8 mm is free of them.
    const isVessel = (at: number): boolean => ((at + 100) % 5) < 2;
    const vessels = writtenBlock(([x, y]) => (isVessel(x) && isVessel(y) ? 1000 : -860), size);
    expect(findNormalPlace(vessels, mask, { ...wish, random: seededGenerator(2) })).toBeNull();
    expect(findNormalPlace(vessels, mask, { ...wish, mostDense: 0.3, random: seededGenerator(2) })).not.toBeNull();
  });

  it('finds no place in dense lung, outside of the lungs, in gaps, or where they could not be outlined', () => {
    const random = seededGenerator(1);
    const undecoded = writtenBlock(lung, { ...size, undecoded: [...size.positions.keys()] });
    expect(findNormalPlace(writtenBlock(() => -300, size), mask, { ...wish, random })).toBeNull();
    expect(findNormalPlace(volume, writtenMask(volume, () => lungLabels.airway), { ...wish, random })).toBeNull();
    expect(findNormalPlace(volume, { ...mask, kind: 'body' }, { ...wish, random })).toBeNull();
    expect(findNormalPlace(undecoded, mask, { ...wish, random })).toBeNull();
    expect(findNormalPlace(volume, mask, { ...wish, heightMm: 40, random })).toBeNull();
  });
});
