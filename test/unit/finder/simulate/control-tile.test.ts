import { describe, expect, it } from 'vitest';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { blankControlTile, noduleControlTile } from '../../../../src-main/finder/simulate/control-tile.ts';
import { seededGenerator } from '../../../../src-main/finder/seeded-generator.ts';
import { voxelToPatient } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import { cropPlane } from '../../../../src-main/imaging/pictures/plane.ts';
import { writtenBlock } from '../../imaging/lungs/block-phantom.ts';
import { writtenMask } from '../../imaging/lungs/mask-phantom.ts';

const size = { columns: 100, rows: 100, spacing: [0.7, 0.7], positions: Array.from({ length: 24 }, (_, index) => 1.25 * index) } as const;
const tile = { fieldMm: 24, pixels: 48, thicknessMm: 5, avoid: [] } as const;

/** Lung of -860 HU with texture on the left of x = 10; a wall of tissue on the right; a vessel of 4 mm along z. */
function lung([x, y, z]: PatientPoint): number {
  if (x > 10) return 50;
  if (Math.hypot(x + 20, y - 25) < 2) return 0;
  return -860 + 60 * Math.sin(x * 3.1 + z) * Math.cos(y * 2.7 - z);
}

const volume = writtenBlock(lung, size);
const everywhere = writtenMask(volume, () => lungLabels.rightLung);

describe('blankControlTile', () => {
  it('cuts normal lung: nothing dense in the middle', () => {
    const random = seededGenerator(7);
    for (let time = 0; time < 20; time += 1) {
      const control = blankControlTile(volume, everywhere, { ...tile, random });
      expect(control).toMatchObject({ role: 'blank-control', nodule: null, picture: { columns: 48, rows: 48, thicknessMm: 5 } });
      const [x, y] = control!.centre;
      expect(x).toBeLessThan(10 - 2);
      expect(Math.hypot(x + 20, y - 25)).toBeGreaterThan(2 + 1);
      expect(control!.picture.pixels).toEqual(cropPlane(volume, { ...tile, centre: control!.centre, plane: 'axial' }).pixels);
    }
  });

  it('is the same for the same seed and another for another', () => {
    const centre = (seed: number) => blankControlTile(volume, everywhere, { ...tile, random: seededGenerator(seed) })?.centre;
    expect(centre(3)).toEqual(centre(3));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => String(centre(seed)))).size).toBeGreaterThan(1);
  });

  it('keeps places away that are not to be on it', () => {
    const avoid = [{ centre: voxelToPatient(volume, 20, 50, 12), radiusMm: 5 }] as const;
    const random = seededGenerator(11);
    for (let time = 0; time < 20; time += 1) {
      const { centre } = blankControlTile(volume, everywhere, { ...tile, avoid, random })!;
      expect(Math.hypot(...avoid[0].centre.map((value, axis) => value - centre[axis as 0]))).toBeGreaterThan(5 + 24 / 2);
    }
  });

  it('finds no place in dense lung, outside of the lungs, or where they could not be outlined', () => {
    const random = seededGenerator(1);
    const dense = writtenBlock(() => -300, size);
    expect(blankControlTile(dense, everywhere, { ...tile, random })).toBeNull();
    expect(blankControlTile(volume, writtenMask(volume, () => lungLabels.airway), { ...tile, random })).toBeNull();
    expect(blankControlTile(volume, { ...everywhere, kind: 'body' }, { ...tile, random })).toBeNull();
    expect(blankControlTile(writtenBlock(lung, { ...size, undecoded: [...size.positions.keys()] }), everywhere, { ...tile, random })).toBeNull();
  });
});

describe('noduleControlTile', () => {
  it('draws a nodule of the asked density into the middle and leaves the volume as it is', () => {
    const before = volume.voxels.slice();
    const control = noduleControlTile(volume, everywhere, { ...tile, diameterMm: 9, random: seededGenerator(5) })!;
    expect(volume.voxels).toEqual(before);
    expect(control).toMatchObject({ role: 'nodule-control', nodule: { diameterMm: 9, hounsfield: 30, centre: control.centre } });
    const { pixels } = control.picture;
    expect(Math.abs((pixels[24 * 48 + 24] ?? 0) - 30)).toBeLessThan(80);
    const untouched = cropPlane(volume, { ...tile, centre: control.centre, plane: 'axial' }).pixels;
    for (const [index, value] of pixels.entries()) {
      const fromMiddle = Math.hypot((index % 48) - 23.5, Math.floor(index / 48) - 23.5) * 0.5;
      if (fromMiddle > 4.5 + 3) expect(value).toBe(untouched[index]);
    }
  });

  it('is the same for the same seed', () => {
    const made = (): unknown => noduleControlTile(volume, everywhere, { ...tile, diameterMm: 5, random: seededGenerator(8) });
    expect(made()).toEqual(made());
  });

  it('finds no place where the nodule would not be free', () => {
    const narrow = writtenBlock(([x]) => (Math.abs(x + 10) < 6 ? -860 : 40), size);
    expect(noduleControlTile(narrow, everywhere, { ...tile, diameterMm: 20, random: seededGenerator(2) })).toBeNull();
  });

  it.each([2.9, 30.1, NaN])('refuses %d mm', (diameterMm) => {
    expect(() => noduleControlTile(volume, everywhere, { ...tile, diameterMm, random: seededGenerator(1) })).toThrow(RangeError);
  });
});
