import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { isSameExam } from '../../components/reading-claim.ts';
import type { RoomDialog } from './reading-room-state.ts';

/** Windows that there is something to show in: readers to compare where there are two, a report of a CT that has come to its end. */
export function dialogsFor({ row, agreement, requests }: Pick<ReadingDetail, 'row' | 'agreement' | 'requests'>): readonly RoomDialog[] {
  const isReported = row.state === 'merged' && row.modality === 'CT' && !isSameExam(row);
  const isCompared = agreement !== null || requests.some(({ reader }) => reader === 1);
  return [...(isCompared ? ['compare'] as const : []), ...(isReported ? ['report'] as const : [])];
}
