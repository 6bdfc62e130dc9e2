import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import { outlineLungs } from '../../../../src-main/imaging/lungs/outline-lungs.ts';
import { compareMask } from '../../../helpers/compare-mask.ts';
import { cropVolume } from '../../../helpers/harden-volume.ts';
import { lungPhantom } from '../../../helpers/lung-phantom.ts';
import type { PhantomOptions } from '../../../helpers/lung-phantom.ts';
import { maskLabel } from '../../../helpers/mask-label.ts';

/** Every trouble a chest comes with: name, how the phantom is made, what the mask has to note of it. */
const troubles: readonly (readonly [string, PhantomOptions, readonly string[]])[] = [
  ['a plain chest', {}, []],
  ['strong noise', { noiseHu: 150 }, []],
  ['a couch', { hasCouch: true }, []],
  ['padding outside of the circle', { padding: -1024, columns: 180, rows: 180 }, []],
  ['gas in the stomach', { hasStomachGas: true }, []],
  ['gas in the stomach, 8 mm slices', { hasStomachGas: true, sliceMm: 8 }, []],
  ['8 mm slices', { sliceMm: 8 }, []],
  ['pixels of 0.7 mm, slices of 0.8 mm', { pixelMm: 0.7, columns: 500, rows: 350, sliceMm: 0.8, from: 80, to: 200 }, ['cut-at-the-top', 'cut-at-the-bottom']],
  ['lungs that touch', { hasJunction: true }, []],
  ['an effusion', { effusionMm: 50 }, []],
  ['a collapsed lung', { isLeftCollapsed: true }, ['one-lung-missing']],
  ['contrast', { isContrasted: true }, []],
  ['emphysema', { hasEmphysema: true }, []],
  ['a tilted gantry', { tilt: 20 }, ['cut-at-the-bottom']],
  ['a field of view that cuts the lungs', { columns: 130, rows: 110 }, ['cut-at-the-sides']],
  ['a circle that cuts the lungs', { columns: 130, rows: 130, padding: -1024 }, ['cut-at-the-sides']],
  ['the bases only', { from: -80, to: 75 }, ['cut-at-the-top']],
  ['the tops only', { from: 150, to: 300 }, ['cut-at-the-bottom']],
  ['a volume that goes on far above', { to: 420 }, []],
  ['lost slices within the lungs', { lostSlices: [40, 41, 70] }, ['slices-missing']],
  ['lost slices at the top of the lungs', { lostSlices: [86, 87, 88, 89] }, ['slices-missing']],
  ['a patient on the side', { isTurned: true, columns: 150, rows: 200 }, []],
  ['columns from left to right of the patient', { isFlippedLeftRight: true }, []],
  ['rows from back to front', { isFlippedFrontBack: true }, []],
  ['many troubles at once', { noiseHu: 80, hasCouch: true, padding: -1024, columns: 180, rows: 180, hasStomachGas: true, hasJunction: true, isContrasted: true }, []],
];

describe('outlineLungs', () => {
  it.each(troubles)('outlines the lungs of %s', (_, options, notes) => {
    const phantom = lungPhantom(options);
    const mask = outlineLungs(phantom.volume);
    expect({ kind: mask.kind, notes: mask.notes }).toEqual({ kind: 'lungs', notes });
    const { dice, sameSide, lungSlices } = compareMask(phantom, mask);
    expect(dice).toBeGreaterThan(0.98);
    expect(sameSide).toBeGreaterThan(options.hasJunction === true ? 0.98 : 0.9999);
    expect(mask.extent?.[0]).toBeLessThan(Math.max(lungSlices[0], 1));
    expect(mask.extent?.[1]).toBeGreaterThan(Math.min(lungSlices[1], phantom.volume.slices.length - 2));
  });

  it('reads no more slices than the lungs and a margin', () => {
    const phantom = lungPhantom({ to: 420 });
    const { lungSlices } = compareMask(phantom, outlineLungs(phantom.volume));
    const extent = outlineLungs(phantom.volume).extent;
    expect(extent?.[0]).toBeGreaterThanOrEqual(lungSlices[0] - 3);
    expect(extent?.[1]).toBeLessThanOrEqual(lungSlices[1] + 3);
  });

  it.each([
    ['a chest without lungs', { hasNoLungs: true }, 'no-air-in-body'],
    ['a neck', { from: 270, to: 420 }, 'no-air-in-body'],
    ['a belly', { from: -200, to: 10 }, 'no-air-in-body'],
    ['a sliver of the bases', { from: -100, to: 28 }, 'no-air-in-body'],
    ['three slices of which one was decoded', { sliceMm: 8, from: 100, to: 124, lostSlices: [0, 2] }, 'too-few-slices'],
  ] as const)('reads the whole body of %s', (_, options, reason) => {
    const { volume } = lungPhantom(options);
    const mask = outlineLungs(volume);
    expect({ kind: mask.kind, reason: mask.reason, right: mask.rightMm3, left: mask.leftMm3 }).toEqual({ kind: 'body', reason, right: 0, left: 0 });
    expect(new Set(mask.labels)).toEqual(new Set([lungLabels.outside, lungLabels.body]));
    // Every voxel of tissue is read.
    const outside = volume.slices.flatMap(({ problem }, slice) => (problem === null ? [slice] : [])).filter((slice) => {
      const size = volume.columns * volume.rows;
      return volume.voxels.subarray(slice * size, (slice + 1) * size)
        .some((hu, index) => hu > -50 && maskLabel(mask, index % volume.columns, Math.floor(index / volume.columns), slice) !== lungLabels.body);
    });
    expect(outside).toEqual([]);
    expect(mask.extent).toEqual([0, volume.slices.length - 1]);
  });

  it('has no extent where there is no body: every slice has to be read', () => {
    const { volume } = lungPhantom({ from: 500, to: 560 });
    volume.voxels.fill(-1000);
    expect(outlineLungs(volume)).toMatchObject({ kind: 'body', reason: 'no-body', extent: null });
  });

  it('takes a volume in which nothing was decoded for one without a body', () => {
    const { volume } = lungPhantom({ sliceMm: 10, lostSlices: Array.from({ length: 30 }, (_, slice) => slice) });
    expect(outlineLungs(volume)).toMatchObject({ kind: 'body', reason: 'no-body', extent: null });
  });

  it.each([
    ['the ribs\' side', [-137, 5, 150], [2.5, 5, 7.5, 15, 20, 25, 30], 1],
    ['the back', [-75, 93, 150], [2.5, 5, 7.5, 8.5, 10, 15], 0.89],
    ['the front', [75, -83, 150], [2.5, 5, 7.5, 8.5, 10, 15], 0.89],
    ['the diaphragm', [-75, 5, 103], [2.5, 5, 7.5, 15], 1],
    ['the inside', [-80, 20, 150], [2.5, 5, 10, 15, 30], 1],
  ] as const)('holds nodules and masses at %s', (_, centre, radii, least) => {
    for (const radiusMm of radii) {
      const phantom = lungPhantom({ from: 60, to: 250, balls: [{ centre, radiusMm, hu: 30 }] });
      expect({ radiusMm, inside: compareMask(phantom, outlineLungs(phantom.volume)).ballsInside >= least }).toEqual({ radiusMm, inside: true });
    }
  });

  it.each([1.5, 2, 3])('holds a nodule of radius %d mm on the pleura in thin slices', (radiusMm) => {
    const balls = [[-136.2, 5, 150], [136.2, -10, 160], [-75, 92.2, 140], [75, 92.2, 165]].map((centre) => ({ centre: centre as [number, number, number], radiusMm, hu: 30 }));
    const phantom = lungPhantom({ pixelMm: 0.75, columns: 460, rows: 320, sliceMm: 1, from: 130, to: 175, balls });
    expect(phantom.inBalls.reduce((sum, cell) => sum + cell)).toBeGreaterThan(40);
    expect(compareMask(phantom, outlineLungs(phantom.volume)).ballsInside).toBe(1);
  });

  it('keeps out of heart, liver and spine', () => {
    const { volume } = lungPhantom({ isContrasted: true });
    const mask = outlineLungs(volume);
    for (const [x, y, z] of [[20, -25, 115], [45, -40, 115], [0, 85, 150], [-75, 5, 60], [75, 5, 60], [0, 0, 240]] as const) {
      const [column, row, slice] = [Math.round((x + 199) / 2), Math.round((y + 149) / 2), Math.round(z / 3)];
      expect([lungLabels.outside, lungLabels.airway]).toContain(maskLabel(mask, column, row, slice));
    }
  });

  it('tells trachea and bronchi from the lungs', () => {
    const { volume } = lungPhantom();
    const mask = outlineLungs(volume);
    for (const z of [190, 230, 290]) expect(maskLabel(mask, 99, 77, z / 3)).toBe(lungLabels.airway);
  });

  it('finds the same lungs wherever the field of view lies and whichever way the arrays run', () => {
    const { volume } = lungPhantom({ pixelMm: 3, columns: 140, rows: 110, sliceMm: 4 });
    const whole = outlineLungs(volume);
    fc.assert(fc.property(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.boolean(), fc.boolean(), (columns, rows, isFlippedLeftRight, isFlippedFrontBack) => {
      const other = lungPhantom({ pixelMm: 3, columns: 140, rows: 110, sliceMm: 4, isFlippedLeftRight, isFlippedFrontBack });
      const mask = outlineLungs(cropVolume(other.volume, { columns: [columns, 139], rows: [rows, 109] }));
      expect(mask.extent).toEqual(whole.extent);
      expect(Math.abs(mask.rightMm3 / whole.rightMm3 - 1)).toBeLessThan(0.02);
      expect(Math.abs(mask.leftMm3 / whole.leftMm3 - 1)).toBeLessThan(0.02);
    }), { numRuns: 12, seed: 3 });
  });

  it('labels nothing outside of the body', () => {
    const { volume } = lungPhantom({ hasCouch: true, noiseHu: 60, columns: 180, rows: 180 });
    const mask = outlineLungs(volume);
    const labelled = volume.slices.flatMap((_, slice) => Array.from({ length: 180 * 180 }, (__, index) => [index % 180, Math.floor(index / 180), slice] as const))
      .filter(([column, row, slice]) => maskLabel(mask, column, row, slice) !== lungLabels.outside);
    const isBeyond = labelled.filter(([column, row]) => (((column - 89.5) * 2) / 172) ** 2 + (((row - 89.5) * 2) / 118) ** 2 > 1);
    expect(labelled.length).toBeGreaterThan(100_000);
    expect(isBeyond).toEqual([]);
  });
});
