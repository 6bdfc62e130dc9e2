import type { NoduleCandidate } from '../../../src-shared/domain/candidate.ts';
import type { Mark } from './match-marks.ts';

/**
 * The device's candidates as marks.
 *
 * @param candidates - Of one search.
 */
export function candidateMarks(candidates: readonly NoduleCandidate[]): readonly Mark[] {
  return candidates.map(({ centreMm, score, blobMm, size }) => ({
    centreMm, score, diameterMm: blobMm,
    size: size.kind === 'nodule' ? { meanDiameterMm: size.axes.meanTenths / 10, volumeMm3: size.volumeMm3, profile: size.profile } : null,
  }));
}
