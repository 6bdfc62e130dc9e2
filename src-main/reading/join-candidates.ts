import type { NoduleCandidate } from '../../src-shared/domain/candidate.ts';
import type { Finding, FindingSource } from '../../src-shared/domain/finding.ts';

/** Closer than this to a candidate's centre a finding is of the same place, whatever the candidate's size, mm. */
const samePlaceMm = 5;

const finder: FindingSource = { kind: 'device', name: 'LungDesk finder', confidence: null };

/**
 * Names the device as a further source of findings that lie where it found a candidate too.
 *
 * Nothing is taken away on either side: candidates stay candidates, and findings stay whoever points at them.
 *
 * @param findings - Of models.
 * @param candidates - Of the same exam.
 * @returns The findings in their order.
 */
export function joinCandidates(
  findings: readonly Finding[], candidates: readonly Pick<NoduleCandidate, 'centreMm' | 'size' | 'blobMm'>[],
): readonly Finding[] {
  return findings.map((finding) => (candidates.some((candidate) => isSamePlace(finding, candidate)) ? { ...finding, sources: [...finding.sources, finder] } : finding));
}

function isSamePlace({ centreMm: [x, y, z] }: Finding, { centreMm, size, blobMm }: Pick<NoduleCandidate, 'centreMm' | 'size' | 'blobMm'>): boolean {
  const diameterMm = size.kind === 'nodule' ? size.axes.meanTenths / 10 : blobMm;
  return Math.hypot(x - centreMm[0], y - centreMm[1], z - centreMm[2]) <= Math.max(samePlaceMm, diameterMm / 2);
}
