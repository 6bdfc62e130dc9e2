import { describe, expect, it } from 'vitest';
import { createRetryAllowance } from '../../../src-main/relay/retry-allowance.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

function taken(allowance: ReturnType<typeof createRetryAllowance>): number {
  let count = 0;
  while (count < 1000 && allowance.take()) count += 1;
  return count;
}

describe('createRetryAllowance', () => {
  it.each([[0, 20], [100, 20], [200, 20], [300, 30], [1000, 100]])('after %i requests allows %i retries', (requests, retries) => {
    const allowance = createRetryAllowance(manualClock());
    for (let index = 0; index < requests; index += 1) allowance.noteRequest();
    expect(taken(allowance)).toBe(retries);
  });
  it('counts the last five minutes only', () => {
    const clock = manualClock();
    const allowance = createRetryAllowance(clock);
    for (let index = 0; index < 400; index += 1) allowance.noteRequest();
    expect(taken(allowance)).toBe(40);
    clock.advance(299_999);
    expect(allowance.take()).toBe(false);
    clock.advance(1);
    expect(taken(allowance)).toBe(20);
  });
});
