import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../../src-main/relay/limiter.ts';
import type { ReleaseSlot } from '../../../src-main/relay/limiter.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

describe('createLimiter', () => {
  it('admits first come first served, and never more than its limit', async () => {
    const limiter = createLimiter(manualClock(), 2);
    const order: number[] = [];
    const releases: ReleaseSlot[] = [];
    const all = [1, 2, 3, 4].map(async (number) => { releases.push(await limiter.acquire()); order.push(number); });
    await settled();
    expect(order).toEqual([1, 2]);
    releases[0]?.();
    releases[0]?.();
    await settled();
    expect(order).toEqual([1, 2, 3]);
    releases[1]?.();
    await Promise.all(all);
    expect(order).toEqual([1, 2, 3, 4]);
    expect(limiter.inFlight).toBe(2);
  });

  it('lets an aborted waiter go without taking its slot away', async () => {
    const limiter = createLimiter(manualClock(), 1);
    const release = await limiter.acquire();
    const abort = new AbortController();
    const left = limiter.acquire(abort.signal);
    const next = limiter.acquire();
    abort.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await expect(limiter.acquire(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    release();
    (await next)();
    expect(limiter.inFlight).toBe(0);
  });

  it('starts with two and grows by one after as many clean answers as the limit, up to its most', () => {
    const limiter = createLimiter(manualClock(), 5);
    expect(limiter.limit).toBe(2);
    limiter.recover();
    expect(limiter.limit).toBe(2);
    limiter.recover();
    expect(limiter.limit).toBe(3);
    for (let answers = 0; answers < 50; answers += 1) limiter.recover();
    expect(limiter.limit).toBe(5);
  });

  it('halves once per hold-off and counts clean answers anew', () => {
    const clock = manualClock();
    const limiter = createLimiter(clock, 8);
    for (let answers = 0; answers < 50; answers += 1) limiter.recover();
    limiter.slowDown();
    limiter.slowDown();
    expect(limiter.limit).toBe(4);
    clock.advance(4999);
    limiter.slowDown();
    expect(limiter.limit).toBe(4);
    clock.advance(1);
    limiter.slowDown();
    expect(limiter.limit).toBe(2);
    limiter.recover();
    clock.advance(5000);
    limiter.slowDown();
    clock.advance(5000);
    limiter.slowDown();
    expect(limiter.limit).toBe(1);
    limiter.recover();
    expect(limiter.limit).toBe(2);
  });

  it.each([[0, 1, 1], [1, 1, 1], [9, 2, 8], [3, 2, 3]])('takes a most of %i: begins with %i, ends with %i', (most, first, last) => {
    const limiter = createLimiter(manualClock(), most);
    expect(limiter.limit).toBe(first);
    for (let answers = 0; answers < 100; answers += 1) limiter.recover();
    expect(limiter.limit).toBe(last);
  });

  it('shrinks at once and grows only by clean answers', () => {
    const limiter = createLimiter(manualClock(), 5);
    limiter.resize(1);
    expect(limiter.limit).toBe(1);
    limiter.resize(8);
    expect(limiter.limit).toBe(1);
  });

  it('admits waiters when it grows', async () => {
    const limiter = createLimiter(manualClock(), 8);
    await limiter.acquire();
    await limiter.acquire();
    const third = limiter.acquire();
    limiter.recover();
    limiter.recover();
    await third;
    expect(limiter.inFlight).toBe(3);
  });

  it('never exceeds the limit whatever happens', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('acquire', 'release', 'slow', 'recover', 'grow', 'shrink'), { maxLength: 60 }), async (steps) => {
      const clock = manualClock();
      const limiter = createLimiter(clock, 4);
      const held: ReleaseSlot[] = [];
      let admittedAbove = false;
      for (const step of steps) {
        const before = limiter.inFlight;
        if (step === 'acquire') void limiter.acquire().then((release) => held.push(release));
        else if (step === 'release') held.shift()?.();
        else if (step === 'slow') { clock.advance(6000); limiter.slowDown(); }
        else if (step === 'recover') limiter.recover();
        else limiter.resize(step === 'grow' ? 6 : 2);
        await Promise.resolve();
        if (limiter.inFlight > before && limiter.inFlight > limiter.limit) admittedAbove = true;
      }
      return !admittedAbove && limiter.inFlight <= 6;
    }));
  });
});
