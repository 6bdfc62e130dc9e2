import type { PlannedTile } from '../../src-shared/domain/request-plan.ts';
import type { CandidateAgreement, ReaderAgreement, SideFlip } from '../../src-shared/domain/agreement.ts';

/** A tile with a valid answer, and who gave it. */
export interface ReadTile {
  readonly planned: Pick<PlannedTile, 'role' | 'side' | 'sliceIndices' | 'candidateRank'>;
  /** 0: the first reader, 1: the second, 2: the one who is asked where they differ. */
  readonly reader: 0 | 1 | 2;
  readonly isMarked: boolean;
}

/**
 * Compares what two readers marked: two models, or one model that was shown everything twice, the second time mirrored.
 *
 * Agreement says how steady an answer is, not how likely it is to be right.
 *
 * @param tiles - Of one reading; controls are left out.
 * @returns Null where no second reader answered.
 */
export function compareReaders(tiles: readonly ReadTile[]): ReaderAgreement | null {
  const read = tiles.filter(({ planned }) => planned.role === 'candidate' || planned.role === 'slab' || planned.role === 'slice');
  if (!read.some(({ reader }) => reader === 1)) return null;
  return { candidates: candidateAgreements(read), sideFlips: sideFlips(read) };
}

/** Ranks of candidates about which the two readers differ: they alone are worth a dearer model. */
export function unstableRanks(agreement: ReaderAgreement | null): readonly number[] {
  return agreement === null ? [] : agreement.candidates.filter(({ state }) => state === 'unstable').map(({ rank }) => rank);
}

function candidateAgreements(tiles: readonly ReadTile[]): readonly CandidateAgreement[] {
  const byRank = Map.groupBy(tiles.filter(({ planned }) => planned.candidateRank !== null), ({ planned }) => planned.candidateRank ?? 0);
  return [...byRank].sort(([a], [b]) => a - b).flatMap(([rank, own]) => {
    const said = (reader: ReadTile['reader']): boolean | null => {
      const answers = own.filter((tile) => tile.reader === reader);
      return answers.length === 0 ? null : answers.some(({ isMarked }) => isMarked);
    };
    const [first, second, third] = [said(0), said(1), said(2)];
    if (first === null || second === null) return [];
    return [{ rank, first, second, third, state: first === second ? 'stable' : third === null ? 'unstable' : 'settled' } as const];
  });
}

/** Where one reader marks one lung and the other reader the other one at the same height, and neither both. */
function sideFlips(tiles: readonly ReadTile[]): readonly SideFlip[] {
  const marked = (reader: 0 | 1, side: 'left' | 'right'): ReadonlySet<number> =>
    new Set(tiles.filter((tile) => tile.reader === reader && tile.isMarked && tile.planned.side === side).flatMap(({ planned }) => planned.sliceIndices));
  return (['left', 'right'] as const).flatMap((side) => {
    const other = side === 'left' ? 'right' : 'left';
    const [first, firstOther, second, secondOther] = [marked(0, side), marked(0, other), marked(1, side), marked(1, other)];
    const flipped = [...first].filter((index) => secondOther.has(index) && !second.has(index) && !firstOther.has(index)).sort((a, b) => a - b);
    return runs(flipped).map(([fromIndex, toIndex]) => ({ firstSide: side, fromIndex, toIndex }));
  });
}

function runs(indices: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const index of indices) {
    const last = found.at(-1);
    if (last !== undefined && index === last[1] + 1) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}
