import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Retry } from '../../../src-main/relay/outcome.ts';
import { decideRetry, freshRetryBudget } from '../../../src-main/relay/retry.ts';

describe('decideRetry', () => {
  it.each([['backoff', 2], ['once', 1], ['unknown', 1], ['semantic', 1], ['step-down', 0], ['split', 0], ['never', 0]] as const)('tries again after %s %i times', (retry, times) => {
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
