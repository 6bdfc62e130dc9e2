/**
 * What two readers said of a candidate; true: they marked it.
 *
 * stable: both the same. unstable: they differ. settled: they differ, and a third was asked.
 */
export interface CandidateAgreement {
  readonly rank: number;
  readonly first: boolean;
  readonly second: boolean;
  readonly third: boolean | null;
  readonly state: 'stable' | 'unstable' | 'settled';
}

/** A stretch of slices (indices, inclusive) where the first reader marked one lung and the second one the other. */
export interface SideFlip {
  readonly firstSide: 'left' | 'right';
  readonly fromIndex: number;
  readonly toIndex: number;
}

/** How far two readers agree: two models, or one that was shown everything twice, the second time mirrored. */
export interface ReaderAgreement {
  readonly candidates: readonly CandidateAgreement[];
  readonly sideFlips: readonly SideFlip[];
}
