import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { matchMarks } from '../../../evaluate/score/match-marks.ts';
import type { Mark } from '../../../evaluate/score/match-marks.ts';
import type { IrrelevantPlace, TrueNodule } from '../../../evaluate/truth/exam-nodules.ts';

function mark(score: number, ...centreMm: PatientPoint): Mark {
  return { centreMm, score, diameterMm: 6, size: null };
}

function nodule(diameterMm: number, ...centreMm: PatientPoint): TrueNodule {
  return { centreMm, diameterMm, volumeMm3: null, profile: null, attachment: null, readers: null };
}

function irrelevant(radiusMm: number, ...centreMm: PatientPoint): IrrelevantPlace {
  return { centreMm, radiusMm, why: 'small' };
}

describe('matchMarks', () => {
  it.each([
    [4, 5, true], [4, 5.01, false], // small: 5 mm
    [10, 5, true], [10, 5.01, false],
    [24, 12, true], [24, 12.01, false], // large: its radius
  ])('hits a nodule of %d mm from %d mm off its centre: %s', (diameterMm, off, isHit) => {
    const { nodules, falsePositives } = matchMarks([mark(1, 0, off, 0)], [nodule(diameterMm, 0, 0, 0)], []);
    expect(nodules[0]!.hit !== null).toBe(isHit);
    expect(falsePositives).toHaveLength(isHit ? 0 : 1);
  });

  it('counts a nodule once, with its best mark; further marks of it are neither right nor wrong', () => {
    const { nodules, falsePositives, uncounted } = matchMarks([mark(1, 0, 0, 0), mark(3, 2, 0, 0), mark(2, 50, 0, 0)], [nodule(8, 0, 0, 0)], []);
    expect(nodules[0]!.hit).toMatchObject({ score: 3, rank: 1 });
    expect(falsePositives).toMatchObject([{ score: 2, rank: 2 }]);
    expect(uncounted).toMatchObject([{ score: 1, rank: 3 }]);
  });

  it('gives a mark between two nodules to the nearer one only', () => {
    const { nodules } = matchMarks([mark(1, 4, 0, 0)], [nodule(8, 0, 0, 0), nodule(8, 7, 0, 0)], []);
    expect(nodules.map(({ hit }) => hit !== null)).toEqual([false, true]);
  });

  it('leaves irrelevant places out of the false positives, unless a nodule is hit there', () => {
    const { nodules, falsePositives, uncounted } = matchMarks(
      [mark(2, 5, 0, 0), mark(1, 100, 0, 5), mark(0, 100, 0, 5.1)], [nodule(10, 0, 0, 0)], [irrelevant(5, 5, 0, 0), irrelevant(5, 100, 0, 0)],
    );
    expect(nodules[0]!.hit).not.toBeNull();
    expect(uncounted.map(({ score }) => score)).toEqual([1]);
    expect(falsePositives.map(({ score }) => score)).toEqual([0]);
  });

  const place = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 }));
  const marks = fc.array(fc.record({ centreMm: place, score: fc.integer({ min: 0, max: 5 }), diameterMm: fc.constant(6), size: fc.constant(null) }), { maxLength: 25 });
  const nodules = fc.array(fc.record({ centreMm: place, diameterMm: fc.integer({ min: 2, max: 40 }) }).map((one) => nodule(one.diameterMm, ...one.centreMm)), { maxLength: 6 });
  const places = fc.array(place.map((centreMm) => irrelevant(5, ...centreMm)), { maxLength: 4 });

  it('counts every mark exactly once', () => {
    fc.assert(fc.property(marks, nodules, places, (given, real, other) => {
      const { nodules: matched, falsePositives, uncounted } = matchMarks(given, real, other);
      const ranks = [...matched.flatMap(({ hit }) => hit?.rank ?? []), ...falsePositives.map(({ rank }) => rank), ...uncounted.map(({ rank }) => rank)];
      expect(ranks.toSorted((a, b) => a - b)).toEqual(given.map((_, index) => index + 1));
    }));
  });

  it('never finds fewer nodules when a mark with the lowest score is added', () => {
    fc.assert(fc.property(marks, nodules, place, (given, real, centreMm) => {
      const before = matchMarks(given, real, []);
      const after = matchMarks([...given, mark(-1, ...centreMm)], real, []);
      for (const [index, { hit }] of before.nodules.entries()) if (hit !== null) expect(after.nodules[index]!.hit).toEqual(hit);
    }));
  });
});
