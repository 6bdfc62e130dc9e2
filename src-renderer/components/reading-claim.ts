import type { QueueRow } from '../../src-shared/domain/views.ts';

/**
 * What may be said about a reading's findings.
 *
 * found: so many, all slices read. found-incomplete: so many, but slices are unread. none: no findings, all slices read.
 * not-fully-read: nothing found in what was read, and slices are unread. not-read: no slice has a valid answer.
 * not-put-together: slices have answers and nobody has looked into them yet. pending: still on its way.
 * device-only: the device alone searched the exam and no model was asked.
 * same-exam: read elsewhere, nothing to say here. late: read before without its late slices.
 */
export type FindingsClaim = 'found' | 'found-incomplete' | 'none' | 'not-fully-read' | 'not-read' | 'not-put-together' | 'pending' | 'device-only' | 'same-exam' | 'late';

/** Decides what may be said; "no findings" only when every planned slice has a valid answer. */
export function findingsClaim(row: Pick<QueueRow, 'state' | 'status' | 'reason' | 'plan' | 'findingCount' | 'coverage'>): FindingsClaim {
  if (isSameExam(row)) return 'same-exam';
  const whole = row.status === 'complete' && row.coverage.planned > 0 && row.coverage.valid === row.coverage.planned;
  if (row.findingCount > 0) return whole ? 'found' : 'found-incomplete';
  if (whole) return 'none';
  if (hasLateSlices(row)) return 'late';
  if (row.plan === 'device-only' && row.state === 'merged' && row.coverage.valid === 0) return 'device-only';
  if (row.status === null) return 'pending';
  if (row.coverage.valid === 0) return 'not-read';
  return row.status === 'complete' || (row.status === 'incomplete' && row.state === 'merged') ? 'not-fully-read' : 'not-put-together';
}

/** True while the workstation is working on the reading or waiting for files. */
export function isOnItsWay(row: Pick<QueueRow, 'state'>): boolean {
  return ['arriving', 'settled', 'preparing', 'planned', 'reading'].includes(row.state);
}

/** True when slices came after the reading and a person has to decide about them. */
export function hasLateSlices(row: Pick<QueueRow, 'state' | 'reason'>): boolean {
  return row.state === 'needs-attention' && row.reason === 'late-slices';
}

/** True for a copy of an exam that was read already; nothing happens to it any more. */
export function isSameExam(row: Pick<QueueRow, 'reason'>): boolean {
  return row.reason === 'already-read';
}

/** What a person can do with a reading now. */
export interface ReadingActions {
  readonly cancel: boolean;
  readonly resume: boolean;
  readonly decideLateSlices: boolean;
  readonly changePriority: boolean;
  /** Ends the relay's part; what the device found is the whole reading. Costs nothing. */
  readonly finishOnDevice: boolean;
  /** Has a model read what the device alone searched. Costs money. */
  readonly sendToRelay: boolean;
}

/** Decides which actions make sense in the reading's state. */
export function readingActions(row: Pick<QueueRow, 'state' | 'status' | 'reason' | 'plan'>): ReadingActions {
  if (isSameExam(row)) return { cancel: false, resume: false, decideLateSlices: false, changePriority: false, finishOnDevice: false, sendToRelay: false };
  const late = hasLateSlices(row);
  // No series becomes readable by trying again.
  const isVain = row.reason === 'no-series-fit';
  const unfinished = row.state === 'merged' && row.status !== 'complete';
  return {
    cancel: isOnItsWay(row) || row.state === 'held',
    resume: !late && !isVain && (unfinished || ['held', 'failed', 'cancelled', 'needs-attention'].includes(row.state)),
    decideLateSlices: late,
    changePriority: !isVain && !(row.state === 'merged' && row.status === 'complete'),
    finishOnDevice: !isVain && row.plan === 'relay' && ['held', 'planned', 'failed'].includes(row.state),
    sendToRelay: !isVain && row.plan === 'device-only' && ['merged', 'failed'].includes(row.state),
  };
}
