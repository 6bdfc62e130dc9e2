import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Retry } from '../../../src-main/relay/outcome.ts';
import { decideRetry, freshRetryBudget, readRetryAfter } from '../../../src-main/relay/retry.ts';

const now = Date.UTC(2026, 10, 23, 12);

describe('readRetryAfter', () => {
  it.each([
    [{}, null], [{ 'retry-after': '' }, null], [{ 'retry-after': '2' }, 2000], [{ 'retry-after': '0' }, 1000], [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': '600' }, 600_000], [{ 'retry-after': '601' }, 600_000], [{ 'retry-after': '86400' }, 600_000], [{ 'retry-after': '86401' }, null],
    [{ 'retry-after': '-1' }, null], [{ 'retry-after': 'soon' }, null], [{ 'retry-after': '99999999999999999999' }, null], [{ 'retry-after': '2026' }, 600_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }, 30_000], [{ 'retry-after': 'Mon, 23 Nov 2026 11:59:30 GMT' }, null],
    [{ 'retry-after-ms': '2500' }, 2500], [{ 'retry-after-ms': '10', 'retry-after': '5' }, 1000], [{ 'x-ms-retry-after-ms': '3000' }, 3000], [{ 'retry-after-ms': 'x', 'retry-after': '5' }, 5000],
  ])('reads %o as %s ms', (headers, expected) => {
    expect(readRetryAfter(headers as Record<string, string>, now)).toBe(expected);
  });
  it('is always within 1 s and 10 min', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (seconds, ms) => {
      const wait = readRetryAfter({ 'retry-after': seconds, 'retry-after-ms': ms }, now);
      return wait === null || (wait >= 1000 && wait <= 600_000);
    }));
  });
});

describe('decideRetry', () => {
  it.each([['backoff', 2], ['once', 1], ['unknown', 1], ['semantic', 1], ['step-down', 0], ['never', 0]] as const)('tries again after %s %i times', (retry, times) => {
    let budget = freshRetryBudget(1);
    let tries = 0;
    for (let decision = decideRetry({ retry }, budget, null, 0.5); decision.retry; decision = decideRetry({ retry }, budget, null, 0.5)) {
      budget = decision.budget;
      tries += 1;
    }
    expect(tries).toBe(times);
  });
  it.each([[0, 0], [1, 1], [7, 1], [-1, 0]])('allows %i tries after an unknown outcome as %i', (asked, allowed) => {
    expect(freshRetryBudget(asked).unknown).toBe(allowed);
  });
  it('doubles the window of the jitter', () => {
    const first = decideRetry({ retry: 'backoff' }, freshRetryBudget(1), null, 0.999);
    expect(first).toMatchObject({ waitMs: 999 });
    expect(first.retry && decideRetry({ retry: 'backoff' }, first.budget, null, 0.999)).toMatchObject({ waitMs: 1998 });
  });
  it('waits at least as long as the relay asks and never longer than its bounds', () => {
    fc.assert(fc.property(fc.constantFrom<Retry>('backoff', 'once', 'unknown', 'semantic'), fc.option(fc.integer({ min: 1000, max: 600_000 }), { nil: null }), fc.double({ min: 0, max: 0.999999, noNaN: true }), (retry, asked, random) => {
      const decision = decideRetry({ retry }, freshRetryBudget(1), asked, random);
      if (!decision.retry) return false;
      return asked === null ? decision.waitMs >= 0 && decision.waitMs <= 30_000 : decision.waitMs >= asked && decision.waitMs <= asked + 1000;
    }));
  });
});
