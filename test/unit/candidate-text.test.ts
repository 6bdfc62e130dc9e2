import { describe, expect, it } from 'vitest';
import { candidateLines } from '../../src-main/candidate-text.ts';
import { publishedCandidate } from '../../src-main/reading/candidate-views.ts';
import { sampleCandidate } from '../helpers/sample-candidate.ts';

const search = { state: 'done', searchedSlices: 90, spacingNote: null, foundCount: 300, tookMs: 1 } as const;
const published = (some: Parameters<typeof sampleCandidate>[0] = {}) => publishedCandidate({ candidate: sampleCandidate(some), crops: null });

describe('candidateLines', () => {
  it('is silent about an exam that was not searched, and plain about a search that failed', () => {
    expect(candidateLines({ search: null, candidates: [] })).toEqual([]);
    expect(candidateLines({ search: { ...search, state: 'failed' }, candidates: [] })).toEqual(['Device:   search failed']);
  });

  it('shows the best in a table and says that nobody has judged them', () => {
    const unmeasured = published({ rank: 2, lobe: 'indeterminate', side: 'right', size: { kind: 'no-region', reason: 'no-boundary-found' } });
    expect(candidateLines({ search, candidates: [published(), unmeasured] })).toEqual([
      'Device:   2 candidates in 90 slices, judged by no model and no reader',
      '  rank     size  side, lobe           type          place (left, back, head)        boundary',
      '     1   8.0 mm  left-lower lobe      solid         slice 4 (10, 20, 30 mm)         high',
      '     2  no size  right                not measured  slice 4 (10, 20, 30 mm)         -',
    ]);
  });

  it('cuts a long list short and says what thick slices cost', () => {
    const many = Array.from({ length: 12 }, (_, index) => published({ rank: index + 1 }));
    const lines = candidateLines({ search: { ...search, spacingNote: 'only-large-nodules' }, candidates: many });
    expect(lines[0]).toContain('only large nodules');
    expect(lines).toHaveLength(2 + 10 + 1);
    expect(lines.at(-1)).toContain('2 more');
  });
});
