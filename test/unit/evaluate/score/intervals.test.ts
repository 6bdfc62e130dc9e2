import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrap, intervalMethod, wilson } from '../../../evaluate/score/intervals.ts';

describe('wilson', () => {
  // Values of Newcombe RG, Stat Med 1998;17:857-872, table I, method 3.
  it.each([[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]])('gives the published interval of %d of %d', (hits, count, low, high) => {
    expect(wilson(hits, count).low).toBeCloseTo(low, 4);
    expect(wilson(hits, count).high).toBeCloseTo(high, 4);
  });

  it('holds the share, mirrors with misses for hits, and knows nothing of nothing', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (count, some) => {
      const hits = Math.min(some, count);
      const { low, high } = wilson(hits, count);
      const mirrored = wilson(count - hits, count);
      expect(low).toBeLessThanOrEqual(hits / count);
      expect(high).toBeGreaterThanOrEqual(hits / count);
      expect(low).toBeCloseTo(1 - mirrored.high, 9);
    }));
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('bootstrap', () => {
  const exams = { nodulesOf: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] };
  const hits = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
  const share = (weights: Float64Array, nodules: number): readonly number[] => [hits.reduce((sum, hit, exam) => sum + hit * (weights[exam] ?? 0), 0) / nodules];

  it('gives the binomial spread where every exam has one nodule', () => {
    // 2.5 and 97.5 % points of a binomial of 10 and 1/2 are 2 and 8.
    expect(bootstrap(exams, share)).toEqual([{ low: 0.2, high: 0.8 }]);
  });

  it('is the same for the same seed, and of no width where exams do not differ', () => {
    expect(bootstrap(exams, share, 5)).toEqual(bootstrap(exams, share, 5));
    expect(bootstrap({ nodulesOf: [2, 2, 2] }, (weights, nodules) => [weights.reduce((sum, weight) => sum + weight, 0) / nodules])).toEqual([{ low: 0.5, high: 0.5 }]);
  });

  it('leaves out draws without a nodule', () => {
    const [interval] = bootstrap({ nodulesOf: [1, 0, 0, 0, 0] }, (weights, nodules) => [(weights[0] ?? 0) / nodules]);
    expect(interval).toEqual({ low: 1, high: 1 });
    expect(bootstrap({ nodulesOf: [0, 0] }, () => [0.5, 0.5])).toEqual([{ low: 0, high: 1 }, { low: 0, high: 1 }]);
  });
});

describe('intervalMethod', () => {
  it('draws exams from five on', () => {
    expect([1, 4, 5, 800].map(intervalMethod)).toEqual(['wilson-nodules', 'wilson-nodules', 'bootstrap-exams', 'bootstrap-exams']);
  });
});
