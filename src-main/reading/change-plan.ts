import { AppError } from '../../src-shared/domain/errors.ts';
import type { ReadingPlan, ReadingState } from '../../src-shared/domain/reading.ts';
import { findSearch } from '../store/candidate-table.ts';
import { updateReading } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { unmarkSearched } from '../store/slice-table.ts';
import { reload, step } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { readingDocument } from './reading-document.ts';

/** What else is asked for with the plan. */
type Asked = Parameters<typeof updateReading>[2];

/** On the way to being prepared, or at it: the plan is looked at afterwards. */
const preparingStates: readonly ReadingState[] = ['arriving', 'settled', 'preparing'];

/**
 * Changes who reads: the device alone, or a relay after all. The caller sees to it that the reading is not being run meanwhile.
 *
 * What models have answered stays. A reading that is complete by a relay has nothing left for the device alone, and stays as it is.
 *
 * @param asked - Stored with it.
 * @throws {AppError} reading-not-found; already-read for a copy of another reading's exam.
 */
export async function changePlan(desk: ReadingDesk, readingId: string, plan: ReadingPlan, asked: Asked = {}): Promise<void> {
  const reading = await reload(desk.database, readingId);
  if (reading.reason === 'already-read') throw new AppError('already-read', 'this exam has been read already; nothing is sent again');
  if (plan === 'device-only') await readOnDevice(desk, reading, asked);
  else await readThroughRelay(desk, reading, asked);
  desk.changed(readingId);
}

async function readOnDevice(desk: ReadingDesk, reading: StoredReading, asked: Asked): Promise<void> {
  if ((await readingDocument(desk.database, reading.id)).status === 'complete') return;
  const isSearched = (await findSearch(desk.database, reading.id))?.state === 'done';
  const prepared = await prepareAnew(desk, reading, { ...asked, plan: 'device-only' });
  // The files are needed no more: they may be gone.
  if (isSearched && prepared !== null) await step(desk, prepared, 'plan', null, {});
}

async function readThroughRelay(desk: ReadingDesk, reading: StoredReading, asked: Asked): Promise<void> {
  await prepareAnew(desk, reading, { ...asked, plan: 'relay' });
  await unmarkSearched(desk.database, reading.id);
}

/** Back to where pictures are made, those that are there are kept; null for a reading that is not that far yet. */
async function prepareAnew(desk: ReadingDesk, reading: StoredReading, change: Asked): Promise<StoredReading | null> {
  const effect = { ...change, crash_count: 0 };
  if (preparingStates.includes(reading.state)) {
    await updateReading(desk.database, reading.id, effect);
    return null;
  }
  // Nothing seen before says nothing about what is still to be read.
  const priority = reading.priority === 'routine' ? 'unknown' : reading.priority;
  return step(desk, reading, 'prepare', null, { ...effect, reason: null, held_for: null, priority });
}
