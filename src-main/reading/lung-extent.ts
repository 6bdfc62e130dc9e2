import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { LungOutline, SliceExtent } from '../../src-shared/domain/lungs.ts';
import type { VolumeSlice } from '../imaging/volume/ct-volume.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';

type Slices = readonly Pick<VolumeSlice, 'positionMm' | 'problem'>[];
type Outlined = Pick<LungMask, 'kind' | 'reason' | 'notes' | 'rightMm3' | 'leftMm3' | 'extent'>;

const mm3PerMl = 1000;

/**
 * Slices that need not be read because they hold no lung, or no body where the lungs could not be told.
 *
 * What lies on a slice that could not be decoded is unknown. It has to be read where the body stands in for the lungs, inside of
 * the lungs' extent, and where nothing but such slices lies between it and the lungs.
 *
 * @param mask - Of the volume.
 * @param slices - Of the volume, from feet to head.
 * @returns Slice indices, with the fault of those that could not be decoded.
 */
export function slicesOutside(mask: Pick<LungMask, 'kind' | 'extent'>, slices: Slices): ReadonlyMap<number, ErrorCode | null> {
  const extent = extentToRead(mask, slices);
  if (extent === null) return new Map();
  return new Map(
    [...slices.entries()]
      .filter(([index, { problem }]) => (index < extent.fromIndex || index > extent.toIndex) && (problem === null || mask.kind === 'lungs'))
      .map(([index, { problem }]) => [index, problem?.code ?? null]),
  );
}

/**
 * What a mask says of an exam, in words and numbers for people.
 *
 * @param mask - Of the volume.
 * @param slices - Of the volume, from feet to head.
 */
export function outlineOf(mask: Outlined, slices: Slices): LungOutline {
  return {
    kind: mask.kind,
    reason: mask.reason,
    notes: mask.notes,
    rightMl: Math.round(mask.rightMm3 / mm3PerMl),
    leftMl: Math.round(mask.leftMm3 / mm3PerMl),
    extent: extentToRead(mask, slices),
    sliceCount: slices.length,
  };
}

function extentToRead({ extent }: Pick<LungMask, 'extent'>, slices: Slices): SliceExtent | null {
  if (extent === null) return null;
  let [fromIndex, toIndex] = extent;
  while (isLost(slices[fromIndex - 1])) fromIndex -= 1;
  while (isLost(slices[toIndex + 1])) toIndex += 1;
  return { fromIndex, toIndex, fromMm: slices[fromIndex]?.positionMm ?? 0, toMm: slices[toIndex]?.positionMm ?? 0 };
}

function isLost(slice: Slices[number] | undefined): boolean {
  return slice !== undefined && slice.problem !== null;
}
