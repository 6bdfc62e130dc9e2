import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageSensitivity, falsePositiveRates, frocEvents, frocPoints, hitsWithin } from '../../../evaluate/score/froc.ts';
import type { ScoredList } from '../../../evaluate/score/froc.ts';
import type { RankedMark } from '../../../evaluate/score/match-marks.ts';
import type { TrueNodule } from '../../../evaluate/truth/exam-nodules.ts';

function ranked(score: number, rank: number): RankedMark {
  return { centreMm: [0, 0, 0], score, rank, diameterMm: 6, size: null };
}

/** Hits and misses (null) by score, false positives by score; the rank is the place among all of them. */
function list(exam: number, hits: readonly (number | null)[], wrong: readonly number[], diametersMm: readonly number[] = []): ScoredList {
  const order = [...hits.filter((one) => one !== null), ...wrong].toSorted((a, b) => b - a);
  const rank = (score: number): RankedMark => ranked(score, order.indexOf(score) + 1);
  const nodule = (index: number): TrueNodule => ({ centreMm: [0, 0, 0], diameterMm: diametersMm[index] ?? 8, volumeMm3: null, profile: null, attachment: null, readers: null });
  return {
    exam, matched: { nodules: hits.map((score, index) => ({ nodule: nodule(index), hit: score === null ? null : rank(score) })), falsePositives: wrong.map(rank), uncounted: [] },
  };
}

function hitsAt(lists: readonly ScoredList[], rates: readonly number[]): readonly number[] {
  return frocPoints(frocEvents(lists, () => true), rates).map(({ hits }) => hits);
}

describe('frocPoints', () => {
  it('gives what a hand counts in one exam', () => {
    // By falling score: hit 9, wrong 8, hit 7, wrong 6, wrong 5, hit 4, wrong 3; one nodule is missed.
    const one = [list(0, [9, 7, 4, null], [8, 6, 5, 3])];
    expect(hitsAt(one, [1 / 8, 1 / 2, 1, 2, 3, 4, 8])).toEqual([1, 1, 2, 2, 3, 3, 3]);
    expect(frocPoints(frocEvents(one, () => true), [3, 4]).map(({ isReached }) => isReached)).toEqual([true, false]);
  });

  it('gives what a hand counts in four exams', () => {
    // Thresholds: 10 hit; 9 wrong (1 in 4 exams); 8 hit; 7 wrong (2 in 4); 6 hit, 5 wrong, 4 wrong (4 in 4), 3 hit.
    const four = [list(0, [10], [9]), list(1, [8], [7, 5]), list(2, [6], [4]), list(3, [3], [])];
    expect(hitsAt(four, [1 / 8, 1 / 4, 1 / 2, 3 / 4, 1])).toEqual([1, 2, 3, 3, 4]);
  });

  it('takes marks of one score together', () => {
    // At 5 a hit and two false positives come at once: one false positive does not get the hit.
    expect(hitsAt([list(0, [5], [5, 5])], [1, 2])).toEqual([0, 1]);
  });

  it('counts an exam as often as it was drawn', () => {
    const events = frocEvents([list(7, [9, null], [8]), list(3, [6], [7, 5])], () => true);
    // Only the second exam, twice: hit 6 comes after one false positive in each of its two copies.
    expect(frocPoints(events, [1 / 2, 1], [0, 2]).map(({ hits }) => hits)).toEqual([0, 2]);
  });

  it('leaves out nodules that are not chosen, and keeps all false positives', () => {
    const lists = [list(0, [9, 7], [8], [5, 20])];
    const events = frocEvents(lists, ({ diameterMm }) => diameterMm > 10);
    expect(events.nodulesOf).toEqual([1]);
    expect(frocPoints(events, [1 / 2, 1]).map(({ hits }) => hits)).toEqual([0, 1]);
  });

  const score = fc.integer({ min: 0, max: 12 });
  const lists = fc.array(fc.tuple(fc.array(fc.option(score), { maxLength: 6 }), fc.array(score, { maxLength: 20 })), { minLength: 1, maxLength: 6 })
    .map((all) => all.map(([hits, wrong], exam) => list(exam, hits, wrong)));

  it('never finds fewer at a higher rate, and all at the highest', () => {
    fc.assert(fc.property(lists, (given) => {
      const hits = hitsAt(given, [...falsePositiveRates, 1e6]);
      for (const [index, count] of hits.entries()) if (index > 0) expect(count).toBeGreaterThanOrEqual(hits[index - 1]!);
      expect(hits.at(-1)).toBe(given.flatMap(({ matched }) => matched.nodules).filter(({ hit }) => hit !== null).length);
    }));
  });

  it('counts what thresholding the lists one score after the other counts', () => {
    fc.assert(fc.property(lists, fc.constantFrom(...falsePositiveRates), (given, rate) => {
      let best = 0;
      for (let threshold = 13; threshold >= 0; threshold -= 1) {
        const wrong = given.flatMap(({ matched }) => matched.falsePositives).filter((one) => one.score >= threshold).length;
        const hits = given.flatMap(({ matched }) => matched.nodules).filter(({ hit }) => hit !== null && hit.score >= threshold).length;
        if (wrong / given.length <= rate) best = Math.max(best, hits);
      }
      expect(hitsAt(given, [rate])).toEqual([best]);
    }));
  });
});

describe('averageSensitivity', () => {
  it('takes the seven rates up to 8', () => {
    expect(averageSensitivity([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1, 1])).toBeCloseTo(0.4, 12);
  });
});

describe('hitsWithin', () => {
  it('counts the first marks of each list', () => {
    const lists = [list(0, [9, 3], [8, 7]), list(1, [4, null], [6])];
    expect(hitsWithin(lists, () => true, 1)).toEqual({ hits: 1, nodules: 4 });
    expect(hitsWithin(lists, () => true, 2)).toEqual({ hits: 2, nodules: 4 });
    expect(hitsWithin(lists, () => true, 4)).toEqual({ hits: 3, nodules: 4 });
  });
});
