import type { CandidateAgreement } from '../../../../src-shared/domain/agreement.ts';
import type { CandidateOpinion, CandidateView, ReadingDetail, RequestView } from '../../../../src-shared/domain/views.ts';

/** One reader: a column of the table. */
export interface ComparedReader {
  readonly reader: RequestView['reader'];
  /** As served where that is known; several where one stood in for another. */
  readonly models: readonly string[];
  /** It was shown everything in a mirror. */
  readonly mirrored: boolean;
}

/** One candidate with what every reader said of it. */
export interface ComparedCandidate {
  readonly candidate: CandidateView;
  /** In the order of the readers; null: not asked about it, empty: no answer that counts. */
  readonly said: readonly (readonly CandidateOpinion[] | null)[];
  /** Null where not both have answered. */
  readonly agreement: CandidateAgreement | null;
}

/** Readers that were asked, or are going to be, in order. */
export function comparedReaders({ requests, candidates }: Pick<ReadingDetail, 'requests' | 'candidates'>): readonly ComparedReader[] {
  return ([0, 1, 2] as const).flatMap((reader) => {
    const own = requests.filter((request) => request.reader === reader);
    if (own.length === 0) return [];
    const served = [...own.map(({ attempts }) => attempts.at(-1)?.modelServed ?? null), ...candidates.flatMap(({ opinions }) => opinions.filter((one) => one.reader === reader).map(({ model }) => model))];
    const models = [...new Set(served.filter((model) => model !== null))];
    return [{ reader, models: models.length === 0 ? [...new Set(own.map(({ model }) => model))] : models, mirrored: own.every(({ mirrored }) => mirrored) }];
  });
}

/** Every candidate of the device, by rank; none is left out, whatever was said of it. */
export function comparedCandidates({ candidates, agreement, requests }: Pick<ReadingDetail, 'candidates' | 'agreement' | 'requests'>, readers: readonly ComparedReader[]): readonly ComparedCandidate[] {
  const asked = readers.map(({ reader }) => new Set(requests.filter((request) => request.reader === reader)
    .flatMap(({ pictures }) => pictures.flatMap(({ tiles }) => tiles.flatMap(({ candidateRank }) => candidateRank ?? [])))));
  return candidates.toSorted((left, right) => left.rank - right.rank).map((candidate) => ({
    candidate,
    said: readers.map(({ reader }, index) => asked[index]?.has(candidate.rank) === true ? candidate.opinions.filter((one) => one.reader === reader) : null),
    agreement: agreement?.candidates.find(({ rank }) => rank === candidate.rank) ?? null,
  }));
}

/** Candidates by how the two readers agree on them; `open` where not both have answered. */
export function countAgreements(rows: readonly ComparedCandidate[]): Readonly<Record<CandidateAgreement['state'] | 'open', number>> {
  const counts = { stable: 0, unstable: 0, settled: 0, open: 0 };
  for (const { agreement } of rows) counts[agreement?.state ?? 'open'] += 1;
  return counts;
}
