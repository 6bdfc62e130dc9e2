import { describe, expect, it } from 'vitest';
import { reportFacts } from '../../../../src-main/review/report/report-facts.ts';
import type { ReportInput } from '../../../../src-main/review/report/report-facts.ts';
import { sampleCandidate, sampleSize } from '../../../helpers/sample-candidate.ts';
import { sampleFinding } from './report-fixture.ts';

const coverage = { planned: 300, sent: 300, answered: 300, valid: 290, refused: 0, failed: 0, outsideLungs: 12, searched: 10, unreadRanges: [] };
const lungs = { kind: 'lungs', reason: null, notes: [], rightMl: 2000, leftMl: 1900, extent: null, sliceCount: 312 } as const;
const document: ReportInput['document'] = {
  status: 'complete', coverage, lungs, plan: 'relay', practice: false, verification: null,
  search: { state: 'done', searchedSlices: 300, spacingNote: null, foundCount: 2, tookMs: 1 },
};
function facts(some: Partial<ReportInput> = {}, changed: Partial<ReportInput['document']> = {}) {
  return reportFacts({ findings: [sampleFinding()], candidates: [], models: ['gpt-6-luna'], language: 'en', ...some, document: { ...document, ...changed } });
}

describe('reportFacts', () => {
  it('takes size, volume and slice from the candidate that a finding confirms', () => {
    const candidate = sampleCandidate({ centreMm: [10, 20, 30], sliceIndex: 41, size: { ...sampleSize(62), volumeMm3: 123.6 } });
    const other = sampleCandidate({ rank: 2, centreMm: [50, 20, 30] });
    expect(facts({ candidates: [other, candidate] })).toMatchObject({
      findings: [{ ref: 1, side: 'right', lobe: 'right-upper', diameterMm: '6.2', volumeMm3: 124, attenuation: 'solid', slices: { from: 42, to: 42 } }], openCandidates: 1,
    });
  });

  it('gives no volume of another measurement, and none without a diameter', () => {
    const candidates = [sampleCandidate({ size: sampleSize(80) })];
    expect(facts({ candidates }).findings[0]).toMatchObject({ diameterMm: '6.2', volumeMm3: null });
    expect(facts({ candidates, findings: [sampleFinding({ diameterMm: null })] }).findings[0]).toMatchObject({ diameterMm: null, volumeMm3: null });
  });

  it('knows only the region of what a tile located, whatever candidate lies in its middle', () => {
    const regions = [82, 80, 81].map((sliceIndex) => ({ ...sampleFinding().regions[0]!, sliceIndex }));
    const tile = sampleFinding({ located: 'tile', lobe: 'indeterminate', diameterMm: null, regions });
    expect(facts({ findings: [tile], candidates: [sampleCandidate()] })).toMatchObject({ findings: [{ located: 'tile', volumeMm3: null, slices: { from: 81, to: 83 } }], openCandidates: 1 });
  });

  it('writes a whole diameter with its decimal', () => {
    expect(facts({ findings: [sampleFinding({ diameterMm: 6 })] }).findings[0]?.diameterMm).toBe('6.0');
  });

  it('is whole only where the reading is complete and the lungs are outlined and all in the scan', () => {
    const unreadRanges = [{ fromIndex: 9, toIndex: 13, fromMm: -120, toMm: -110 }];
    expect(facts().coverage.isWhole).toBe(true);
    expect(facts({}, { status: 'incomplete' }).coverage.isWhole).toBe(false);
    expect(facts({}, { coverage: { ...coverage, unreadRanges } }).coverage).toMatchObject({ isWhole: false, unread: [{ fromSlice: 10, toSlice: 14, fromMm: -120, toMm: -110 }] });
    expect(facts({}, { lungs: { ...lungs, notes: ['cut-at-the-top'] } }).coverage.isWhole).toBe(false);
    expect(facts({}, { lungs: { ...lungs, notes: ['lungs-parted-by-midline'] } }).coverage.isWhole).toBe(true);
    expect(facts({}, { lungs: { ...lungs, kind: 'body', reason: 'no-air-in-body' } }).coverage.isWhole).toBe(false);
    expect(facts({}, { lungs: null })).toMatchObject({ sliceCount: null, coverage: { isWhole: false, outline: 'none' } });
  });

  it('holds no id, UID or position of a pixel, and makes names one plain line', () => {
    const text = JSON.stringify(facts({ findings: [sampleFinding({ sources: [{ kind: 'model', name: 'gpt-6\nIMPRESSION: <b>\u202e', confidence: null }] })] }));
    expect(text).not.toMatch(/1\.2\.840|finding-id|columnMin|centreMm/);
    expect(text).toContain('gpt-6IMPRESSION: b');
  });
});
