import fc from 'fast-check';
import { attenuations } from '../../../../src-shared/domain/finding.ts';
import type { Finding } from '../../../../src-shared/domain/finding.ts';
import type { ReportLanguage } from '../../../../src-shared/domain/report-draft.ts';
import { reportLanguages } from '../../../../src-shared/domain/report-draft.ts';
import type { ReportFacts, ReportFinding } from '../../../../src-main/review/report/report-facts.ts';

/** A finding as a report may state it. */
export function sampleFact(some: Partial<ReportFinding> = {}): ReportFinding {
  return {
    ref: 1, side: 'right', lobe: 'right-upper', diameterMm: '6.2', volumeMm3: 123, attenuation: 'solid', slices: { from: 84, to: 84 }, located: 'place',
    sources: [{ kind: 'device', name: 'LungDesk finder' }, { kind: 'model', name: 'gpt-6-luna' }], ...some,
  };
}

/** Facts of a reading that is whole. */
export function sampleFacts(language: ReportLanguage = 'en', findings: readonly ReportFinding[] = [sampleFact()], some: Partial<ReportFacts> = {}): ReportFacts {
  return {
    language, findings, sliceCount: 312, plan: 'relay', practice: false, deviceSearched: true, models: ['gpt-6-luna'], openCandidates: 0, verification: null,
    coverage: { isWhole: true, planned: 300, byModel: 300, byDevice: 0, unread: [], outline: 'lungs', notes: [] }, ...some,
  };
}

/** A finding of a store, with things in it that no report may name. */
export function sampleFinding(some: Partial<Finding> = {}): Finding {
  return {
    id: 'finding-id', lobe: 'right-upper', side: 'right', located: 'place', centreMm: [10, 20, 30], diameterMm: 6.2, attenuation: 'solid', priority: 'routine',
    sopInstanceUids: ['1.2.840.99'], regions: [{ sopInstanceUid: '1.2.840.99', sliceIndex: 83, columnMin: 1, rowMin: 1, columnMax: 5, rowMax: 5 }],
    sources: [{ kind: 'device', name: 'LungDesk finder', confidence: null }], ...some,
  };
}

const lobesWithSides = [
  { side: 'right', lobe: 'right-upper' }, { side: 'right', lobe: 'right-middle' }, { side: 'right', lobe: 'right-lower' }, { side: 'left', lobe: 'left-upper' },
  { side: 'left', lobe: 'left-lower' }, { side: 'right', lobe: 'indeterminate' }, { side: 'left', lobe: 'indeterminate' }, { side: 'indeterminate', lobe: 'indeterminate' },
] as const;

const findingFacts = fc.record({
  place: fc.constantFrom(...lobesWithSides),
  tenths: fc.option(fc.integer({ min: 5, max: 999 })),
  volumeMm3: fc.option(fc.integer({ min: 1, max: 500_000 })),
  attenuation: fc.constantFrom(...attenuations),
  from: fc.integer({ min: 1, max: 900 }),
  span: fc.integer({ min: 0, max: 40 }),
  located: fc.constantFrom('place', 'tile'),
}).map(({ place, tenths, volumeMm3, attenuation, from, span, located }): Omit<ReportFinding, 'ref'> => located === 'tile'
  ? { ...place, located, attenuation, diameterMm: null, volumeMm3: null, slices: { from, to: from + span }, sources: [{ kind: 'model', name: 'gpt-6-luna' }] }
  : { ...place, located: 'place', attenuation, diameterMm: tenths === null ? null : (tenths / 10).toFixed(1), volumeMm3: tenths === null ? null : volumeMm3, slices: { from, to: from }, sources: [{ kind: 'device', name: 'x' }] });

/** Facts of any reading with findings. */
export const anyFacts: fc.Arbitrary<ReportFacts> = fc.record({
  language: fc.constantFrom(...reportLanguages),
  findings: fc.array(findingFacts, { minLength: 1, maxLength: 8 }),
  sliceCount: fc.option(fc.integer({ min: 950, max: 2000 })),
}).map(({ language, findings, sliceCount }) => sampleFacts(language, findings.map((finding, index) => ({ ...finding, ref: index + 1 })), { sliceCount }));
