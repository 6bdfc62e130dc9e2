import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, highestCost } from '../../../src-main/ledger/cost.ts';

const luna = { inputMicroUsdPerMillion: 100_000, cachedInputMicroUsdPerMillion: 10_000, outputMicroUsdPerMillion: 500_000 };
const tokens = fc.integer({ min: 0, max: 10_000_000 });

describe('costOf', () => {
  it.each([
    [{ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }, 0],
    [{ inputTokens: 1_000_000, cachedInputTokens: 0, outputTokens: 0 }, 100_000],
    [{ inputTokens: 1_000_000, cachedInputTokens: 1_000_000, outputTokens: 0 }, 10_000],
    [{ inputTokens: 1_000_000, cachedInputTokens: 400_000, outputTokens: 200_000 }, 60_000 + 4_000 + 100_000],
    [{ inputTokens: 1, cachedInputTokens: 0, outputTokens: 0 }, 1],
    [{ inputTokens: 10, cachedInputTokens: 0, outputTokens: 0 }, 1],
    [{ inputTokens: 11, cachedInputTokens: 0, outputTokens: 0 }, 2],
  ])('charges %o with %i micro-USD', (usage, expected) => {
    expect(costOf(usage, luna)).toBe(expected);
  });

  it('never charges cached tokens twice, even when a relay reports more of them than of input', () => {
    expect(costOf({ inputTokens: 1_000_000, cachedInputTokens: 5_000_000, outputTokens: 0 }, luna)).toBe(10_000);
  });

  it('charges tokens that were written to the cache at their own price, never twice, and as input where it has none', () => {
    const writing = { ...luna, cacheWriteMicroUsdPerMillion: 125_000 };
    const usage = { inputTokens: 1_000_000, cachedInputTokens: 400_000, cacheWriteTokens: 400_000, outputTokens: 0 };
    expect(costOf(usage, writing)).toBe(20_000 + 4_000 + 50_000);
    expect(costOf({ ...usage, cacheWriteTokens: 5_000_000 }, writing)).toBe(4_000 + 75_000);
    expect(costOf(usage, luna)).toBe(60_000 + 4_000);
  });

  it('never falls when tokens are added, and is exact to the micro-dollar rounded up', () => {
    fc.assert(
      fc.property(tokens, tokens, tokens, (inputTokens, outputTokens, more) => {
        const cost = costOf({ inputTokens, cachedInputTokens: 0, outputTokens }, luna);
        expect(costOf({ inputTokens: inputTokens + more, cachedInputTokens: 0, outputTokens }, luna)).toBeGreaterThanOrEqual(cost);
        const exact = BigInt(inputTokens) * 100_000n + BigInt(outputTokens) * 500_000n;
        expect(BigInt(cost) * 1_000_000n - exact).toBeGreaterThanOrEqual(0n);
        expect(BigInt(cost) * 1_000_000n - exact).toBeLessThan(1_000_000n);
      }),
    );
  });
});

describe('highestCost', () => {
  it('reckons with every token being written to the cache where that costs more', () => {
    const forecast = { inputTokens: 1_000_000, imageTokens: 0, expectedOutputTokens: 0, maxOutputTokens: 100_000 };
    expect(highestCost(forecast, { ...luna, cacheWriteMicroUsdPerMillion: 125_000 })).toBe(175_000);
    expect(highestCost(forecast, { ...luna, cacheWriteMicroUsdPerMillion: 50_000 })).toBe(150_000);
    expect(highestCost(forecast, luna)).toBe(150_000);
  });

  it('is never below what the same request can cost', () => {
    fc.assert(
      fc.property(tokens, tokens, tokens, tokens, (inputTokens, cachedInputTokens, outputTokens, maxOutputTokens) => {
        const forecast = { inputTokens, imageTokens: 0, expectedOutputTokens: 0, maxOutputTokens };
        const usage = { inputTokens, cachedInputTokens, outputTokens: Math.min(outputTokens, maxOutputTokens) };
        expect(highestCost(forecast, luna)).toBeGreaterThanOrEqual(costOf(usage, luna));
      }),
    );
  });
});
