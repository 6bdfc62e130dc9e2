import { describe, expect, it } from 'vitest';
import { joinCandidates } from '../../../src-main/reading/join-candidates.ts';
import type { Finding } from '../../../src-shared/domain/finding.ts';
import { sampleCandidate, sampleSize } from '../../helpers/sample-candidate.ts';

const model = { kind: 'model', name: 'm', confidence: 0.7 } as const;
const finding: Finding = {
  id: 'f', lobe: 'left-lower', side: 'left', centreMm: [0, 0, 0], diameterMm: null, attenuation: 'solid', priority: 'urgent', sopInstanceUids: [], regions: [], sources: [model],
};
const unmeasured = { kind: 'no-region', reason: 'no-boundary-found' } as const;

describe('joinCandidates', () => {
  it.each([
    ['just within 5 mm of a small one', 5, sampleCandidate({ size: sampleSize(40) }), true],
    ['just beyond', 5.01, sampleCandidate({ size: sampleSize(40) }), false],
    ['within the radius of a large one', 15, sampleCandidate({ size: sampleSize(300) }), true],
    ['beyond it', 15.01, sampleCandidate({ size: sampleSize(300) }), false],
    ['within the blob of one that was not measured', 10, sampleCandidate({ size: unmeasured, blobMm: 20 }), true],
    ['beyond that', 10.01, sampleCandidate({ size: unmeasured, blobMm: 20 }), false],
  ])('of a finding %s', (_, apart, candidate, joins) => {
    const [joined] = joinCandidates([finding], [{ ...candidate, centreMm: [0, -apart, 0] }]);
    expect(joined).toEqual({ ...finding, sources: joins ? [model, { kind: 'device', name: 'LungDesk finder', confidence: null }] : [model] });
  });

  it('names the device once, keeps every finding and their order', () => {
    const far = { ...finding, id: 'g', centreMm: [90, 0, 0] as const };
    const near = { ...sampleCandidate(), centreMm: [1, 1, 1] as const };
    const joined = joinCandidates([far, finding], [near, near]);
    expect(joined.map(({ id, sources }) => [id, sources.length])).toEqual([['g', 1], ['f', 2]]);
  });
});
