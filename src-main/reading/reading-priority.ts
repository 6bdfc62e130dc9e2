import { highestPriority, priorities } from '../../src-shared/domain/priority.ts';
import type { Priority } from '../../src-shared/domain/priority.ts';
import type { ReadingStatus } from '../../src-shared/domain/reading.ts';

/**
 * Priority of a reading: the most pressing of its findings, and 'routine' only when models have read the whole exam.
 *
 * The device's own search says nothing about how pressing an exam is: a person has to look.
 *
 * What was seen in an incomplete reading may press; that nothing was seen there means nothing.
 *
 * @param searchedSlices - Slices that were read by the device alone.
 */
export function readingPriority(status: ReadingStatus | null, findingPriorities: readonly string[], searchedSlices = 0): Priority {
  const highest = highestPriority(findingPriorities);
  if ((status === 'complete' && searchedSlices === 0) || highest !== priorities[0]) return highest;
  return 'unknown';
}
