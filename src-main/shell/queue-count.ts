import type { QueueRow } from '../../src-shared/domain/views.ts';

/** What the tray, the badge and closing need to know of the queue. */
export interface QueueCount {
  /** Readings LungDesk is working on now: leaving would interrupt them. */
  readonly running: number;
  /** Readings that are not finished or need a person: on their way, held, failed, incomplete. */
  readonly waiting: number;
}

const runningStates: ReadonlySet<string> = new Set(['settled', 'preparing', 'planned', 'reading']);
const finishedStates: ReadonlySet<string> = new Set(['merged', 'cancelled']);

/** Counts the queue; a merged reading with gaps still needs a person. */
export function countQueue(rows: readonly Pick<QueueRow, 'state' | 'status'>[]): QueueCount {
  const running = rows.filter((row) => runningStates.has(row.state)).length;
  const waiting = rows.filter((row) => !finishedStates.has(row.state) || (row.state === 'merged' && row.status !== 'complete')).length;
  return { running, waiting };
}
