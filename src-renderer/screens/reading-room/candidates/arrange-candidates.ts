import type { CandidateView } from '../../../../src-shared/domain/views.ts';

/** Mean diameters from which on candidates are shown, mm; 0 shows all. */
export const smallestSizes = [0, 4, 6, 8] as const;

/** A smallest mean diameter, mm. */
export type SmallestSize = (typeof smallestSizes)[number];

/** Orders of the list. */
export const candidateOrders = ['rank', 'size', 'position'] as const;

/** An order of the list. */
export type CandidateOrder = (typeof candidateOrders)[number];

/** What of the candidates is shown, and in which order. */
export interface CandidateArrangement {
  readonly smallestMm: SmallestSize;
  readonly order: CandidateOrder;
}

/** The whole list by rank. */
export const wholeList: CandidateArrangement = { smallestMm: 0, order: 'rank' };

/**
 * Mean diameter of a candidate in whole tenths of a millimetre.
 *
 * @returns Where nothing could be measured the diameter of the ball that answered best, which is rough.
 */
export function diameterTenths({ size, blobMm }: Pick<CandidateView, 'size' | 'blobMm'>): number {
  return size.kind === 'nodule' ? size.axes.meanTenths : Math.round(blobMm * 10);
}

function before(left: CandidateView, right: CandidateView, order: CandidateOrder): number {
  switch (order) {
    case 'rank': return 0;
    case 'size': return diameterTenths(right) - diameterTenths(left);
    // The head first, as the scrollbar beside the picture has it.
    case 'position': return right.sliceIndex - left.sliceIndex;
  }
}

/** The candidates that are large enough, in order; among equals the better rank stands first. */
export function arrangeCandidates(candidates: readonly CandidateView[], { smallestMm, order }: CandidateArrangement): readonly CandidateView[] {
  return candidates.filter((candidate) => diameterTenths(candidate) >= smallestMm * 10)
    .toSorted((left, right) => before(left, right, order) || left.rank - right.rank);
}

/** Slice that shows a candidate best: the one with its largest section where it was measured. */
export function sliceOfCandidate({ size, sliceIndex }: Pick<CandidateView, 'size' | 'sliceIndex'>): number {
  return size.kind === 'nodule' ? size.sliceIndex : sliceIndex;
}
