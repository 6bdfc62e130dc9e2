import { describe, expect, it } from 'vitest';
import type { CandidateView } from '../../../src-shared/domain/views.ts';
import { arrangeCandidates, diameterTenths, sliceOfCandidate, wholeList } from '../../../src-renderer/screens/reading-room/candidates/arrange-candidates.ts';
import { syntheticSeries } from '../../helpers/renderer-harness/decode-series.ts';
import { sampleCandidates } from '../../helpers/renderer-harness/sample-candidates.ts';

const candidates = sampleCandidates(syntheticSeries(107));
const ranks = (list: readonly CandidateView[]) => list.map(({ rank }) => rank);

function ofMean(meanTenths: number): CandidateView {
  const [first] = candidates;
  if (first?.size.kind !== 'nodule') throw new Error('the first sample is measured');
  return { ...first, size: { ...first.size, axes: { ...first.size.axes, meanTenths } } };
}

describe('arrangeCandidates', () => {
  it.each([[4, 39, 0], [4, 40, 1], [6, 59, 0], [6, 60, 1], [8, 79, 0], [8, 80, 1], [0, 1, 1]] as const)('from %i mm on, %i tenths of a millimetre are shown %i times', (smallestMm, tenths, count) => {
    expect(arrangeCandidates([ofMean(tenths)], { smallestMm, order: 'rank' })).toHaveLength(count);
  });

  it('keeps what could not be measured by its rough size', () => {
    const unmeasured = candidates.filter(({ size }) => size.kind === 'no-region');
    expect(unmeasured.map(diameterTenths)).toEqual([50]);
    expect(arrangeCandidates(unmeasured, { smallestMm: 4, order: 'rank' })).toHaveLength(1);
    expect(arrangeCandidates(unmeasured, { smallestMm: 6, order: 'rank' })).toHaveLength(0);
  });

  it('orders by rank, by falling size, and from the head to the feet', () => {
    const shuffled = candidates.toReversed();
    expect(ranks(arrangeCandidates(shuffled, wholeList))).toEqual(ranks(candidates));
    const sizes = arrangeCandidates(shuffled, { smallestMm: 0, order: 'size' }).map(diameterTenths);
    expect(sizes).toEqual(sizes.toSorted((left, right) => right - left));
    const slices = arrangeCandidates(shuffled, { smallestMm: 0, order: 'position' }).map(({ sliceIndex }) => sliceIndex);
    expect(slices).toEqual(slices.toSorted((left, right) => right - left));
    expect(slices[0]).toBeGreaterThan(slices.at(-1) ?? 0);
  });

  it('has the better rank first among equals', () => {
    const [a, b] = [{ ...ofMean(60), rank: 7 }, { ...ofMean(60), rank: 3 }];
    expect(ranks(arrangeCandidates([a, b], { smallestMm: 0, order: 'size' }))).toEqual([3, 7]);
  });
});

describe('sliceOfCandidate', () => {
  it('is the slice of the largest section, and the place’s own where nothing was measured', () => {
    const measured = ofMean(60);
    if (measured.size.kind !== 'nodule') throw new Error('measured');
    expect(sliceOfCandidate({ ...measured, sliceIndex: 3, size: { ...measured.size, sliceIndex: 5 } })).toBe(5);
    expect(sliceOfCandidate({ sliceIndex: 3, size: { kind: 'no-region', reason: 'slice-missing' } })).toBe(3);
  });
});
