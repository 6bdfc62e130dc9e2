import { describe, expect, it } from 'vitest';
import { gapsAbove, unreadPlaces } from '../../../src-renderer/viewer/unread-places.ts';
import { unreadRanges } from '../../../src-main/reading/coverage.ts';

/** Slices 2.5 mm apart at these places of the grid: v read, f not read, o outside of the lungs. The ranges are those the main process makes. */
function exam(states: string, places: readonly number[]) {
  const slices = Array.from(states, (letter, index) => ({
    index, sopInstanceUid: `2.25.${index}`, instanceNumber: index, positionMm: (places[index] ?? 0) * 2.5, reason: null, pixelsPath: '',
    tileState: letter === 'v' ? 'valid' as const : letter === 'o' ? 'outside-lungs' as const : 'failed' as const,
  }));
  const tiles = slices.map(({ index, positionMm, tileState }) => ({ sliceIndex: index, positionMm, state: tileState }));
  return { slices, unreadRanges: unreadRanges(tiles, 2.5), spacingBetweenSlicesMm: 2.5 };
}

const told = (detail: ReturnType<typeof exam>) => unreadPlaces(detail).map(({ kind, fromIndex, toIndex }) => `${kind} ${fromIndex}-${toIndex}`);

describe('unreadPlaces', () => {
  it.each([
    ['vvvv', [0, 1, 2, 3], []],
    ['vvvv', [0, 1, 3, 4], ['missing 1-2']],
    ['vffv', [0, 1, 2, 3], ['unread 1-2']],
    ['vfv', [0, 1, 2], ['unread 1-1']],
    ['vvvv', [0, 2, 4, 5], ['missing 0-1', 'missing 1-2']],
    ['vvfv', [0, 2, 3, 4], ['missing 0-1', 'unread 2-2']],
    ['vfvv', [0, 2, 3, 4], ['missing 0-1', 'unread 1-1']],
    ['vffv', [0, 1, 4, 5], ['unread 1-1', 'missing 1-2', 'unread 2-2']],
    ['ffff', [0, 1, 2, 3], ['unread 0-3']],
    ['ovvo', [0, 1, 2, 3], []],
    ['ovfo', [0, 1, 2, 3], ['unread 2-2']],
    ['oovv', [0, 2, 3, 5], ['missing 0-1', 'missing 2-3']],
    ['offo', [0, 1, 2, 4], ['unread 1-2', 'missing 2-3']],
  ] as const)('tells %s at %j apart', (states, places, parts) => {
    expect(told(exam(states, places))).toEqual(parts);
  });

  it('gives the positions of the two slices between which slices are missing', () => {
    expect(unreadPlaces(exam('vvv', [0, 1, 3]))).toEqual([{ kind: 'missing', fromIndex: 1, toIndex: 2, fromMm: 2.5, toMm: 7.5 }]);
  });

  it('knows a gap between two read slices also where the usual distance is unknown', () => {
    expect(gapsAbove({ ...exam('vvv', [0, 1, 3]), spacingBetweenSlicesMm: null })).toEqual([1]);
  });
});
