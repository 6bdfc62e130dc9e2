import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctedTokens, learnCorrection } from '../../../src-main/relay/token-correction.ts';

const day = 86_400_000;
const now = 1000 * day;
const sample = (ratio: number, ageDays = 0) => ({ atMs: now - ageDays * day, forecastTokens: 1000, reportedTokens: 1000 * ratio });

describe('learnCorrection', () => {
  it.each([
    ['nothing from two', [1.5, 1.5], null],
    ['the middle of three', [1.2, 9, 1.1], 1.2],
    ['the mean of the middle two', [1, 1.1, 1.3, 3], 1.2],
    ['nothing from one made-up count', [1, 1, 1, 1, 50], 1],
    ['no more than three times', [10, 20, 30], 3],
    ['no less than half', [0.1, 0.2, 0.3], 0.5],
    ['nothing from counts that are missing', [0, 0, 0, 1.5], null],
  ])('learns %s', (_, ratios, factor) => {
    const learnt = learnCorrection(ratios.map((ratio) => sample(ratio)), now);
    expect(learnt === null ? null : Math.round(learnt.factor * 1e9) / 1e9).toBe(factor);
  });

  it.each([[0, 2], [59, 2], [60, 2], [75, 1.75], [90, 1.5], [119, 1 + 1 / 60], [120, null], [400, null]])('counts in full to 60 days and fades until 120: after %i days %s', (age, factor) => {
    const learnt = learnCorrection([sample(2, age), sample(2, age), sample(2, age)], now);
    if (factor === null) expect(learnt).toBeNull();
    else expect(learnt?.factor).toBeCloseTo(factor, 9);
  });

  it('goes by the newest 25 and says how many and how old they are', () => {
    const samples = Array.from({ length: 60 }, (_, at) => sample(at < 25 ? 1.5 : 3, at + 2));
    expect(learnCorrection([...samples].reverse(), now)).toEqual({ factor: 1.5, sampleCount: 25, ageDays: 2 });
  });

  it('takes a sample from a clock that was ahead as one of today', () => {
    expect(learnCorrection([sample(1.5, -3), sample(1.5, -3), sample(1.5, -3)], now)).toEqual({ factor: 1.5, sampleCount: 3, ageDays: 0 });
  });

  it('always lies between half and three times, whatever is reported', () => {
    const samples = fc.array(fc.record({ atMs: fc.integer({ min: 0, max: 2 * now }), forecastTokens: fc.integer({ min: 0, max: 1e6 }), reportedTokens: fc.integer({ min: 0, max: 1e8 }) }));
    fc.assert(fc.property(samples, (list) => {
      const learnt = learnCorrection(list, now);
      return learnt === null || (learnt.factor >= 0.5 && learnt.factor <= 3 && learnt.sampleCount >= 3);
    }));
  });
});

describe('correctedTokens', () => {
  it('multiplies and rounds up, and changes nothing before anything is learnt', () => {
    expect(correctedTokens(101, { factor: 1.1, sampleCount: 3, ageDays: 0 })).toBe(112);
    expect(correctedTokens(101, null)).toBe(101);
  });
});
