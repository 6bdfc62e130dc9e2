import { gapFactor } from '../../src-shared/domain/study.ts';
import type { ReadingDetail, SliceView } from '../../src-shared/domain/views.ts';

/**
 * A stretch of the exam that nobody has read.
 *
 * unread: these slices, both ends with them. missing: slices between two neighbours that never came; the two are not meant.
 * Indices are those of the slices, positions in mm along the slice normal.
 */
export interface UnreadPlace {
  readonly kind: 'unread' | 'missing';
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly fromMm: number;
  readonly toMm: number;
}

type Slices = Pick<ReadingDetail, 'slices' | 'unreadRanges' | 'spacingBetweenSlicesMm'>;

/**
 * Takes the unread ranges apart into slices that were not read and gaps where slices are missing, feet to head.
 *
 * A range may hold both: where slices are missing it goes from the slice below the gap to the one above, read or not.
 */
export function unreadPlaces({ slices, unreadRanges, spacingBetweenSlicesMm }: Slices): readonly UnreadPlace[] {
  const places: UnreadPlace[] = [];
  for (const { fromIndex, toIndex } of unreadRanges) {
    let unread: UnreadPlace | null = null;
    for (const slice of slices.slice(fromIndex, toIndex + 1)) {
      const below = slice.index === fromIndex ? undefined : slices[slice.index - 1];
      const [isRead, isReadBelow] = [needsNoReading(slice), below !== undefined && needsNoReading(below)];
      if (unread !== null && isRead) {
        places.push(unread);
        unread = null;
      }
      if (below !== undefined) {
        const isFar = spacingBetweenSlicesMm !== null && slice.positionMm - below.positionMm > gapFactor * spacingBetweenSlicesMm;
        // Two neighbours that were read stand in a range only for what is missing between them.
        if (isFar || (isRead && isReadBelow)) {
          if (unread !== null) places.push(unread);
          unread = null;
          places.push({ kind: 'missing', fromIndex: below.index, toIndex: slice.index, fromMm: below.positionMm, toMm: slice.positionMm });
        }
      }
      if (isRead) continue;
      const start: { readonly fromIndex: number; readonly fromMm: number } = unread ?? { fromIndex: slice.index, fromMm: slice.positionMm };
      unread = { kind: 'unread', fromIndex: start.fromIndex, fromMm: start.fromMm, toIndex: slice.index, toMm: slice.positionMm };
    }
    if (unread !== null) places.push(unread);
  }
  return places;
}

/** Read by a model, searched where the device alone reads, or without any lung on it. */
function needsNoReading({ tileState }: Pick<SliceView, 'tileState'>): boolean {
  return tileState === 'valid' || tileState === 'searched' || tileState === 'outside-lungs';
}

/** Indices of the slices above which slices are missing. */
export function gapsAbove(detail: Slices): readonly number[] {
  return unreadPlaces(detail).filter(({ kind }) => kind === 'missing').map(({ fromIndex }) => fromIndex);
}
