import { describe, expect, it } from 'vitest';
import { readingPriority } from '../../../src-main/reading/reading-priority.ts';

describe('readingPriority', () => {
  it.each([
    ['complete', [], 'routine'],
    ['complete', ['routine'], 'routine'],
    ['complete', ['routine', 'urgent'], 'urgent'],
    ['complete', ['critical', 'urgent'], 'critical'],
    // What nobody read is never routine.
    ['incomplete', [], 'unknown'],
    ['incomplete', ['routine'], 'unknown'],
    ['incomplete', ['urgent'], 'urgent'],
    ['failed', [], 'unknown'],
    ['held', [], 'unknown'],
    [null, [], 'unknown'],
    ['complete', ['an unknown word'], 'critical'],
  ] as const)('of a reading that is %s with %j is %s', (status, priorities, expected) => {
    expect(readingPriority(status, priorities)).toBe(expected);
  });

  it('is never routine where the device alone read a slice, and still as pressing as what a model saw', () => {
    expect(readingPriority('complete', [], 1)).toBe('unknown');
    expect(readingPriority('complete', ['routine'], 30)).toBe('unknown');
    expect(readingPriority('complete', ['urgent'], 30)).toBe('urgent');
  });
});
