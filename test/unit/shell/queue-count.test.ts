import { describe, expect, it } from 'vitest';
import { readingStates } from '../../../src-shared/domain/reading.ts';
import type { ReadingState, ReadingStatus } from '../../../src-shared/domain/reading.ts';
import { countQueue } from '../../../src-main/shell/queue-count.ts';

describe('countQueue', () => {
  it('counts nothing in an empty queue', () => {
    expect(countQueue([])).toEqual({ running: 0, waiting: 0 });
  });

  it.each<[ReadingState, ReadingStatus | null, number, number]>([
    ['arriving', null, 0, 1], ['settled', null, 1, 1], ['preparing', null, 1, 1], ['planned', null, 1, 1], ['reading', null, 1, 1],
    ['held', 'held', 0, 1], ['failed', 'failed', 0, 1], ['needs-attention', 'incomplete', 0, 1], ['merged', 'incomplete', 0, 1],
    ['merged', 'complete', 0, 0], ['cancelled', null, 0, 0],
  ])('counts %s (%s) as %i running, %i waiting', (state, status, running, waiting) => {
    expect(countQueue([{ state, status }])).toEqual({ running, waiting });
  });

  it('never counts more running than waiting', () => {
    const rows = readingStates.map((state) => ({ state, status: null }));
    const { running, waiting } = countQueue(rows);
    expect(running).toBeLessThanOrEqual(waiting);
  });
});
