import type { Problem } from '../../src-shared/domain/errors.ts';
import { findLungOutline } from '../store/lung-outline-table.ts';
import { addProblems } from '../store/problem-table.ts';
import { findSearch } from '../store/candidate-table.ts';
import type { StoredSearch } from '../store/candidate-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { listSlices, markSearched } from '../store/slice-table.ts';
import { parkTiles } from '../store/tile-table.ts';
import { mergeReading, restReading } from './merge-reading.ts';
import { step } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { searchFailed } from './search-exam.ts';
import { partSearched } from './searched-slices.ts';

/**
 * Ends a prepared reading on the device's own search alone: nothing is sent, and no relay is so much as chosen.
 *
 * What was planned for a relay stays, with its pictures: it can still be sent when the files are gone. Slices that the search did not cover are gaps; a reading that was not searched at all has failed, and one whose lungs could not be
 * outlined is never complete.
 *
 * @param signal - Calls it off; the reading then stays where it is.
 */
export async function finishOnDevice(desk: ReadingDesk, before: StoredReading, signal: AbortSignal): Promise<void> {
  if (signal.aborted || (before.state !== 'planned' && before.state !== 'held')) return;
  const { database } = desk;
  const search = await findSearch(database, before.id);
  await parkTiles(database, before.id);
  const parted = partSearched(await listSlices(database, before.id), search);
  await markSearched(database, before.id, parted);
  if (search?.state !== 'done' || parted.searched.length === 0) {
    await restReading(desk, before, 'fail', searchFailed.code, null, [{ ...failureOf(search), lostSlice: false }]);
    return;
  }
  const reading = before.state === 'held' ? await step(desk, before, 'plan', null, { held_for: null, reason: null }) : before;
  if ((await findLungOutline(database, reading.id))?.kind !== 'lungs') await addProblems(database, reading.id, [{ ...lungsUnknown, lostSlice: false }]);
  await mergeReading(desk, reading);
}

const lungsUnknown: Problem = { code: 'lungs-not-outlined', message: 'the device could not tell the lungs from the rest of the body' };

function failureOf(search: StoredSearch | null): Problem {
  return search?.state === 'done' ? { ...searchFailed, message: 'the device could not tell where to search this exam' } : searchFailed;
}
