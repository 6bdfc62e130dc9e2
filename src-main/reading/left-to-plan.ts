import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { listCandidates } from '../store/candidate-table.ts';
import type { StoredCandidate } from '../store/candidate-table.ts';
import { listSteps } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { listRequests } from '../store/request-table.ts';
import type { ReaderOrdinal } from '../store/request-table.ts';
import { listSlices } from '../store/slice-table.ts';
import { listTiles } from '../store/tile-table.ts';
import { unstableRanks } from './compare-readers.ts';
import { agreementOf } from './reading-agreement.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { sliceStates } from './slice-states.ts';

/** Answers that another dealing of the same tiles may mend; they stand as the reason on the step to a plan that LungDesk makes anew by itself. */
export const replannedCodes: readonly ErrorCode[] = ['control-failed', 'answer-invalid'];

/** What of an exam a reader has not been asked about, or only in vain. */
export interface LeftToPlan {
  /** Slices that are to be read and that no waiting request shows. */
  readonly sliceIndices: ReadonlySet<number>;
  /** Candidates that the reader has not judged and no waiting request shows. */
  readonly candidates: readonly StoredCandidate[];
  readonly isAnything: boolean;
}

/**
 * What of a reading is still to be planned for one of its readers, by its mode.
 *
 * Slices without voxels are not: nothing can be drawn of them. The third reader is asked about nothing but candidates on which the
 * first two differ.
 *
 * @param wanted - open: all of that. spoilt: only what bad answers left open; what may have been paid for twice is not sent a third time
 *   without a person.
 */
export async function leftToPlan(
  { database }: Pick<ReadingDesk, 'database'>, { id, mode, planNotes }: Pick<StoredReading, 'id' | 'mode' | 'planNotes'>, reader: ReaderOrdinal, wanted: 'open' | 'spoilt',
): Promise<LeftToPlan> {
  const [slices, candidates, allTiles, requests] = await Promise.all([
    listSlices(database, id), listCandidates(database, id), listTiles(database, id), listRequests(database, id),
  ]);
  const byId = new Map(requests.map((request) => [request.id, request]));
  const readerOf = (requestId: string): ReaderOrdinal => byId.get(requestId)?.reader ?? 0;
  const tiles = allTiles.filter(({ requestId }) => readerOf(requestId) === reader);
  const isWaiting = ({ requestId }: { readonly requestId: string }): boolean => byId.get(requestId)?.state === 'waiting';
  const heldSlices = new Set(tiles.filter(isWaiting).flatMap(({ planned }) => planned.sliceIndices));
  const fates = sliceStates(tiles);
  const isRead = (sliceIndex: number, state: string): boolean => (reader === 0 ? state === 'valid' : fates.get(sliceIndex)?.state === 'valid');
  const sweeps = mode !== 'verify' && reader !== 2;
  // The third reader is asked once anyway.
  const part = reader === 2 ? 'open' : wanted;
  const spoilt = tiles.filter(({ reason }) => reason !== null && replannedCodes.includes(reason)).map(({ planned }) => planned);
  const [spoiltSlices, spoiltRanks] = [new Set(spoilt.flatMap((tile) => tile.sliceIndices)), new Set(spoilt.map(({ candidateRank }) => candidateRank))];
  const sliceIndices = new Set(!sweeps ? [] : slices
    .filter(({ sliceIndex, state, isLost }) => (part === 'open' || spoiltSlices.has(sliceIndex)) && !isLost && state !== 'outside-lungs' && !isRead(sliceIndex, state) && !heldSlices.has(sliceIndex))
    .map(({ sliceIndex }) => sliceIndex));
  const settled = new Set(tiles.filter((tile) => tile.state === 'valid' || isWaiting(tile)).map(({ planned }) => planned.candidateRank));
  const asked = new Set(tiles.map(({ planned }) => planned.candidateRank));
  const differing = new Set(reader === 2 ? unstableRanks(agreementOf(allTiles, requests)) : []);
  // What was once left out of a plan, because there was too much or too little money, stays out; a third reader is asked once.
  const leftOut = new Set(planNotes.flatMap((note) => (note.kind === 'candidates-left-out' ? note.ranks : [])));
  const isWanted = (rank: number): boolean => (reader === 2 ? differing.has(rank) && !asked.has(rank) : !leftOut.has(rank));
  const open = mode === 'sweep' || mode === 'slices' ? [] : candidates.filter(({ candidate: { rank } }) => (part === 'open' || spoiltRanks.has(rank)) && isWanted(rank) && !settled.has(rank));
  return { sliceIndices, candidates: open, isAnything: sliceIndices.size + open.length > 0 };
}

/** Whether all that is open is to be planned, as a person wants it, or LungDesk mends by itself what bad answers spoilt. */
export async function partToPlan({ database }: Pick<ReadingDesk, 'database'>, readingId: string): Promise<'open' | 'spoilt'> {
  const begun = (await listSteps(database, readingId)).findLast(({ to }) => to === 'preparing');
  return (replannedCodes as readonly (string | null | undefined)[]).includes(begun?.reason) ? 'spoilt' : 'open';
}
