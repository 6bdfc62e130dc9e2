import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertInto, insertNodule, takeOut } from '../../../../src-main/finder/simulate/simulate-nodule.ts';
import type { SimulatedNodule } from '../../../../src-main/finder/simulate/simulate-nodule.ts';
import { addMatter, lungPhantom } from '../../../helpers/nodule-phantom.ts';

const blur = { inPlaneMm: 0.5, sliceMm: 1.25 };

function nodule(change: Partial<SimulatedNodule> = {}): SimulatedNodule {
  return {
    centreMm: [22.4, 22.4, 25], axesMm: [8, 8, 8], profile: 'solid', hounsfield: { solid: 30, groundGlass: -600 }, coreShare: 0.5, margin: 'smooth', attachment: 'isolated', seed: 3,
    ...change,
  };
}

describe('insertInto', () => {
  it('tells the true size of an ellipsoid', () => {
    const truth = insertInto(lungPhantom(), nodule({ axesMm: [12, 9, 7] }), blur)?.truth;
    expect((truth?.volumeMm3 ?? 0) / ((Math.PI / 6) * 12 * 9 * 7)).toBeCloseTo(1, 2);
    expect(truth?.longAxisMm).toBeLessThanOrEqual(12.2);
    expect(truth?.shortAxisMm).toBeGreaterThanOrEqual(6.8);
    expect(truth?.solidVolumeMm3).toBe(truth?.volumeMm3);
  });

  it('adds as much as the nodule weighs', () => {
    const volume = lungPhantom();
    const truth = insertInto(volume, nodule({ margin: 'lobulated' }), blur)?.truth;
    let sum = 0;
    for (const value of volume.voxels) sum += value + 860;
    expect((sum * 0.7 * 0.7 * 1.25) / 890 / (truth?.volumeMm3 ?? 1)).toBeCloseTo(1, 1);
  });

  it('keeps the noise of the exam', () => {
    const spread = (values: readonly number[]): number => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const volume = lungPhantom({ noiseHu: 20 });
    insertInto(volume, nodule({ axesMm: [16, 16, 16] }), blur);
    const inner = Array.from({ length: 100 }, (_, at) => volume.voxels[(20 * 64 + 27 + Math.floor(at / 10)) * 64 + 27 + (at % 10)] ?? 0);
    expect(spread(inner)).toBeGreaterThan(12);
    expect(spread(inner)).toBeLessThan(28);
  });

  it('leaves denser tissue as it is and ends at the wall', () => {
    const volume = lungPhantom({ columns: 80 });
    addMatter(volume, (x) => (x > 23.5 ? 1 : 0), 60);
    const before = volume.voxels.slice();
    const truth = insertInto(volume, nodule({ attachment: 'juxtapleural', axesMm: [10, 10, 10] }), blur)?.truth;
    // Cut about 1 mm beyond its middle.
    expect((truth?.volumeMm3 ?? 0) / 523.6).toBeGreaterThan(0.55);
    expect((truth?.volumeMm3 ?? 0) / 523.6).toBeLessThan(0.75);
    for (let at = 0; at < before.length; at += 1) if (at % 80 > 37) expect(volume.voxels[at]).toBe(before[at]);
  });

  it('comes out again without a trace', () => {
    fc.assert(fc.property(
      fc.constantFrom('solid' as const, 'part-solid' as const, 'ground-glass' as const), fc.constantFrom('smooth' as const, 'lobulated' as const, 'spiculated' as const), fc.integer(),
      fc.double({ min: 0, max: 44, noNaN: true }),
      (profile, margin, seed, x) => {
        const volume = lungPhantom({ noiseHu: 20, slices: 20 });
        const before = volume.voxels.slice();
        const inserted = insertInto(volume, nodule({ profile, margin, seed, centreMm: [x, 22, 12] }), blur);
        expect(inserted === null || volume.voxels.some((value, at) => value !== before[at])).toBe(true);
        if (inserted !== null) takeOut(volume, inserted);
        expect(volume.voxels).toEqual(before);
      },
    ), { numRuns: 12 });
  });

  it('makes the same nodule of the same seed, and none outside of the volume', () => {
    const [first, second] = [lungPhantom(), lungPhantom()];
    expect(insertInto(first, nodule({ margin: 'spiculated' }), blur)?.truth).toEqual(insertInto(second, nodule({ margin: 'spiculated' }), blur)?.truth);
    expect(first.voxels).toEqual(second.voxels);
    expect(insertInto(first, nodule({ centreMm: [-40, 0, 0] }), blur)).toBeNull();
  });
});

describe('insertNodule', () => {
  it('leaves the volume that it copies as it is', () => {
    const volume = lungPhantom();
    const copy = insertNodule(volume, nodule(), blur).volume;
    expect(volume.voxels.every((value) => value === -860)).toBe(true);
    expect(copy.voxels.some((value) => value > 0)).toBe(true);
  });
});
