import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureNodule } from '../../../../src-main/finder/measure/measure-nodule.ts';
import type { MeasuredNodule, NoduleMeasurement } from '../../../../src-main/finder/measure/nodule-measurement.ts';
import { holdsVoxel } from '../../../../src-main/finder/measure/voxel-bits.ts';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { addMatter, ballField, lungPhantom, phantomMask } from '../../../helpers/nodule-phantom.ts';

const sigmaMm = 0.5;
const middle: PatientPoint = [22.4, 22.4, 25];

function blurOf(volume: CtVolume): { readonly inPlaneMm: number; readonly sliceMm: number } {
  return { inPlaneMm: sigmaMm, sliceMm: volume.spacingMm[2] };
}

function measured(result: NoduleMeasurement): MeasuredNodule {
  if (result.kind !== 'nodule') throw new Error(`no nodule: ${result.reason}`);
  return result;
}

/** A ball in noisy lung, measured from a point beside its middle. */
function measureBall(radiusMm: number, centre: PatientPoint, sliceMm: number, off: PatientPoint = [0, 0, 0], noiseHu = 15): MeasuredNodule {
  const volume = lungPhantom({ spacingMm: [0.7, 0.7, sliceMm], slices: Math.ceil(50 / sliceMm), noiseHu });
  addMatter(volume, ballField(centre, radiusMm, sigmaMm), 30);
  return measured(measureNodule(volume, [centre[0] + off[0], centre[1] + off[1], centre[2] + off[2]], { blur: blurOf(volume) }));
}

describe('measureNodule', () => {
  it('measures a ball of 4 to 18 mm at any place between voxels within 0.5 mm, from up to 2 mm beside it', () => {
    const shift = fc.double({ min: -0.7, max: 0.7, noNaN: true });
    fc.assert(fc.property(
      fc.double({ min: 2, max: 9, noNaN: true }), shift, shift, fc.double({ min: -1.3, max: 1.3, noNaN: true }), fc.constantFrom(1, 1.25, 2.5),
      fc.double({ min: -1.1, max: 1.1, noNaN: true }),
      (radiusMm, x, y, z, sliceMm, off) => {
        const { axes, volumeMm3, profile } = measureBall(radiusMm, [middle[0] + x, middle[1] + y, middle[2] + z], sliceMm, [off, -off, off]);
        expect(profile).toBe('solid');
        expect(Math.abs(axes.meanTenths / 10 - 2 * radiusMm)).toBeLessThanOrEqual(0.5);
        if (radiusMm >= 3) expect(Math.abs(volumeMm3 / ((4 / 3) * Math.PI * radiusMm ** 3) - 1)).toBeLessThan(0.15);
      },
    ), { numRuns: 25, seed: 4 });
  });

  it('measures a ball of 10 mm in slices of 5 mm within 1 mm', () => {
    for (const z of [0, 1.2, 2.5]) expect(Math.abs(measureBall(5, [middle[0], middle[1], 25 + z], 5).axes.meanTenths / 10 - 10)).toBeLessThanOrEqual(1);
  });

  it('gives the same for the same voxels and point', () => {
    expect(measureBall(4, middle, 1.25)).toEqual(measureBall(4, middle, 1.25));
  });

  it('gives the same millimetres wherever whole voxels move it', () => {
    const [first, second] = [middle, [middle[0] + 5 * 0.7, middle[1] - 4 * 0.7, middle[2] + 3 * 1.25] as const].map((centre) => measureBall(3.7, centre, 1.25, [0.5, 0, 0], 0));
    expect(second?.axes.meanTenths).toBe(first?.axes.meanTenths);
    expect(second?.volumeMm3).toBeCloseTo(first?.volumeMm3 ?? 0, 3);
    expect(second?.slice).toBe((first?.slice ?? 0) + 3);
  });

  it('gives the same millimetres for a mirrored volume', () => {
    const volume = lungPhantom({ noiseHu: 12 });
    addMatter(volume, ballField([20, 23, 24], 3.4, sigmaMm), 20);
    addMatter(volume, ballField([24, 24.5, 25], 2.6, sigmaMm), 20);
    const mirror = lungPhantom();
    for (let line = 0; line < volume.rows * volume.slices.length; line += 1) {
      mirror.voxels.set(volume.voxels.slice(line * 64, (line + 1) * 64).reverse(), line * 64);
    }
    const straight = measured(measureNodule(volume, [20, 23, 24], { blur: blurOf(volume) }));
    const flipped = measured(measureNodule(mirror, [63 * 0.7 - 20, 23, 24], { blur: blurOf(volume) }));
    expect(Math.abs(flipped.axes.long.lengthMm - straight.axes.long.lengthMm)).toBeLessThan(0.1);
    expect(Math.abs(flipped.axes.short.lengthMm - straight.axes.short.lengthMm)).toBeLessThan(0.1);
    expect(flipped.volumeMm3).toBeCloseTo(straight.volumeMm3, 0);
  });

  it('changes by less than 0.2 mm when a scanner is off by 20 HU', () => {
    const sizes = [-20, 0, 20].map((offsetHu) => {
      const volume = lungPhantom({ noiseHu: 15 });
      addMatter(volume, ballField(middle, 4.2, sigmaMm), 30);
      for (let at = 0; at < volume.voxels.length; at += 1) volume.voxels[at] = (volume.voxels[at] ?? 0) + offsetHu;
      return measured(measureNodule(volume, middle, { blur: blurOf(volume) })).axes.meanTenths;
    });
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(2);
  });

  it('parts a nodule from a vessel that runs through it', () => {
    const volume = lungPhantom({ noiseHu: 15 });
    addMatter(volume, (x, y, z) => Math.max(ballField(middle, 4, sigmaMm)(x, y, z), 1 / (1 + Math.exp((Math.hypot(y - middle[1], z - middle[2]) - 1) * 4))), 30);
    expect(Math.abs(measured(measureNodule(volume, middle, { blur: blurOf(volume) })).axes.meanTenths - 80)).toBeLessThanOrEqual(10);
  });

  it('parts a nodule from the wall that it lies on', () => {
    const volume = lungPhantom({ noiseHu: 15, columns: 80 });
    const wall = middle[0] + 2;
    addMatter(volume, (x, y, z) => Math.max(ballField(middle, 5, sigmaMm)(x, y, z), 1 / (1 + Math.exp((wall - x) * 4))), 30);
    const { axes, volumeMm3 } = measured(measureNodule(volume, middle, { blur: blurOf(volume) }));
    // A ball of 10 mm that a plane cuts 2 mm beyond its middle.
    expect(Math.abs(axes.meanTenths / 10 - (10 + 7) / 2)).toBeLessThanOrEqual(1);
    expect(Math.abs(volumeMm3 / 410.5 - 1)).toBeLessThan(0.2);
  });

  it.each([[4, 0], [4, 1.5], [7, 1], [9, 2.5]])('ends a ball of radius %f mm at the wall that the lungs\' outline bridges %f mm too deep', (radiusMm, tooDeepMm) => {
    const volume = lungPhantom({ noiseHu: 15, columns: 96, rows: 96, slices: 48 });
    const centre: PatientPoint = [32, 32, 30];
    const wall = centre[0] + radiusMm * 0.4;
    addMatter(volume, (x, y, z) => Math.max(ballField(centre, radiusMm, sigmaMm)(x, y, z), 1 / (1 + Math.exp((wall - x) * 4))), 30);
    const mask = phantomMask(volume, (x, y) => x < wall || (x < wall + tooDeepMm && Math.abs(y - centre[1]) < radiusMm));
    const { axes, volumeMm3, outlines } = measured(measureNodule(volume, [centre[0] - 1, centre[1] + 1, centre[2]], { blur: blurOf(volume), mask }));
    const cap = radiusMm * 0.6;
    expect(Math.abs(axes.long.lengthMm - 2 * radiusMm)).toBeLessThan(1);
    expect(Math.abs(volumeMm3 / ((4 / 3) * Math.PI * radiusMm ** 3 - (Math.PI * cap * cap * (3 * radiusMm - cap)) / 3) - 1)).toBeLessThan(0.15);
    for (const { points } of outlines) expect((Math.max(...points.filter((_, at) => at % 2 === 0)) * 0.7) - wall).toBeLessThan(1);
  });

  it('measures a nodule that fills the way between two walls when it knows the lungs\' outline', () => {
    const volume = lungPhantom({ noiseHu: 15, columns: 96, rows: 96, slices: 48 });
    const centre: PatientPoint = [32, 32, 30];
    const isLung = (x: number): boolean => Math.abs(x - centre[0]) < 5;
    addMatter(volume, (x, y, z) => Math.max(ballField(centre, 6.5, sigmaMm)(x, y, z), 1 / (1 + Math.exp((5 - Math.abs(x - centre[0])) * 4))), 30);
    const { volumeMm3, outlines } = measured(measureNodule(volume, centre, { blur: blurOf(volume), mask: phantomMask(volume, isLung) }));
    // A ball of 13 mm without its caps of 1.5 mm.
    expect(Math.abs(volumeMm3 / 1065.6 - 1)).toBeLessThan(0.15);
    for (const { points } of outlines) {
      for (const column of points.filter((_, at) => at % 2 === 0)) expect(Math.abs(column * 0.7 - centre[0])).toBeLessThan(6);
    }
  });

  it('trusts no boundary along a vessel, and parts a small nodule from it', () => {
    const volume = lungPhantom({ noiseHu: 15 });
    const vessel = (_x: number, y: number, z: number): number => 1 / (1 + Math.exp((Math.hypot(y - middle[1], z - middle[2]) - 1.2) * 4));
    addMatter(volume, vessel, 30);
    const piece = measured(measureNodule(volume, middle, { blur: blurOf(volume) }));
    expect(piece.confidence.level).toBe('low');
    expect(piece.confidence.doubts).toContain('widens-into-other-tissue');
    // Only a little piece of it is measured.
    expect(piece.axes.long.lengthMm).toBeLessThan(6);
    const other = lungPhantom({ noiseHu: 15 });
    addMatter(other, (x, y, z) => Math.max(vessel(x, y, z), ballField(middle, 2.5, sigmaMm)(x, y, z)), 30);
    expect(Math.abs(measured(measureNodule(other, middle, { blur: blurOf(other) })).axes.meanTenths - 50)).toBeLessThanOrEqual(10);
  });

  it('tells ground glass and its solid core', () => {
    const volume = lungPhantom({ noiseHu: 15 });
    addMatter(volume, ballField(middle, 7, sigmaMm), -600);
    const glass = measured(measureNodule(volume, middle, { blur: blurOf(volume) }));
    expect(glass.profile).toBe('ground-glass');
    expect(Math.abs(glass.axes.meanTenths - 140)).toBeLessThanOrEqual(10);
    addMatter(volume, ballField([middle[0] + 1, middle[1], middle[2]], 3, sigmaMm), 30, -600);
    const part = measured(measureNodule(volume, middle, { blur: blurOf(volume) }));
    expect(part.profile).toBe('part-solid');
    expect(Math.abs(part.axes.meanTenths - 140)).toBeLessThanOrEqual(10);
    expect(Math.abs((part.solid?.axes.meanTenths ?? 0) - 60)).toBeLessThanOrEqual(10);
  });

  it('marks the voxels that it measured, and measures other planes when asked', () => {
    const volume = lungPhantom();
    addMatter(volume, ballField(middle, 4, sigmaMm), 30);
    const nodule = measured(measureNodule(volume, middle, { blur: blurOf(volume), planes: ['coronal', 'sagittal'] }));
    expect(holdsVoxel(nodule, 32, 32, 20)).toBe(true);
    expect(holdsVoxel(nodule, 32 + 7, 32, 20)).toBe(false);
    expect(nodule.outlines.some(({ slice }) => slice === nodule.slice)).toBe(true);
    for (const { axes } of nodule.crossAxes) expect(Math.abs((axes?.meanTenths ?? 0) - 80)).toBeLessThanOrEqual(8);
  });

  it('says that no region grows in empty lung, outside of the volume and in a slice that is missing', () => {
    const volume = lungPhantom({ noiseHu: 15 });
    const blur = blurOf(volume);
    expect(measureNodule(volume, middle, { blur })).toEqual({ kind: 'no-region', reason: 'nothing-dense-here' });
    expect(measureNodule(volume, [-10, 0, 0], { blur })).toEqual({ kind: 'no-region', reason: 'outside-of-the-volume' });
    const damaged = { ...volume, slices: volume.slices.map((slice, at) => (at === 20 ? { ...slice, problem: { code: 'unexpected', message: '' } as const } : slice)) };
    expect(measureNodule(damaged, middle, { blur })).toEqual({ kind: 'no-region', reason: 'slice-missing' });
  });

  it('says that no boundary is found in the middle of soft tissue', () => {
    const volume = lungPhantom();
    volume.voxels.fill(40);
    expect(measureNodule(volume, middle, { blur: blurOf(volume) }).kind).toBe('no-region');
  });
});
