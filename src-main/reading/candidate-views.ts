import type { CandidateSearch } from '../../src-shared/domain/candidate.ts';
import type { DocumentCandidate, ReadingState } from '../../src-shared/domain/reading.ts';
import type { CandidateOpinion, CandidateView } from '../../src-shared/domain/views.ts';
import type { StoredCandidate, StoredSearch } from '../store/candidate-table.ts';
import type { StoredRequest } from '../store/request-table.ts';
import type { StoredTile } from '../store/tile-table.ts';
import { cropFieldMm } from './crop-candidates.ts';
import type { PictureTokens } from './picture-tokens.ts';

/**
 * A search as screens and documents show it.
 *
 * @param state - Of the reading: a search that a crash left running runs no more once its reading has come to rest.
 */
export function searchView(search: StoredSearch | null, state: ReadingState): CandidateSearch | null {
  if (search === null || (search.state === 'running' && state !== 'preparing')) return null;
  const { searchedSlices, spacingNote, foundCount, tookMs } = search;
  return { state: search.state, searchedSlices, spacingNote, foundCount, tookMs };
}

/** A candidate with what models said of it and paths to its pictures. */
export function candidateView({ candidate, crops }: StoredCandidate, opinions: readonly CandidateOpinion[], tokens: PictureTokens): CandidateView {
  const path = (sha256: string): string => `/picture/${tokens.mintStored(sha256)}`;
  return {
    ...candidate,
    opinions,
    pictures: crops === null ? null : { axialPath: path(crops.axial), coronalPath: path(crops.coronal), sagittalPath: path(crops.sagittal) },
    pictureFieldMm: cropFieldMm,
  };
}

/** A candidate as the document carries it. */
export function publishedCandidate({ candidate }: StoredCandidate): DocumentCandidate {
  const { rank, centreMm, sliceIndex, sopInstanceUid, lobe, side, path, attachment, score, distanceToPleuraMm, size } = candidate;
  const measured = size.kind === 'nodule' ? size : null;
  return {
    rank, centreMm, sliceIndex, sopInstanceUid, lobe, side, path, attachment, score, distanceToPleuraMm,
    diameterTenths: measured?.axes.meanTenths ?? null,
    volumeMm3: measured?.volumeMm3 ?? null,
    profile: measured?.profile ?? null,
    confidence: measured?.confidence ?? null,
  };
}

/**
 * What models said of a candidate.
 *
 * @param rank - Of the candidate.
 * @param tiles - Of its reading.
 * @param requests - Of its reading.
 * @param isTrusted - Whether the model of a request has passed.
 */
export function opinionsOf(rank: number, tiles: readonly StoredTile[], requests: readonly StoredRequest[], isTrusted: (request: StoredRequest) => boolean): readonly CandidateOpinion[] {
  const byId = new Map(requests.map((request) => [request.id, request]));
  return tiles.flatMap(({ requestId, planned, answer, modelServed }) => {
    const request = byId.get(requestId);
    if (planned.role !== 'candidate' || planned.candidateRank !== rank || answer === null || request === undefined) return [];
    return [{ model: modelServed ?? request.model, trusted: isTrusted(request), reader: request.reader, regions: answer.regions }];
  });
}
