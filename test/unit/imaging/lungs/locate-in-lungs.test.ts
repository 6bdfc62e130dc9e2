import { describe, expect, it } from 'vitest';
import { locateInLungs } from '../../../../src-main/imaging/lungs/locate-in-lungs.ts';
import { lobeModel } from '../../../../src-main/imaging/lungs/mask-lobes.ts';
import { outlineLungs } from '../../../../src-main/imaging/lungs/outline-lungs.ts';
import { lungPhantom } from '../../../helpers/lung-phantom.ts';

const whole = lungPhantom();
const wholeMask = outlineLungs(whole.volume);
const flipped = lungPhantom({ isFlippedLeftRight: true, isFlippedFrontBack: true });
const flippedMask = outlineLungs(flipped.volume);

describe('locateInLungs', () => {
  // Landmarks: apex and front above the fourth rib are upper lobe, the back below T4 and the recess behind are lower lobe, the front
  // end just above the diaphragm is middle lobe on the right and lingula, which is upper lobe, on the left.
  it.each([
    ['the right apex', [-75, 5, 250], 'right', 'right-upper'],
    ['the left apex', [75, 5, 250], 'left', 'left-upper'],
    ['the right front, high', [-75, -55, 205], 'right', 'right-upper'],
    ['the left front, high', [75, -55, 205], 'left', 'left-upper'],
    ['the right front, low', [-95, -65, 95], 'right', 'right-middle'],
    ['the lingula', [110, -55, 90], 'left', 'left-upper'],
    ['the right back, middle', [-75, 75, 130], 'right', 'right-lower'],
    ['the left back, middle', [75, 75, 130], 'left', 'left-lower'],
    ['the right recess behind', [-75, 88, 45], 'right', 'right-lower'],
    ['the left recess behind', [75, 88, 45], 'left', 'left-lower'],
  ] as const)('names the lobe of %s', (_, point, side, lobe) => {
    for (const [mask, { volume }] of [[wholeMask, whole], [flippedMask, flipped]] as const) {
      const location = locateInLungs(mask, volume, point);
      expect({ side: location.side, lobe: location.lobe, inLung: location.inLung }).toEqual({ side, lobe, inLung: true });
      expect(location.lobeProbabilities[lobe]).toBeGreaterThanOrEqual(0.7);
    }
  });

  it('gives probabilities that add up and change sides along a way through the oblique fissure', () => {
    const along = Array.from({ length: 30 }, (_, step) => locateInLungs(wholeMask, whole.volume, [75, 60 - step * 2, 80 + step * 5.6]));
    for (const { lobeProbabilities } of along) expect(Object.values(lobeProbabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    const upper = along.map(({ lobeProbabilities }) => lobeProbabilities['left-upper']);
    expect(upper).toEqual([...upper].sort((a, b) => a - b));
    const lobes = along.map(({ lobe }) => lobe);
    expect([lobes[0], lobes.at(-1)]).toEqual(['left-lower', 'left-upper']);
    expect(lobes.filter((lobe) => lobe === 'indeterminate').length).toBeGreaterThan(1);
  });

  it('is less sure where the scan cuts the lung off', () => {
    const cut = lungPhantom({ from: 100 });
    const [sure, unsure] = [locateInLungs(wholeMask, whole.volume, [-75, 75, 130]), locateInLungs(outlineLungs(cut.volume), cut.volume, [-75, 75, 130])];
    expect(unsure.lobeProbabilities['right-lower']).toBeLessThan(sure.lobeProbabilities['right-lower']);
  });

  it('measures to the pleura', () => {
    expect(locateInLungs(wholeMask, whole.volume, [-117, 5, 150]).distanceToPleuraMm).toBeCloseTo(20, -0.5);
    expect(locateInLungs(wholeMask, whole.volume, [-133, 5, 150]).distanceToPleuraMm).toBeLessThan(6);
  });

  it('measures to the nearest estimated fissure, on both sides of it', () => {
    const along = Array.from({ length: 40 }, (_, step) => locateInLungs(wholeMask, whole.volume, [75, 40, 70 + step * 4]));
    const distances = along.map(({ distanceToFissureMm }) => distanceToFissureMm ?? NaN);
    const nearest = distances.indexOf(Math.min(...distances));
    expect(distances[nearest]).toBeLessThan(4);
    expect(along[nearest]?.lobe).toBe('indeterminate');
    expect([along[0]?.lobe, along.at(-1)?.lobe]).toEqual(['left-lower', 'left-upper']);
    // Away from an oblique plane it grows by less than the way that is gone.
    for (const [step, mm] of distances.entries()) expect(Math.abs(mm - (distances[step - 1] ?? mm))).toBeLessThanOrEqual(4);
    const flippedThere = locateInLungs(flippedMask, flipped.volume, [75, 40, 70]).distanceToFissureMm ?? NaN;
    expect(Math.abs(flippedThere - (distances[0] ?? NaN))).toBeLessThan(4);
  });

  it('knows the horizontal fissure of the right lung, which ends at the oblique one', () => {
    const heights = Array.from({ length: 42 }, (_, step) => 90 + step * 3);
    const inFront = heights.map((z) => locateInLungs(wholeMask, whole.volume, [-75, -60, z]));
    const upper = inFront.findIndex(({ lobe }) => lobe === 'right-upper');
    const border = Math.min(...inFront.slice(0, upper).map(({ distanceToFissureMm }) => distanceToFissureMm ?? NaN));
    expect(border).toBeLessThan(3);
    expect(inFront.at(-1)?.distanceToFissureMm).toBeGreaterThan(border + 10);
  });

  it('takes models that were made before', () => {
    const models = { right: lobeModel(wholeMask, whole.volume, 'right'), left: lobeModel(wholeMask, whole.volume, 'left') };
    const point = [-75, 40, 120] as const;
    expect(locateInLungs({ ...wholeMask }, whole.volume, point, models)).toEqual(locateInLungs(wholeMask, whole.volume, point));
    expect(locateInLungs(wholeMask, whole.volume, point, { right: null, left: null })).toMatchObject({ side: 'right', lobe: 'indeterminate', distanceToFissureMm: null });
  });

  it('gives a point in the chest wall to the lung that it borders on, and one far off to none', () => {
    expect(locateInLungs(wholeMask, whole.volume, [-145, 5, 150])).toMatchObject({ side: 'right', inLung: false, distanceToPleuraMm: 0 });
    expect(locateInLungs(wholeMask, whole.volume, [0, -110, 60])).toMatchObject({ side: 'indeterminate', lobe: 'indeterminate', inLung: false });
    expect(locateInLungs(wholeMask, whole.volume, [0, 0, 2000])).toMatchObject({ side: 'indeterminate', inLung: false });
  });

  it('names nothing where there is no outline', () => {
    const { volume } = lungPhantom({ hasNoLungs: true });
    expect(locateInLungs(outlineLungs(volume), volume, [-75, 5, 150])).toMatchObject({ side: 'indeterminate', lobe: 'indeterminate', inLung: false, distanceToFissureMm: null });
  });
});
