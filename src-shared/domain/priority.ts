/** Reading priorities from least to most pressing; 'unknown' stands beside the order: it says that nobody can tell. */
export const priorities = ['routine', 'urgent', 'critical'] as const;

/** How soon a person should look. */
export type Priority = (typeof priorities)[number] | 'unknown';

/**
 * The most pressing of several priorities.
 *
 * Anything that is not in the order counts as the highest: a word nobody knows must not calm anybody.
 *
 * @param values - Priorities or whatever a model wrote in their place.
 * @returns 'routine' for an empty list.
 */
export function highestPriority(values: readonly string[]): (typeof priorities)[number] {
  let highest = 0;
  for (const value of values) {
    const rank = (priorities as readonly string[]).indexOf(value);
    highest = Math.max(highest, rank === -1 ? priorities.length - 1 : rank);
  }
  return priorities[highest] ?? 'critical';
}
