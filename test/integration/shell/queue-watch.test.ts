import { describe, expect, it } from 'vitest';
import type { QueueRow } from '../../../src-shared/domain/views.ts';
import { watchQueue } from '../../../src-main/shell/queue-watch.ts';
import { fakeWorkstation, queueRow } from '../../helpers/fake-workstation.ts';

const changed = { name: 'readingsChanged', event: { readingIds: ['r1'] } } as const;

/** A queue whose every listing waits until the test hands it out. */
function setUp(): {
  readonly listings: PromiseWithResolvers<readonly QueueRow[]>[];
  readonly asked: () => Promise<void>;
  readonly list: () => Promise<readonly QueueRow[]>;
} {
  const listings: PromiseWithResolvers<readonly QueueRow[]>[] = [];
  let wake: (() => void) | null = null;
  return {
    listings,
    asked: async () => new Promise((resolve) => { wake = resolve; }),
    list: () => {
      const listing = Promise.withResolvers<readonly QueueRow[]>();
      listings.push(listing);
      wake?.();
      return listing.promise;
    },
  };
}

describe('watchQueue', () => {
  it('counts at once, and once more for any number of changes meanwhile', async () => {
    const { listings, asked, list } = setUp();
    const workstation = fakeWorkstation({ listQueue: list });
    const counts: number[] = [];
    watchQueue(workstation, ({ waiting }) => counts.push(waiting));
    expect(listings.length).toBe(1);
    for (let index = 0; index < 50; index += 1) workstation.emit(changed);
    workstation.emit({ name: 'spendChanged', event: {} });
    const second = asked();
    listings[0]?.resolve([]);
    await second;
    expect(listings.length).toBe(2);
    expect(counts).toEqual([0]);
  });

  it('keeps the last count when the queue cannot be read, and goes on', async () => {
    const { listings, asked, list } = setUp();
    const workstation = fakeWorkstation({ listQueue: list });
    const counted = Promise.withResolvers<number>();
    const end = watchQueue(workstation, ({ waiting }) => counted.resolve(waiting));
    workstation.emit(changed);
    const second = asked();
    listings[0]?.reject(new Error('busy'));
    await second;
    listings[1]?.resolve([queueRow({ state: 'held', status: 'held' })]);
    expect(await counted.promise).toBe(1);
    end();
    workstation.emit(changed);
    expect(listings.length).toBe(2);
  });
});
