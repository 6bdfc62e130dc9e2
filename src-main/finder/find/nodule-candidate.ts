import type { CandidateSearch, NoduleCandidate } from '../../../src-shared/domain/candidate.ts';
import { patientToVoxel } from '../../imaging/volume/ct-volume.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import type { FoundBlob } from './found-blob.ts';
import type { SizedPlace } from './size-blobs.ts';

/** Distances or thicknesses of slices above which a search finds less, mm (docs/finder.md tells what they cost). */
const smallMissedMm = 3;
const onlyLargeMm = 6;

/**
 * Puts together what is known of a place that may be a nodule.
 *
 * @param volume - The series.
 * @param blob - As it was found.
 * @param sized - As it was measured and located.
 * @param rank - From 1.
 */
export function candidateOf(volume: CtVolume, { blobMm, path, attachment, score, terms }: FoundBlob, { centreMm, sizing, place, sliceRange }: SizedPlace, rank: number): NoduleCandidate {
  const sliceIndex = Math.min(Math.max(Math.round(patientToVoxel(volume, centreMm)[2]), 0), volume.slices.length - 1);
  return {
    ...place, rank, centreMm, sliceIndex, sopInstanceUid: volume.slices[sliceIndex]?.sopInstanceUid ?? '',
    fromSliceIndex: Math.min(sliceRange[0], sliceIndex), toSliceIndex: Math.max(sliceRange[1], sliceIndex), path, attachment, blobMm, score, terms, size: sizing,
  };
}

/**
 * Tells what the slices of an exam cost its search.
 *
 * @param volume - The series; the larger of slice thickness and distance counts.
 */
export function spacingNoteOf({ spacingMm, sliceThicknessMm }: Pick<CtVolume, 'spacingMm' | 'sliceThicknessMm'>): CandidateSearch['spacingNote'] {
  const sliceMm = Math.max(spacingMm[2], sliceThicknessMm ?? 0);
  if (sliceMm > onlyLargeMm) return 'only-large-nodules';
  return sliceMm > smallMissedMm ? 'small-nodules-may-be-missed' : null;
}
