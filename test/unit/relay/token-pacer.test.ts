import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenPacer } from '../../../src-main/relay/token-pacer.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

const tokens = (remaining: number, resetMs: number, limit: number | null = 10_000) => ({ requests: null, tokens: { limit, remaining, resetMs } });

describe('createTokenPacer', () => {
  it('lets everything go while nothing was said', () => {
    expect(createTokenPacer(manualClock()).waitMs(1e9)).toBe(0);
  });
  it.each([[999, 0], [1000, 0], [1001, 30_000]])('with 1000 tokens left makes a request of %i wait %i ms', (amount, waitMs) => {
    const pacer = createTokenPacer(manualClock());
    pacer.note(tokens(1000, 30_000));
    expect(pacer.waitMs(amount)).toBe(waitMs);
  });
  it('waits only for what is left of the time', () => {
    const clock = manualClock();
    const pacer = createTokenPacer(clock);
    pacer.note(tokens(0, 30_000));
    clock.advance(29_999);
    expect(pacer.waitMs(1)).toBe(1);
    clock.advance(1);
    expect(pacer.waitMs(1)).toBe(0);
  });
  it('counts what has left since, and what is on its way when something is said', () => {
    const pacer = createTokenPacer(manualClock());
    pacer.note(tokens(3000, 30_000));
    const first = pacer.depart(2000);
    expect(pacer.waitMs(2000)).toBe(30_000);
    pacer.note(tokens(3500, 20_000));
    expect(pacer.waitMs(2000)).toBe(20_000);
    first();
    first();
    pacer.note(tokens(3500, 20_000));
    expect(pacer.waitMs(3500)).toBe(0);
  });
  it('lets a request that is larger than the whole limit go when all of it is there', () => {
    const pacer = createTokenPacer(manualClock());
    pacer.note(tokens(500, 30_000, 1000));
    expect(pacer.waitMs(5000)).toBe(30_000);
    pacer.note(tokens(1000, 30_000, 1000));
    expect(pacer.waitMs(5000)).toBe(0);
  });
  it('counts requests as well', () => {
    const pacer = createTokenPacer(manualClock());
    pacer.note({ requests: { limit: 2, remaining: 1, resetMs: 4000 }, tokens: null });
    expect(pacer.waitMs(1)).toBe(0);
    pacer.depart(1);
    expect(pacer.waitMs(1)).toBe(4000);
  });
  it('keeps a window that an answer does not name', () => {
    const pacer = createTokenPacer(manualClock());
    pacer.note(tokens(0, 30_000));
    pacer.note({ requests: null, tokens: null });
    expect(pacer.waitMs(1)).toBe(30_000);
  });
  it('pauses for the longest that was asked for', () => {
    const clock = manualClock();
    const pacer = createTokenPacer(clock);
    pacer.pause(10_000);
    pacer.pause(2000);
    clock.advance(4000);
    expect(pacer.waitMs(1)).toBe(6000);
  });
  it('never lets more than the said amount leave before it is there again', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 5000 }), fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 20 }), (remaining, wanted) => {
      const pacer = createTokenPacer(manualClock());
      pacer.note(tokens(remaining, 60_000));
      let left = 0;
      for (const amount of wanted) {
        if (pacer.waitMs(amount) > 0) continue;
        pacer.depart(amount);
        left += amount;
      }
      return left <= remaining;
    }));
  });
});
