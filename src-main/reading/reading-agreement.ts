import type { ReaderAgreement } from '../../src-shared/domain/agreement.ts';
import type { StoredRequest } from '../store/request-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { compareReaders } from './compare-readers.ts';

/** How far the readers of a reading agree; null where there was one only. */
export function agreementOf(tiles: readonly StoredTile[], requests: readonly StoredRequest[]): ReaderAgreement | null {
  const readers = new Map(requests.map(({ id, reader }) => [id, reader]));
  return compareReaders(tiles.flatMap(({ requestId, planned, answer }) =>
    answer === null ? [] : [{ planned, reader: readers.get(requestId) ?? 0, isMarked: answer.regions.length > 0 }]));
}
