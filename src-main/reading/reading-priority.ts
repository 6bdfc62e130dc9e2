import { highestPriority, priorities } from '../../src-shared/domain/priority.ts';
import type { Priority } from '../../src-shared/domain/priority.ts';
import type { ReadingStatus } from '../../src-shared/domain/reading.ts';

/**
 * Priority of a reading: the most pressing of its findings, and 'routine' only when the whole exam was read.
 *
 * What was seen in an incomplete reading may press; that nothing was seen there means nothing.
 */
export function readingPriority(status: ReadingStatus | null, findingPriorities: readonly string[]): Priority {
  const highest = highestPriority(findingPriorities);
  if (status === 'complete' || highest !== priorities[0]) return highest;
  return 'unknown';
}
