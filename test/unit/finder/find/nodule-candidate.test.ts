import { describe, expect, it } from 'vitest';
import { candidateOf, spacingNoteOf } from '../../../../src-main/finder/find/nodule-candidate.ts';
import { lungPhantom } from '../../../helpers/nodule-phantom.ts';

describe('spacingNoteOf', () => {
  it.each([
    [1, 1.25, null], [2.5, 2.5, null], [3, 3, null], [3.1, 3, 'small-nodules-may-be-missed'], [1.5, 5, 'small-nodules-may-be-missed'], [6, 6, 'small-nodules-may-be-missed'],
    [6.1, 5, 'only-large-nodules'], [8, null, 'only-large-nodules'],
  ] as const)('of slices %f mm apart and %f mm thick is %s', (spacing, sliceThicknessMm, note) => {
    expect(spacingNoteOf({ spacingMm: [0.7, 0.7, spacing], sliceThicknessMm })).toBe(note);
  });
});

describe('candidateOf', () => {
  it('puts a candidate into the slice nearest to its centre and keeps that slice among those it touches', () => {
    const volume = lungPhantom();
    const candidate = candidateOf(
      volume, { centreMm: [20, 20, 24], blobMm: 6, path: 'nodule', attachment: 'isolated', score: 3, fit: 3, terms: [] },
      { centreMm: [20.5, 20, 26.4], sizing: { kind: 'no-region', reason: 'no-boundary-found' }, place: { side: 'right', lobe: 'right-lower', distanceToPleuraMm: 4, distanceToFissureMm: 30 }, sliceRange: [17, 20] }, 7,
    );
    expect(candidate).toMatchObject({ rank: 7, centreMm: [20.5, 20, 26.4], sliceIndex: 21, sopInstanceUid: '2.25.21', fromSliceIndex: 17, toSliceIndex: 21, side: 'right', distanceToFissureMm: 30 });
  });
});
