import type { StoredSearch } from '../store/candidate-table.ts';
import type { SearchedSlices, StoredSlice } from '../store/slice-table.ts';

/**
 * Parts the slices that no model has read into those that the device's search looked into and the others.
 *
 * @param slices - Of the reading.
 * @param search - Null where nothing was searched.
 */
export function partSearched(slices: readonly StoredSlice[], search: StoredSearch | null): SearchedSlices {
  const open = slices.filter(({ state }) => state !== 'valid' && state !== 'outside-lungs').map(({ sliceIndex }) => sliceIndex);
  if (search?.state !== 'done') return { searched: [], missed: open };
  const missed = new Set(search.missedSlices);
  const searched = open.filter((index) => !missed.has(index));
  const wanted = slices.filter(({ state, sliceIndex }) => state !== 'outside-lungs' && !missed.has(sliceIndex)).length;
  // Fewer than there are, and nobody knows which: none counts as searched.
  if (search.searchedSlices < wanted) return { searched: [], missed: open };
  return { searched, missed: open.filter((index) => missed.has(index)) };
}
