import { AppError } from '../../src-shared/domain/errors.ts';
import type { Problem } from '../../src-shared/domain/errors.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import type { FoundCandidates } from '../workers/find-candidates.ts';
import { beginSearch, endSearch, findSearch, forgetSearch } from '../store/candidate-table.ts';
import type { StoredSearch } from '../store/candidate-table.ts';
import { inTransaction } from '../store/open-database.ts';
import { updateReading } from '../store/reading-table.ts';
import { rerankTiles } from '../store/tile-table.ts';
import { cropCandidates } from './crop-candidates.ts';
import { passingCodes } from './passing-codes.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { isShownBy } from './tile-place.ts';

/** What searching needs. */
export type SearchDesk = Pick<ReadingDesk, 'database' | 'clock' | 'pool' | 'pictures' | 'searches' | 'findCandidates' | 'settings' | 'changed'>;

/** What stands on a reading whose exam the device could not search. */
export const searchFailed: Problem = { code: 'device-search-failed', message: 'the device could not search the lungs for candidates' };

/**
 * Searches an exam for candidates on this machine and keeps them with their pictures, unless that has been done.
 *
 * Candidates are there before their pictures are; pictures that are missing are made also where nothing is searched again.
 *
 * @param mask - Of the volume.
 * @param signal - Aborted when the reading is cancelled or LungDesk closes: the exam then counts as not searched.
 * @returns A problem when the search failed.
 * @throws {AppError} faults of this machine that pass.
 */
export async function searchExam(
  desk: SearchDesk, readingId: string, volume: CtVolume, mask: LungMask, signal: AbortSignal,
): Promise<readonly Problem[]> {
  try {
    if (needsSearch(await findSearch(desk.database, readingId), volume)) {
      const isDone = await search(desk, readingId, volume, mask, signal);
      desk.changed(readingId);
      if (!isDone) return [searchFailed];
    }
    await cropCandidates(desk, readingId, volume, signal);
    return [];
  } finally {
    desk.searches.end(readingId);
  }
}

/** A slice that could not be looked into may have become readable since. */
function needsSearch(search: StoredSearch | null, { slices }: CtVolume): boolean {
  return search?.state !== 'done' || search.missedSlices.some((index) => slices[index]?.problem === null);
}

/** Whether it succeeded; what it came to is stored either way. */
async function search(desk: SearchDesk, readingId: string, volume: CtVolume, mask: LungMask, signal: AbortSignal): Promise<boolean> {
  const { database, clock } = desk;
  const { candidatesPerExam } = await desk.settings();
  const startedAt = clock.now();
  const started = clock.monotonicMs();
  const ended = (state: 'done' | 'failed') => ({ state, startedAt, tookMs: Math.round(clock.monotonicMs() - started) }) as const;
  function note(share: number): void {
    if (signal.aborted) return;
    desk.searches.note(readingId, share);
    desk.changed(readingId);
  }
  await beginSearch(database, readingId, startedAt);
  note(0);
  let found: FoundCandidates;
  try {
    found = await desk.findCandidates(desk.pool, volume, mask, { count: candidatesPerExam, signal, onProgress: note });
    signal.throwIfAborted();
  } catch (thrown) {
    if (signal.aborted || (thrown instanceof AppError && passingCodes.includes(thrown.code))) {
      await forgetSearch(database, readingId);
      throw thrown;
    }
    await endSearch(database, readingId, { ...nothingSearched, ...ended('failed') }, []);
    return false;
  }
  const missedSlices = [...volume.slices.entries()].filter(([, { problem }]) => problem !== null).map(([index]) => index);
  await inTransaction(database, async (transaction) => {
    await endSearch(transaction, readingId, { ...found.search, missedSlices, ...ended('done') }, found.candidates);
    await rerankTiles(transaction, readingId, (planned) => found.candidates.find(({ centreMm }) => isShownBy(planned, centreMm))?.rank ?? null);
    // They named candidates by the ranks that these had.
    await updateReading(transaction, readingId, { plan_notes_json: null });
  });
  return true;
}

const nothingSearched = { searchedSlices: 0, missedSlices: [], spacingNote: null, foundCount: 0 } as const;
