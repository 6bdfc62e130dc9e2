import { describe, expect, it } from 'vitest';
import { listPrice, priceInForce } from '../../../src-main/relay/price-rule.ts';
import type { CataloguePrice } from '../../../src-main/relay/model-catalogue.ts';

const row = (change: Partial<CataloguePrice>): CataloguePrice => ({
  effectiveFrom: '2026-01-01', validTo: null, currency: 'USD', input: 100, cachedInput: 11, cacheWrite: null, output: 301, tiers: [], peak: null, source: 's', ...change,
});
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

describe('priceInForce', () => {
  const rows = [row({ input: 1 }), row({ effectiveFrom: '2026-03-01', validTo: '2026-04-01', input: 2 }), row({ effectiveFrom: '2026-05-01', input: 3 })];
  it.each([
    ['2025-06-01', 1], ['2026-01-01', 1], ['2026-02-28', 1], ['2026-03-01', 2], ['2026-03-31', 2], ['2026-04-01', null], ['2026-04-30', null], ['2026-05-01', 3], ['2030-01-01', 3],
  ])('takes on %s the row that costs %s', (day, input) => {
    expect(priceInForce('m', rows, at(day), 0)?.input ?? null).toBe(input);
  });
  it('counts days in UTC', () => {
    expect(priceInForce('m', rows, at('2026-03-01') - 1, 0)?.input).toBe(1);
  });
  it('is unknown without rows', () => {
    expect(priceInForce('m', [], at('2026-01-01'), 0)).toBeNull();
  });
  it('takes the tier of the longest prompt that is passed, and peak hours on top, rounded up', () => {
    const tiers = [{ abovePromptTokens: 10, input: 200, cachedInput: 20, cacheWrite: 250, output: 600 }, { abovePromptTokens: 20, input: 400, cachedInput: 40, cacheWrite: null, output: 601 }];
    const peak = { days: [4], hoursUtc: [[0, 1] as [number, number]], multiplierPercent: 150 };
    const rows = [row({ tiers, peak })];
    expect([10, 11, 20, 21].map((tokens) => priceInForce('m', rows, at('2026-01-02'), tokens)?.input)).toEqual([100, 200, 200, 400]);
    // 2026-01-01 is a Thursday.
    expect(priceInForce('m', rows, at('2026-01-01'), 21)).toEqual({
      id: 'm:2026-01-01:above-20:peak', input: 600, cachedInput: 60, cacheWrite: 600, output: 902, effectiveFrom: '2026-01-01', abovePromptTokens: 20, peak: true, source: 's',
    });
  });
});

describe('listPrice', () => {
  const tiers = [{ abovePromptTokens: 10, input: 200, cachedInput: 20, cacheWrite: 250, output: 600 }];
  const peak = { days: [4], hoursUtc: [[0, 1] as [number, number]], multiplierPercent: 150 };
  it('shows the row that holds, without what its tiers and hours add, and whether an hour is dearer now', () => {
    const rows = [row({ input: 1 }), row({ effectiveFrom: '2026-03-01', tiers, peak })];
    // 2026-03-05 is a Thursday.
    expect(listPrice(rows, at('2026-03-05'))).toEqual({
      input: 100, cachedInput: 11, cacheWrite: null, output: 301, effectiveFrom: '2026-03-01', validTo: null,
      tiers: [{ abovePromptTokens: 10, input: 200, output: 600 }], peak: { ...peak, isNow: true },
    });
    expect(listPrice(rows, at('2026-03-06'))?.peak?.isNow).toBe(false);
  });
  it('is unknown without rows, and after the last one has run out', () => {
    expect(listPrice([], at('2026-03-05'))).toBeNull();
    expect(listPrice([row({ validTo: '2026-02-01' })], at('2026-02-01'))).toBeNull();
  });
});
