import { inTransaction } from '../store/open-database.ts';
import type { Database } from '../store/open-database.ts';
import { listRequests } from '../store/request-table.ts';
import { listSlices, markSlices } from '../store/slice-table.ts';
import { listTiles } from '../store/tile-table.ts';
import { sliceStates } from './slice-states.ts';
import type { SliceFate } from './slice-states.ts';

/** Brings the slices of a reading to what its tiles say of them; the second reader's tiles say nothing of coverage. */
export async function refreshSlices(database: Database, readingId: string): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const requests = await listRequests(transaction, readingId);
    const first = new Set(requests.filter(({ reader }) => reader === 0).map(({ id }) => id));
    const fates = sliceStates((await listTiles(transaction, readingId)).filter(({ requestId }) => first.has(requestId)));
    const changed = new Map<number, SliceFate>();
    const slices = await listSlices(transaction, readingId);
    for (const slice of slices) {
      const fate = fates.get(slice.sliceIndex);
      if (fate !== undefined && !slice.isLost && (fate.state !== slice.state || fate.reason !== slice.reason)) changed.set(slice.sliceIndex, fate);
    }
    await markSlices(transaction, readingId, changed);
  });
}
