import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { SliceView } from '../../src-shared/domain/views.ts';

/** Reasons that tell of the slice's file or pixels; any other one tells of what a relay made of it. */
const undecodedReasons: readonly ErrorCode[] = [
  'file-unreadable', 'file-truncated', 'file-changed', 'dicom-malformed', 'pixel-data-missing', 'pixel-data-truncated', 'pixel-data-corrupt',
  'transfer-syntax-unsupported', 'rescale-missing', 'image-not-grey', 'geometry-missing', 'image-too-large', 'worker-crashed', 'imaging-busy',
];

/** Whether a slice failed because it has no pixels that could be shown to anybody. */
export function isUndecoded({ tileState, reason }: Pick<SliceView, 'tileState' | 'reason'>): boolean {
  return tileState === 'failed' && (reason === null || undecodedReasons.includes(reason));
}

/** Whether a slice's pixels can be asked for: something came of it already, which takes pixels, or the exam is decoded; and it did not fail for want of them. */
export function isShowable(slice: Pick<SliceView, 'tileState' | 'reason'>, isDecoded: boolean): boolean {
  return (isDecoded || slice.tileState !== 'planned') && !isUndecoded(slice);
}
