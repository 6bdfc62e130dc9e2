import { describe, expect, it } from 'vitest';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { blankControlTile, noduleControlTile } from '../../../src-main/imaging/control-tile.ts';
import { copyBlock, drawNodule } from '../../../src-main/imaging/control-tile-nodule.ts';
import { seededRandom } from '../../../src-main/imaging/control-tile-random.ts';
import { voxelToPatient } from '../../../src-main/imaging/ct-volume.ts';
import { lungLabels } from '../../../src-main/imaging/lung-mask.ts';
import { cropPlane } from '../../../src-main/imaging/plane.ts';
import { blockLies, writtenBlock } from './block-phantom.ts';
import { writtenMask } from './mask-phantom.ts';

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
    const random = seededRandom(7);
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
    const centre = (seed: number) => blankControlTile(volume, everywhere, { ...tile, random: seededRandom(seed) })?.centre;
    expect(centre(3)).toEqual(centre(3));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => String(centre(seed)))).size).toBeGreaterThan(1);
  });

  it('keeps places away that are not to be on it', () => {
    const avoid = [{ centre: voxelToPatient(volume, 20, 50, 12), radiusMm: 5 }] as const;
    const random = seededRandom(11);
    for (let time = 0; time < 20; time += 1) {
      const { centre } = blankControlTile(volume, everywhere, { ...tile, avoid, random })!;
      expect(Math.hypot(...avoid[0].centre.map((value, axis) => value - centre[axis as 0]))).toBeGreaterThan(5 + 24 / 2);
    }
  });

  it('finds no place in dense lung, outside of the lungs, or where they could not be outlined', () => {
    const random = seededRandom(1);
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
    const control = noduleControlTile(volume, everywhere, { ...tile, diameterMm: 9, random: seededRandom(5) })!;
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
    const made = (): unknown => noduleControlTile(volume, everywhere, { ...tile, diameterMm: 5, random: seededRandom(8) });
    expect(made()).toEqual(made());
  });

  it('finds no place where the nodule would not be free', () => {
    const narrow = writtenBlock(([x]) => (Math.abs(x + 10) < 6 ? -860 : 40), size);
    expect(noduleControlTile(narrow, everywhere, { ...tile, diameterMm: 20, random: seededRandom(2) })).toBeNull();
  });

  it.each([2.9, 30.1, NaN])('refuses %d mm', (diameterMm) => {
    expect(() => noduleControlTile(volume, everywhere, { ...tile, diameterMm, random: seededRandom(1) })).toThrow(RangeError);
  });
});

describe('drawNodule', () => {
  it.each(blockLies.flatMap((lie) => [4, 8, 14].map((diameterMm) => [diameterMm, lie] as const)))('adds the mass of a sphere of %d mm to %s slices', (diameterMm, lie) => {
    const even = writtenBlock(() => -850, { ...size, lie });
    const centre = voxelToPatient(even, 50.3, 49.6, 11.4);
    const block = copyBlock(even, centre, 12);
    drawNodule(block, { centre, diameterMm, hounsfield: 50 }, { inPlaneSigmaMm: 0.55, sliceThicknessMm: 1.25 });
    const share = block.voxels.reduce((sum, value) => sum + (value + 850) / 900, 0);
    const volumeMm3 = share * 0.7 * 0.7 * 1.25;
    // A blurred edge holds a little more than a sharp one: r^3 + 3 r sigma^2 in place of r^3.
    const radius = diameterMm / 2;
    const expected = (4 / 3) * Math.PI * (radius ** 3 + 3 * radius * 0.55 ** 2);
    expect(volumeMm3 / expected).toBeGreaterThan(0.9);
    expect(volumeMm3 / expected).toBeLessThan(1.1);
  });

  it('is blurred across by thick slices', () => {
    const thick = writtenBlock(() => -850, { ...size, positions: [0, 5, 10, 15, 20, 25] });
    const centre = voxelToPatient(thick, 50, 50, 2);
    const block = copyBlock(thick, centre, 12);
    drawNodule(block, { centre, diameterMm: 4, hounsfield: 50 }, { inPlaneSigmaMm: 0.55, sliceThicknessMm: 5 });
    const brightest = block.voxels.reduce((most, value) => Math.max(most, value), -1024);
    // 4 mm of tissue in a slice of 5 mm.
    expect(brightest).toBeGreaterThan(-850 + 900 * 0.6);
    expect(brightest).toBeLessThan(-850 + 900 * 0.9);
  });
});
