import type { QueueRow } from '../../../src-shared/domain/views.ts';
import { isOnItsWay, isSameExam } from '../../components/reading-claim.ts';
import { formatDescription } from '../../i18n/format.ts';

/** Columns the queue can be sorted by. */
export const sortColumns = [
  'priority', 'patient', 'studyDate', 'description', 'slices', 'stage', 'findings', 'coverage', 'cost', 'updated',
] as const;

/** A column the queue can be sorted by. */
export type SortColumn = (typeof sortColumns)[number];

/** Order of the queue. */
export interface SortOrder {
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** Groups of states the queue can be narrowed to. */
export const stateFilters = ['all', 'onItsWay', 'attention', 'read', 'deviceOnly', 'notFullyRead'] as const;

/** A group of states. */
export type StateFilter = (typeof stateFilters)[number];

// Unknown stands above routine: nobody can say yet that it may wait.
const priorityRank = { routine: 0, unknown: 1, urgent: 2, critical: 3 } as const;

const stageRank = [
  'cancelled', 'merged', 'arriving', 'settled', 'preparing', 'planned', 'reading', 'failed', 'held', 'needs-attention',
] as const satisfies readonly QueueRow['state'][];

function sortKey(row: QueueRow, column: SortColumn): number | string {
  switch (column) {
    case 'priority': return priorityRank[row.priority];
    case 'patient': return (row.patientName ?? row.patientId ?? '').toLowerCase();
    case 'studyDate': return row.studyDate ?? '';
    case 'description': return formatDescription(row.studyDescription ?? '').toLowerCase();
    case 'slices': return row.sliceCount;
    case 'stage': return stageRank.indexOf(row.state);
    case 'findings': return row.findingCount;
    case 'coverage': return row.coverage.planned === 0 ? -1 : (row.coverage.valid + row.coverage.searched) / row.coverage.planned;
    case 'cost': return row.cost.knownMicroUsd + row.cost.possibleMicroUsd;
    case 'updated': return row.updatedAt;
  }
}

function compareKeys(left: number | string, right: number | string, locale: string): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right), locale, { numeric: true });
}

/**
 * Sorts a copy of the rows; equal rows keep the most recent first.
 *
 * @param locale - BCP 47 tag, for the order of names.
 */
export function sortRows(rows: readonly QueueRow[], order: SortOrder, locale: string): readonly QueueRow[] {
  const sign = order.descending ? -1 : 1;
  return rows.toSorted((left, right) =>
    sign * compareKeys(sortKey(left, order.column), sortKey(right, order.column), locale) || right.updatedAt - left.updatedAt);
}

/** Tells whether a row belongs to a group of states. */
export function isInState(row: QueueRow, filter: StateFilter): boolean {
  switch (filter) {
    case 'all': return true;
    case 'onItsWay': return isOnItsWay(row);
    case 'attention': return row.state === 'held' || row.state === 'needs-attention' || row.state === 'failed';
    case 'read': return row.state === 'merged' && row.status === 'complete' && row.coverage.searched === 0;
    case 'deviceOnly': return row.plan === 'device-only' && !isSameExam(row);
    case 'notFullyRead': return !isSameExam(row) && (row.state === 'cancelled' || row.state === 'failed' || (row.state === 'merged' && row.status !== 'complete'));
  }
}

/**
 * Keeps the rows that hold every word of the filter in patient, ID, date or description.
 *
 * @param text - Words apart by spaces; case does not matter, punctuation of dates does not either.
 */
export function filterRows(rows: readonly QueueRow[], text: string, filter: StateFilter): readonly QueueRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (!isInState(row, filter)) return false;
    const parts = [row.patientName?.replaceAll('^', ' '), row.patientId, row.studyDescription?.replaceAll('^', ' '), row.studyDate, row.modality];
    const haystack = parts.filter((part) => part !== null && part !== undefined).join(' ').toLowerCase();
    return words.every((word) => haystack.includes(word) || haystack.includes(word.replaceAll(/[-/.]/g, '')));
  });
}
