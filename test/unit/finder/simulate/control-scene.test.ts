import { describe, expect, it } from 'vitest';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { controlScene } from '../../../../src-main/finder/simulate/control-scene.ts';
import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import type { ControlContent, CropContent, SlabContent } from '../../../../src-main/imaging/pictures/panel-content.ts';
import { panelPicture } from '../../../../src-main/imaging/pictures/panel-picture.ts';
import type { HounsfieldPicture } from '../../../../src-main/imaging/pictures/picture.ts';
import { projectPlanned } from '../../../../src-main/imaging/pictures/slab.ts';
import { planSlabs } from '../../../../src-main/imaging/pictures/slab-plan.ts';
import { voxelToPatient } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { seededNoise } from '../../../helpers/harden-volume.ts';
import { writtenBlock } from '../../imaging/lungs/block-phantom.ts';
import { writtenMask } from '../../imaging/lungs/mask-phantom.ts';

const size = { columns: 120, rows: 100, spacing: [0.7, 0.7], positions: Array.from({ length: 40 }, (_, index) => 1.25 * index) } as const;
const noiseHu = 25;
const noise = seededNoise(noiseHu);
/** Columns of lung; a wall of tissue on either side. */
const [firstLung, lastLung] = [20, 99];
/** A nodule that is there already, and a vessel through everything. */
const nodule: PatientPoint = [5, 35, 25];

function chest([x, y, z]: PatientPoint): number {
  const column = Math.round((x + 30) / 0.7);
  if (column < firstLung || column > lastLung) return 50 + noise();
  if (Math.hypot(x - nodule[0], y - nodule[1], z - nodule[2]) < 4) return 40;
  if (Math.hypot(x + 5, y - 60) < 1.5) return 30;
  return -860 + noise();
}

const volume = writtenBlock(chest, size);
const mask = writtenMask(volume, (column) => (column >= firstLung / 4 && column <= (lastLung - 3) / 4 ? lungLabels.rightLung : lungLabels.outside));
const [, , , slab] = planSlabs(volume, { thicknessMm: 10, stepMm: 5 });
const like: SlabContent = { kind: 'slab', slab: slab!, mode: 'maximum', crop: { left: 6, top: 4, columns: 108, rows: 92 }, scale: 1 };
const avoid = [{ centre: nodule, radiusMm: 4 }];
const none = { side: null, avoid: [] } as const;

function control(role: ControlContent['role'], shown: SlabContent | CropContent, seed = 5): ControlContent {
  return { kind: 'control', role, like: shown, seed, diameterMm: 8 };
}

function slabPicture(role: ControlContent['role'], options: Parameters<typeof controlScene>[3], seed = 5): HounsfieldPicture | null {
  const scene = controlScene(volume, mask, [control(role, like, seed)], options);
  return scene === null ? null : panelPicture(scene.block, scene.contents[0]!).picture;
}

const original = projectPlanned(volume, [slab!], like)[0]!;
const columnOf = (at: number): number => like.crop.left + (at % like.crop.columns);
const isLung = (at: number): boolean => columnOf(at) >= firstLung && columnOf(at) <= lastLung;
const spreadOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

describe('controlScene of a slab', () => {
  it('empties the lung of a blank: no vessel, no nodule, the exam\'s own noise; and leaves the wall as it is', () => {
    const before = volume.voxels.slice();
    const blank = slabPicture('blank-control', none)!;
    expect(volume.voxels).toEqual(before);
    expect(blank).toMatchObject({ columns: 108, rows: 92, affine: original.affine });
    const empty: number[] = [];
    for (const [at, value] of blank.pixels.entries()) {
      if (!isLung(at)) expect(value).toBe(original.pixels[at]);
      else if (columnOf(at) > firstLung + 3 && columnOf(at) < lastLung - 3) empty.push(value);
    }
    expect(Math.max(...empty)).toBeLessThan(-860 + 6 * noiseHu);
    expect(Math.max(...original.pixels.filter((_, at) => isLung(at)))).toBeGreaterThan(20);
    // What remains of the lung beside vessel and nodule is as noisy as before.
    const quiet = [...original.pixels.filter((_, at) => isLung(at))].filter((value) => value < -700);
    expect(spreadOf(empty) / spreadOf(quiet)).toBeGreaterThan(0.75);
    expect(spreadOf(empty) / spreadOf(quiet)).toBeLessThan(1.25);
    expect(Math.abs(empty.reduce((sum, value) => sum + value, 0) / empty.length - quiet.reduce((sum, value) => sum + value, 0) / quiet.length)).toBeLessThan(noiseHu / 2);
  });

  it('draws a nodule into the lung and takes away what must not be seen, in the lung alone', () => {
    const drawn = slabPicture('nodule-control', { side: 'right', avoid })!;
    const changed = [...drawn.pixels.keys()].filter((at) => drawn.pixels[at] !== original.pixels[at]);
    expect(changed.every(isLung)).toBe(true);
    const place = (at: number): PatientPoint => {
      const [x, y] = voxelToPatient(volume, columnOf(at), like.crop.top + Math.floor(at / like.crop.columns), 0);
      return [x, y, 0];
    };
    const bright = [...drawn.pixels.keys()].filter((at) => isLung(at) && drawn.pixels[at]! > -300);
    expect(bright.filter((at) => Math.hypot(place(at)[0] - nodule[0], place(at)[1] - nodule[1]) < 4)).toEqual([]);
    // A disc of 8 mm besides the vessel of 3 mm.
    const own = bright.filter((at) => Math.hypot(place(at)[0] + 5, place(at)[1] - 60) > 3);
    expect(own.length * 0.49).toBeGreaterThan(0.7 * Math.PI * 16);
    expect(own.length * 0.49).toBeLessThan(1.5 * Math.PI * 16);
  });

  it('draws a nodule into the lowest slab as well: what lies below it is not seen', () => {
    const [lowest] = planSlabs(volume, { thicknessMm: 10, stepMm: 5 });
    const content = { ...like, slab: lowest! };
    const scene = controlScene(volume, mask, [{ ...control('nodule-control', content), diameterMm: 12 }], none)!;
    const { pixels } = panelPicture(scene.block, scene.contents[0]!).picture;
    const own = projectPlanned(volume, [lowest!], like)[0]!.pixels;
    expect(pixels.filter((value, at) => value > -300 && own[at]! < -600).length * 0.49).toBeGreaterThan(0.7 * Math.PI * 36);
  });

  it('is the same for the same seed and another for another', () => {
    for (const role of ['blank-control', 'nodule-control'] as const) {
      const [one, same, other] = [5, 5, 6].map((seed) => slabPicture(role, { side: null, avoid }, seed)?.pixels);
      expect(same).toEqual(one);
      expect(other).not.toEqual(one);
    }
  });

  it('has no place where the lungs are not outlined, not on that side, or nowhere quiet', () => {
    const bodyMask = { ...mask, kind: 'body' } as const;
    expect(controlScene(volume, bodyMask, [control('blank-control', like)], none)).toBeNull();
    expect(slabPicture('nodule-control', { side: 'left', avoid: [] })).toBeNull();
    const dense = { ...volume, voxels: volume.voxels.map((value) => (value < -500 ? -400 : value)) };
    for (const role of ['blank-control', 'nodule-control'] as const) expect(controlScene(dense, mask, [control(role, like)], none)).toBeNull();
  });
});

describe('controlScene of crops', () => {
  const planes = ['axial', 'axial', 'coronal', 'sagittal'] as const;
  const crops = planes.map((plane, index): CropContent => ({ kind: 'crop', centre: [0, 0, 0], plane, fieldMm: 24, pixels: 48, thicknessMm: 2, marked: index === 0 }));
  const panels = (role: ControlContent['role'], seed = 5): ControlContent[] => crops.map((crop) => control(role, crop, seed));

  it('shows one normal place of the exam in all panels of a blank', () => {
    const scene = controlScene(volume, mask, panels('blank-control'), { side: null, avoid })!;
    expect(scene.block).toBe(volume);
    const centres = scene.contents.map((content) => (content.kind === 'crop' ? content.centre : null));
    expect(new Set(centres).size).toBe(1);
    expect(scene.contents).toMatchObject(crops.map(({ plane, marked }) => ({ plane, marked, fieldMm: 24 })));
    const [x = 0, y = 0, z = 0] = centres[0] ?? [];
    const offsets = [Math.abs(x - nodule[0]), Math.abs(y - nodule[1]), Math.abs(z - nodule[2])].sort((a, b) => a - b);
    // No panel shows the nodule: it is beyond the field of all, or too far off every plane.
    expect((offsets[2] ?? 0) >= 12 + 4 || (offsets[0] ?? 0) >= 1 + 4).toBe(true);
  });

  it('draws one nodule into a copy, in the middle of all panels', () => {
    const before = volume.voxels.slice();
    const { block, contents } = controlScene(volume, mask, panels('nodule-control'), { side: null, avoid })!;
    expect(volume.voxels).toEqual(before);
    for (const content of contents) {
      const { pixels } = panelPicture(block, content).picture;
      const own = panelPicture(volume, content).picture.pixels;
      expect(pixels[24 * 48 + 24]).toBeGreaterThan(-150);
      for (const [at, value] of pixels.entries()) {
        const fromMiddle = Math.hypot((at % 48) - 23.5, Math.floor(at / 48) - 23.5) * 0.5;
        // Coordinates of the copy round otherwise in their last digits.
        if (fromMiddle > 4 + 3.5) expect(Math.abs(value - (own[at] ?? 0))).toBeLessThanOrEqual(1);
      }
    }
  });

  it('is the same for the same seed', () => {
    const places = (seed: number): string => JSON.stringify(controlScene(volume, mask, panels('blank-control', seed), none)?.contents);
    expect(places(8)).toBe(places(8));
    expect(new Set([1, 2, 3, 4].map(places)).size).toBeGreaterThan(1);
  });

  it('has no place where candidates are everywhere', () => {
    const everywhere = [{ centre: [10, 40, 25], radiusMm: 80 }] as const;
    expect(controlScene(volume, mask, panels('blank-control'), { side: null, avoid: everywhere })).toBeNull();
  });

  it.each([2.9, 30.1, NaN])('refuses a nodule of %d mm', (diameterMm) => {
    expect(() => controlScene(volume, mask, panels('nodule-control').map((panel) => ({ ...panel, diameterMm })), none)).toThrow(RangeError);
  });

  it('refuses panels that are not of one control', () => {
    const [first, second] = panels('blank-control');
    expect(() => controlScene(volume, mask, [first!, { ...second!, seed: 6 }], none)).toThrow(RangeError);
    expect(() => controlScene(volume, mask, [first!, control('blank-control', like)], none)).toThrow(RangeError);
    expect(() => controlScene(volume, mask, [], none)).toThrow(RangeError);
  });
});
