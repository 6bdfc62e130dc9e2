import { lobeModel } from '../../imaging/lungs/mask-lobes.ts';
import type { LobeModel } from '../../imaging/lungs/mask-lobes.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import { examBlur } from '../exam-blur.ts';
import type { ExamBlur } from '../exam-blur.ts';
import type { FoundBlob } from './found-blob.ts';
import { lungRegion } from './lung-region.ts';
import type { LungSide } from './lung-region.ts';
import { findPlaces } from './find-places.ts';
import { lungField } from './lung-field.ts';
import { resampleRegion, searchGridOf } from './resample-region.ts';
import { scoreBlob } from './score-blob.ts';
import { keepApart } from './keep-apart.ts';
import { plainSmoother } from './smooth-field.ts';
import type { FieldSmoother } from './smooth-field.ts';

/** One lung to search. */
export interface LungToSearch {
  readonly volume: CtVolume;
  readonly mask: LungMask;
  readonly side: LungSide;
  /** Most blobs that are given back. */
  readonly count: number;
  /** Of the exam; default: estimated anew, which takes tens of milliseconds. */
  readonly blur?: ExamBlur;
}

/** What a lung was found to hold. */
export interface SearchedLung {
  /** By falling score; none lies in another one. */
  readonly blobs: readonly FoundBlob[];
  /** How many there were before only the best were kept. */
  readonly foundCount: number;
  /** Slices of the volume that were searched: 1 where one was. */
  readonly seenSlices: Uint8Array;
  /** Estimated fissures of this lung: locating needs them. */
  readonly lobes: LobeModel | null;
}

/**
 * Searches one lung for places that may be nodules.
 *
 * Pure and synchronous; the same voxels, mask and side give the same blobs.
 *
 * @param input - The lung.
 * @param smoother - Does the smoothing; default: in plain TypeScript.
 */
export function searchLung({ volume, mask, side, count, blur = examBlur(volume) }: LungToSearch, smoother: FieldSmoother = plainSmoother): SearchedLung {
  const region = lungRegion(mask, volume, side);
  if (region === null) return { blobs: [], foundCount: 0, seenSlices: new Uint8Array(volume.slices.length), lobes: null };
  const resampled = resampleRegion(volume, searchGridOf(volume, mask, region, blur));
  const field = lungField(volume, mask, region, resampled);
  const blobs = keepApart(findPlaces(field, smoother).map((place) => scoreBlob(volume, field, place)));
  return { blobs: blobs.slice(0, count), foundCount: blobs.length, seenSlices: resampled.seenSlices, lobes: mask.kind === 'lungs' ? lobeModel(mask, volume, side) : null };
}
