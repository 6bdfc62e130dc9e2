import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterRows, isInState, sortColumns, sortRows } from '../../../src-renderer/screens/queue/arrange-rows.ts';
import { coverageOf, manyRows, sampleRow, sampleRows } from '../../helpers/renderer-harness/sample-rows.ts';

const ids = (rows: readonly { readonly readingId: string }[]) => rows.map(({ readingId }) => readingId);

describe('sortRows', () => {
  it('puts critical before urgent before unknown before routine, the latest first among equals', () => {
    const rows = sortRows(sampleRows(), { column: 'priority', descending: true }, 'en');
    const order = rows.map(({ priority }) => priority);
    expect(order).toEqual(order.toSorted((left, right) => rank(left) - rank(right)));
    const routine = rows.filter(({ priority }) => priority === 'routine').map(({ updatedAt }) => updatedAt);
    expect(routine).toEqual(routine.toSorted((left, right) => right - left));
  });

  it('turns round with the direction, for every column', () => {
    for (const column of sortColumns) {
      const up = sortRows(manyRows(30), { column, descending: false }, 'en');
      const down = sortRows(manyRows(30), { column, descending: true }, 'en');
      expect(new Set(ids(up))).toEqual(new Set(ids(down)));
    }
    expect(sortRows(sampleRows(), { column: 'slices', descending: false }, 'en')[0]?.readingId).toBe('failed');
    expect(sortRows(sampleRows(), { column: 'slices', descending: true }, 'en')[0]?.readingId).toBe('settling');
  });

  it('keeps every row and leaves its argument alone', () => {
    const rows = sampleRows();
    const before = ids(rows);
    fc.assert(fc.property(fc.constantFrom(...sortColumns), fc.boolean(), (column, descending) => {
      expect(ids(sortRows(rows, { column, descending }, 'zh-CN')).toSorted()).toEqual(before.toSorted());
      expect(ids(rows)).toEqual(before);
    }));
  });
});

function rank(priority: string): number {
  return ['critical', 'urgent', 'unknown', 'routine'].indexOf(priority);
}

describe('filterRows', () => {
  it.each([
    ['oliveira', ['reading']], ['marta oliveira', ['reading']], ['P-10531', ['settling']], ['平扫', ['incomplete']], ['小明', ['incomplete']],
    ['2000-01-01', ['critical']], ['nobody', []], ['thorax athorax', ['gap']],
  ] as const)('finds %s', (text, found) => {
    expect(ids(filterRows(sampleRows(), text, 'all'))).toEqual(found);
  });

  it('keeps all rows for blanks', () => {
    expect(filterRows(sampleRows(), '  ', 'all')).toHaveLength(sampleRows().length);
  });
});

describe('isInState', () => {
  it('never counts an incomplete reading as fully read', () => {
    expect(isInState(sampleRow({ readingId: 'r', state: 'merged', status: 'incomplete' }), 'read')).toBe(false);
    expect(isInState(sampleRow({ readingId: 'r', state: 'merged', status: 'incomplete' }), 'notFullyRead')).toBe(true);
    expect(isInState(sampleRow({ readingId: 'r' }), 'read')).toBe(true);
  });

  it('does not count a copy of an exam among those that were not fully read', () => {
    expect(isInState(sampleRow({ readingId: 'r', state: 'cancelled', status: 'failed', reason: 'already-read' }), 'notFullyRead')).toBe(false);
  });

  it('keeps what the device alone searched apart from what was fully read', () => {
    const searched = sampleRow({ readingId: 'r', plan: 'device-only', coverage: coverageOf(107, 0, { searched: 107 }) });
    expect([isInState(searched, 'read'), isInState(searched, 'deviceOnly'), isInState(searched, 'notFullyRead')]).toEqual([false, true, false]);
    expect(isInState(sampleRow({ readingId: 'r' }), 'deviceOnly')).toBe(false);
  });

  it('shows held, failed and late exams among those that need a person', () => {
    expect(ids(sampleRows().filter((row) => isInState(row, 'attention')))).toEqual(['device-failed', 'held', 'late', 'failed', 'held-budget']);
  });
});
