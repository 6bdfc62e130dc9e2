import { describe, expect, it } from 'vitest';
import type { ReadingDocument } from '../../src-shared/domain/reading.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import { readingLines } from '../../src-main/reading-text.ts';

const reading: ReadingDocument = {
  schema: 'lungdesk.reading/1', status: 'complete', priority: 'urgent', series: { slices: 30, transferSyntaxUid: '1.2.840.10008.1.2.1', modality: 'CT' },
  coverage: { planned: 30, sent: 30, answered: 30, valid: 30, refused: 0, failed: 0, outsideLungs: 0, searched: 0, unreadRanges: [] },
  lungs: null, plan: 'relay', mode: 'sweep-and-verify', forecast: null, verification: null, search: null, candidates: [],
  findings: [
    { id: 'f1', lobe: 'right-upper', side: 'right', located: 'place', centreMm: [1, 2, 3], diameterMm: 8.24, sopInstanceUids: ['1.2.3', '1.2.4'], sources: [] },
    { id: 'f2', lobe: 'indeterminate', side: 'indeterminate', located: 'tile', centreMm: [1, 2, 3], diameterMm: null, sopInstanceUids: ['1.2.3'], sources: [] },
  ],
  models: [{ requested: 'practice', served: 'practice-1', attempts: 2 }],
  cost: { currency: 'USD', knownMicroUsd: microUsd(1234), possibleMicroUsd: microUsd(0) }, problems: [], timing: { totalMs: 1, preparingMs: 1, readingMs: 1 },
  readingId: 'r', studyInstanceUid: '1.2', ignoredFiles: 0, unpricedAttempts: 0, practice: true, notice: 'From the practice relay. For research use only.',
};

describe('readingLines', () => {
  it('tells the reading in a few lines', () => {
    expect(readingLines(reading)).toEqual([
      'Reading:  complete', 'Priority: urgent', 'Coverage: 30 of 30 slices read (100 %)', 'Findings: 2',
      '  1. right-upper lobe, centre 1.0, 2.0, 3.0 mm, 8.2 mm, on 2 slices',
      '  2. side indeterminate, somewhere on a marked tile, not measured, on 1 slice', 'Models:   practice-1', 'Cost:     $0.001234',
      'From the practice relay. For research use only.',
    ]);
  });

  it('says where the lungs are and what was left out, or that everything was read', () => {
    const lungs = { kind: 'lungs', reason: null, notes: [], rightMl: 2710, leftMl: 2490, extent: { fromIndex: 11, toIndex: 97, fromMm: -10, toMm: 205 }, sliceCount: 107 } as const;
    const coverage = { ...reading.coverage, outsideLungs: 20 };
    expect(readingLines({ ...reading, lungs, coverage })).toContain('Lungs:    5.2 l, slices 12-98 of 107; 20 of 107 slices lie outside and are not sent');
    expect(readingLines({ ...reading, lungs: { ...lungs, kind: 'body', reason: 'too-few-slices' } })).toContain(
      'Lungs:    not told apart from the rest (too-few-slices); the whole body is read');
  });

  it('tells a reading by the device alone from one by models', () => {
    const coverage = { ...reading.coverage, sent: 0, answered: 0, valid: 0, searched: 30 };
    const search = { state: 'done', searchedSlices: 30, spacingNote: null, foundCount: 7, tookMs: 1 } as const;
    const lines = readingLines({ ...reading, plan: 'device-only', coverage, search, findings: [], models: [], practice: false });
    expect(lines).toContain('Coverage: 30 of 30 slices (100 %): 30 searched by the device alone, 0 read by a model');
    expect(lines).toContain('Device:   0 candidates in 30 slices, judged by no model and no reader');
    expect(lines).toContain('Findings: none: no model was asked');
  });

  it('keeps possible spend and problems in sight', () => {
    const lines = readingLines({
      ...reading, cost: { ...reading.cost, possibleMicroUsd: microUsd(500) }, problems: [{ code: 'answer-refused', message: 'the model declined', sopInstanceUid: '1.2.9' }],
    });
    expect(lines).toContain('Cost:     $0.001234 and up to $0.000500 unconfirmed');
    expect(lines).toContain('Problem:  answer-refused: the model declined (1.2.9)');
  });

  it('never lets an incomplete reading without findings look like a clean one', () => {
    const lines = readingLines({ ...reading, status: 'incomplete', priority: 'unknown', findings: [], coverage: { ...reading.coverage, valid: 29, failed: 1 } });
    expect(lines).toContain('Findings: none seen, but the exam was not fully read');
    expect(lines).toContain('Coverage: 29 of 30 slices read (96 %)');
  });

  it('names five findings and counts the rest', () => {
    const [finding] = reading.findings;
    const lines = readingLines({ ...reading, findings: Array.from({ length: 8 }, () => finding!) });
    expect(lines).toContain('  … and 3 more');
  });
});
