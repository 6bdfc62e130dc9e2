import { describe, expect, it } from 'vitest';
import { waitAwake } from '../../../src-main/relay/awake-deadline.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';

/** A clock whose waits take the given wall times, one after the other. */
function clockOf(wallMs: number[]) {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => epochMs(now),
    wait: (ms: number) => {
      waits.push(ms);
      now += wallMs.shift() ?? ms;
      return Promise.resolve();
    },
  };
}

describe('waitAwake', () => {
  it.each([[[180_000], 1], [[209_999], 1], [[210_000], 2], [[8 * 3_600_000, 3_600_000], 3]])('with waits of wall time %o waits %i times', async (wallMs, times) => {
    const clock = clockOf([...wallMs]);
    await waitAwake(clock, 180_000, new AbortController().signal);
    expect(clock.waits).toEqual(Array.from({ length: times }, () => 180_000));
  });
  it('ends when called off', async () => {
    const clock = { now: () => epochMs(0), wait: (_: number, signal?: AbortSignal) => Promise.reject(signal?.reason as Error) };
    await expect(waitAwake(clock, 1, AbortSignal.abort(new Error('off')))).rejects.toThrow('off');
  });
});
