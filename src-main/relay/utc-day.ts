const msPerDay = 86_400_000;

/**
 * The UTC day of a point in time, YYYY-MM-DD: the precision of prices and shutdown dates.
 *
 * @param ms - Milliseconds since the epoch.
 */
export function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/**
 * Whole days from a point in time's UTC day to another day; 0 on the day itself, negative afterwards.
 *
 * @param ms - Milliseconds since the epoch.
 * @param day - YYYY-MM-DD.
 */
export function daysUntil(ms: number, day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${utcDay(ms)}T00:00:00Z`)) / msPerDay);
}
