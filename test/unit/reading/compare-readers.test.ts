import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReaders, unstableRanks } from '../../../src-main/reading/compare-readers.ts';
import type { ReadTile } from '../../../src-main/reading/compare-readers.ts';

const verify = (rank: number, reader: 0 | 1 | 2, isMarked: boolean): ReadTile =>
  ({ planned: { role: 'candidate', side: null, sliceIndices: [], candidateRank: rank }, reader, isMarked });
const sweep = (side: 'left' | 'right', sliceIndices: readonly number[], reader: 0 | 1, isMarked = true): ReadTile =>
  ({ planned: { role: 'slab', side, sliceIndices, candidateRank: null }, reader, isMarked });

describe('compareReaders', () => {
  it('says nothing where there was one reader only', () => {
    expect(compareReaders([verify(1, 0, true)])).toBeNull();
    expect(unstableRanks(null)).toEqual([]);
  });

  it('parts candidates into stable, unstable, and settled by a third', () => {
    const agreement = compareReaders([
      verify(2, 0, true), verify(2, 1, false), verify(1, 0, true), verify(1, 1, true),
      verify(3, 0, false), verify(3, 1, true), verify(3, 2, true), verify(4, 0, true),
    ]);
    expect(agreement?.candidates).toEqual([
      { rank: 1, first: true, second: true, third: null, state: 'stable' },
      { rank: 2, first: true, second: false, third: null, state: 'unstable' },
      { rank: 3, first: false, second: true, third: true, state: 'settled' },
    ]);
    expect(unstableRanks(agreement)).toEqual([2]);
  });

  it('exposes a reader who marks the other lung', () => {
    const agreement = compareReaders([sweep('left', [4, 5, 6], 0), sweep('left', [4, 5, 6], 1, false), sweep('right', [5, 6, 7], 1), sweep('right', [20], 0), sweep('right', [20], 1)]);
    expect(agreement?.sideFlips).toEqual([{ firstSide: 'left', fromIndex: 5, toIndex: 6 }]);
  });

  it('finds no flip where either reader marks both lungs', () => {
    expect(compareReaders([sweep('left', [1], 0), sweep('right', [1], 0), sweep('right', [1], 1)])?.sideFlips).toEqual([]);
    expect(compareReaders([sweep('left', [1], 0), sweep('left', [1], 1), sweep('right', [1], 1)])?.sideFlips).toEqual([]);
  });

  it('never depends on the order of the answers, and is stable for a reader against itself', () => {
    const answers = fc.uniqueArray(fc.record({ rank: fc.integer({ min: 1, max: 9 }), isMarked: fc.boolean() }), { selector: ({ rank }) => rank, minLength: 1 });
    fc.assert(fc.property(answers, (some) => {
      const twice = some.flatMap(({ rank, isMarked }) => [verify(rank, 0, isMarked), verify(rank, 1, isMarked)]);
      expect(unstableRanks(compareReaders(twice))).toEqual([]);
      expect(compareReaders(twice.toReversed())).toEqual(compareReaders(twice));
    }));
  });
});
