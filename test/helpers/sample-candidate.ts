import type { NoduleCandidate, NoduleSize } from '../../src-shared/domain/candidate.ts';

const axis = { fromMm: [0, 0, 0], toMm: [8, 0, 0], lengthMm: 8 } as const;

/** A solid nodule of a mean diameter. */
export function sampleSize(meanTenths = 80): NoduleSize {
  return {
    kind: 'nodule', profile: 'solid', sliceIndex: 3, axes: { long: axis, short: axis, meanTenths }, volumeMm3: 268, solid: null, meanHu: 30,
    hints: { calcifiedShare: 0, fatShare: 0, strandCount: 0 }, confidence: { level: 'high', doubts: [] }, outlines: [],
  };
}

/** A candidate as the finder gives it. */
export function sampleCandidate(some: Partial<NoduleCandidate> = {}): NoduleCandidate {
  return {
    rank: 1, centreMm: [10, 20, 30], sliceIndex: 3, sopInstanceUid: '1.2.3', fromSliceIndex: 2, toSliceIndex: 4, path: 'nodule',
    attachment: 'isolated', blobMm: 8, score: 3.5, terms: [{ name: 'contrast', value: 700, points: 3.5 }], size: sampleSize(),
    side: 'left', lobe: 'left-lower', distanceToPleuraMm: 12, distanceToFissureMm: null, ...some,
  };
}
