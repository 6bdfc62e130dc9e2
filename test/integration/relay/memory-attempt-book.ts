import type { AttemptBook } from '../../../src-main/relay/attempt-book.ts';
import type { AttemptEnd, AttemptOpening } from '../../../src-shared/domain/attempt.ts';
import type { ErrorCode } from '../../../src-shared/domain/errors.ts';

/** A row as the test sees it. */
export interface BookRow {
  readonly opening: AttemptOpening;
  state: 'reserved' | 'sent' | 'settled' | 'void' | 'unknown';
  outcome: ErrorCode | 'ok' | null;
  end: AttemptEnd | null;
}

/** A ledger in memory that refuses any order of events which the real one would refuse. */
export interface MemoryAttemptBook extends AttemptBook {
  readonly rows: readonly BookRow[];
  /** Rows that ever were 'sent'. */
  readonly sentCount: number;
}

/**
 * Makes a book.
 *
 * @param faults - Errors to throw: at the n-th reservation, or at every settlement.
 */
export function memoryAttemptBook(faults: { readonly reserve?: (index: number) => Error | null; readonly settle?: () => Error | null; readonly markSent?: () => Promise<void> } = {}): MemoryAttemptBook {
  const rows: BookRow[] = [];
  let sentCount = 0;
  function row(id: string, ...allowed: readonly BookRow['state'][]): BookRow {
    const found = rows[Number(id)];
    if (found === undefined || !allowed.includes(found.state)) throw new Error(`attempt ${id} cannot change from ${String(found?.state)}`);
    return found;
  }
  return {
    rows,
    get sentCount() { return sentCount; },
    reserve(opening) {
      const error = faults.reserve?.(rows.length) ?? null;
      if (error !== null) return Promise.reject(error);
      rows.push({ opening, state: 'reserved', outcome: null, end: null });
      return Promise.resolve(String(rows.length - 1));
    },
    async markSent(id) {
      await faults.markSent?.();
      row(id, 'reserved').state = 'sent';
      sentCount += 1;
    },
    noteFirstByte(id) {
      row(id, 'sent');
    },
    settle(id, end) {
      const error = faults.settle?.() ?? null;
      if (error !== null) return Promise.reject(error);
      Object.assign(row(id, 'sent'), { state: 'settled', outcome: end.outcome, end });
      return Promise.resolve();
    },
    voidAttempt(id, outcome) {
      Object.assign(row(id, 'reserved', 'sent'), { state: 'void', outcome });
      return Promise.resolve();
    },
    markUnknown(id, outcome) {
      Object.assign(row(id, 'sent'), { state: 'unknown', outcome });
      return Promise.resolve();
    },
  };
}
