/** Why the lungs could not be outlined; the body region stands in for them then. */
export type NoLungsReason = 'no-air-in-body' | 'volume-implausible' | 'no-body' | 'too-few-slices' | 'outlining-failed';

/** What a reader should know of an outline that stands. */
export type LungMaskNote = 'one-lung-missing' | 'lungs-parted-by-midline' | 'cut-at-the-top' | 'cut-at-the-bottom' | 'cut-at-the-sides' | 'slices-missing';

/** A stretch of slices, both ends included: their indices from the feet, and positions along the slice normal, mm. */
export interface SliceExtent {
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly fromMm: number;
  readonly toMm: number;
}

/** Where the lungs lie in an exam, as the device outlined them, or that it could not. */
export interface LungOutline {
  /** 'body': the lungs could not be told apart from the rest, and the whole body region is read. */
  readonly kind: 'lungs' | 'body';
  /** Set when kind is 'body'. */
  readonly reason: NoLungsReason | null;
  readonly notes: readonly LungMaskNote[];
  /** Volumes of the outlined lungs, whole ml; 0 where kind is 'body'. */
  readonly rightMl: number;
  readonly leftMl: number;
  /** Slices that have to be read; null when there is not even a body, and all of them have to be. */
  readonly extent: SliceExtent | null;
  /** Slices of the series. */
  readonly sliceCount: number;
}
