import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsClaim, readingActions } from '../../../src-renderer/components/reading-claim.ts';
import { readingStates } from '../../../src-shared/domain/reading.ts';
import { coverageOf, sampleRow } from '../../helpers/renderer-harness/sample-rows.ts';

const coverage = (valid: number) => coverageOf(107, valid);

describe('findingsClaim', () => {
  it.each([
    ['complete', 0, 107, 'none'],
    ['complete', 2, 107, 'found'],
    ['complete', 0, 106, 'not-fully-read'],
    ['incomplete', 0, 106, 'not-fully-read'],
    ['incomplete', 0, 0, 'not-read'],
    ['incomplete', 1, 106, 'found-incomplete'],
    ['failed', 0, 0, 'not-read'],
    ['held', 0, 0, 'not-read'],
    [null, 0, 40, 'pending'],
    [null, 1, 40, 'found-incomplete'],
  ] as const)('says for %s with %i findings and %i of 107 slices: %s', (status, findingCount, valid, claim) => {
    expect(findingsClaim({ state: 'merged', status, reason: null, plan: 'relay', findingCount, coverage: coverage(valid) })).toBe(claim);
  });

  it.each([
    ['held', 'held', 'budget-reached'], ['cancelled', 'incomplete', 'cancelled'], ['failed', 'incomplete', 'unexpected'],
  ] as const)('says nothing of findings while a reading is %s (%s) with answers that nobody put together', (state, status, reason) => {
    expect(findingsClaim({ state, status, reason, plan: 'relay', findingCount: 0, coverage: coverage(40) })).toBe('not-put-together');
    expect(findingsClaim({ state, status, reason, plan: 'relay', findingCount: 2, coverage: coverage(40) })).toBe('found-incomplete');
  });

  it('does not call an exam unread that was read before, here or elsewhere', () => {
    const unread = { status: 'failed', plan: 'relay', findingCount: 0, coverage: coverageOf(0, 0) } as const;
    expect(findingsClaim({ ...unread, state: 'needs-attention', reason: 'late-slices' })).toBe('late');
    expect(findingsClaim({ ...unread, state: 'cancelled', reason: 'already-read' })).toBe('same-exam');
  });

  it('says of an exam that the device alone searched that no model was asked, and never that there is nothing', () => {
    const searched = { state: 'merged', status: 'complete', reason: null, plan: 'device-only', findingCount: 0 } as const;
    expect(findingsClaim({ ...searched, coverage: coverageOf(98, 0, { searched: 98 }) })).toBe('device-only');
    expect(findingsClaim({ ...searched, coverage: coverageOf(98, 40, { searched: 58 }) })).toBe('not-fully-read');
    expect(findingsClaim({ ...searched, findingCount: 1, coverage: coverageOf(98, 40, { searched: 58 }) })).toBe('found-incomplete');
  });

  it('never says "none" unless the reading is complete and every planned slice is valid', () => {
    const rows = fc.record({
      state: fc.constantFrom(...readingStates), reason: fc.constantFrom(null, 'late-slices' as const, 'already-read' as const),
      status: fc.constantFrom('complete', 'incomplete', 'failed', 'held', null), findingCount: fc.nat(3), plan: fc.constantFrom('relay', 'device-only'),
      coverage: fc.tuple(fc.nat(5), fc.nat(5)).map(([planned, valid]) => coverageOf(planned, Math.min(planned, valid))),
    });
    fc.assert(fc.property(rows, (row) => {
      if (findingsClaim(row) !== 'none') return;
      expect([row.status, row.findingCount, row.coverage.valid]).toEqual(['complete', 0, row.coverage.planned]);
      expect(row.coverage.planned).toBeGreaterThan(0);
    }));
  });
});

describe('readingActions', () => {
  it.each([
    ['arriving', null, null, { cancel: true, resume: false, decideLateSlices: false, changePriority: true }],
    ['reading', null, null, { cancel: true, resume: false, decideLateSlices: false, changePriority: true }],
    ['held', 'held', 'budget-reached', { cancel: true, resume: true, decideLateSlices: false, changePriority: true }],
    ['merged', 'complete', null, { cancel: false, resume: false, decideLateSlices: false, changePriority: false }],
    ['merged', 'incomplete', null, { cancel: false, resume: true, decideLateSlices: false, changePriority: true }],
    ['cancelled', 'incomplete', 'cancelled', { cancel: false, resume: true, decideLateSlices: false, changePriority: true }],
    ['needs-attention', 'incomplete', 'late-slices', { cancel: false, resume: false, decideLateSlices: true, changePriority: true }],
    ['cancelled', 'failed', 'already-read', { cancel: false, resume: false, decideLateSlices: false, changePriority: false }],
    ['failed', 'failed', 'no-series-fit', { cancel: false, resume: false, decideLateSlices: false, changePriority: false }],
    ['failed', 'failed', 'unexpected', { cancel: false, resume: true, decideLateSlices: false, changePriority: true }],
    ['needs-attention', 'incomplete', 'same-uid-other-pixels', { cancel: false, resume: true, decideLateSlices: false, changePriority: true }],
  ] as const)('offers what makes sense in %s (%s, %s)', (state, status, reason, actions) => {
    expect(readingActions(sampleRow({ readingId: 'r', state, status, reason }))).toMatchObject(actions);
  });

  it.each([
    ['relay', 'held', 'budget-reached', true, false], ['relay', 'planned', null, true, false], ['relay', 'failed', 'unexpected', true, false],
    ['relay', 'failed', 'no-series-fit', false, false], ['relay', 'reading', null, false, false], ['relay', 'merged', null, false, false],
    ['relay', 'cancelled', 'already-read', false, false], ['device-only', 'merged', null, false, true], ['device-only', 'failed', 'device-search-failed', false, true],
    ['device-only', 'preparing', null, false, false], ['device-only', 'failed', 'no-series-fit', false, false],
  ] as const)('by the plan %s in %s (%s) it can be finished on the device: %s, sent to the relay: %s', (plan, state, reason, finishOnDevice, sendToRelay) => {
    expect(readingActions(sampleRow({ readingId: 'r', plan, state, reason }))).toMatchObject({ finishOnDevice, sendToRelay });
  });
});
