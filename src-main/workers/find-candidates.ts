import type { CandidateSearch, NoduleCandidate } from '../../src-shared/domain/candidate.ts';
import type { FoundBlob } from '../finder/find/found-blob.ts';
import { keepApart } from '../finder/find/keep-apart.ts';
import type { LungSide } from '../finder/find/lung-region.ts';
import { candidateOf, spacingNoteOf } from '../finder/find/nodule-candidate.ts';
import { isSameNodule } from '../finder/find/same-nodule.ts';
import type { SearchedLung } from '../finder/find/search-lung.ts';
import type { BlobsToSize, SizedPlace } from '../finder/find/size-blobs.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { ImagingPool } from './imaging-pool.ts';

/** How candidates are looked for. */
export interface FindCandidatesOptions {
  /** Most candidates that are kept; 30 to 60, usually 40. */
  readonly count: number;
  /** Calls it off; the search then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** What a search found. */
export interface FoundCandidates {
  /** By falling score. */
  readonly candidates: readonly NoduleCandidate[];
  readonly search: Omit<CandidateSearch, 'state' | 'tookMs'>;
}

/** Candidates that one job measures: few, so that no thread is left with a long last job. */
const perJob = 4;
/** Share of the time that the search of the lungs takes, the rest being measurement. */
const searchShare = 0.5;

/**
 * Looks for nodules in the lungs of an exam and measures what it finds.
 *
 * Each lung is one job and the candidates are dealt out by rank, so that the result is the same on any number of threads.
 *
 * @param pool - Does the work.
 * @param volume - The exam.
 * @param mask - Of its lungs.
 * @param options - How many.
 * @throws {AppError} what the pool rejects with; nothing is kept then.
 */
export async function findCandidates(pool: Pick<ImagingPool, 'run'>, volume: CtVolume, mask: LungMask, { count, signal, onProgress }: FindCandidatesOptions): Promise<FoundCandidates> {
  const progress = progressOf(onProgress);
  const blur = await pool.run('exam-blur', volume, signal);
  const search = async (side: LungSide): Promise<SearchedLung> => {
    const lung = await pool.run('search-lung', { volume, mask, side, count, blur }, signal);
    progress(searchShare / 2);
    return lung;
  };
  const [right, left] = await Promise.all([search('right'), search('left')]);
  const searched = [right, left];
  const blobs = keepApart(searched.flatMap((lung) => lung.blobs));
  const exam = { volume, mask, blur, lobes: { right: right.lobes, left: left.lobes } };
  const kept: MeasuredBlob[] = [];
  // What turns out to be a nodule that is already in the list makes room for the next.
  for (let from = 0; kept.length < count && from < blobs.length;) {
    const next = blobs.slice(from, from + count - kept.length);
    from += next.length;
    const places = await sizeAll(pool, exam, next, signal, progress);
    for (const [index, blob] of next.entries()) {
      const place = places[index];
      if (place !== undefined && kept.every((other) => !isSameNodule(other.place, place))) kept.push({ blob, place });
    }
  }
  const [from, to] = mask.extent ?? [0, volume.slices.length - 1];
  return {
    candidates: kept.map(({ blob, place }, index) => candidateOf(volume, blob, place, index + 1)),
    search: {
      searchedSlices: volume.slices.filter((_, index) => index >= from && index <= to && searched.some(({ seenSlices }) => seenSlices[index] === 1)).length,
      spacingNote: spacingNoteOf(volume),
      foundCount: searched.reduce((sum, { foundCount }) => sum + foundCount, 0),
    },
  };
}

interface MeasuredBlob {
  readonly blob: FoundBlob;
  readonly place: SizedPlace;
}

async function sizeAll(
  pool: Pick<ImagingPool, 'run'>, exam: Omit<BlobsToSize, 'blobs'>, blobs: readonly FoundBlob[],
  signal: AbortSignal | undefined, progress: (share: number) => void,
): Promise<readonly (SizedPlace | undefined)[]> {
  const jobs = Math.ceil(blobs.length / perJob);
  const dealt = await Promise.all(Array.from({ length: jobs }, async (_, job) => {
    const own = blobs.filter((__, index) => index % jobs === job).map(({ centreMm, blobMm }) => ({ centreMm, blobMm }));
    const places = await pool.run('size-candidates', { ...exam, blobs: own }, signal);
    progress((1 - searchShare) / jobs);
    return places;
  }));
  return blobs.map((_, index) => dealt[index % jobs]?.[Math.floor(index / jobs)]);
}

/** Adds up shares, never beyond 1. */
function progressOf(tell: ((share: number) => void) | undefined): (share: number) => void {
  let done = 0;
  return (share) => {
    done = Math.min(1, done + share);
    tell?.(done);
  };
}
