import type { EpochMs } from '../../src-shared/domain/units.ts';

/**
 * Calendar day of a point in time in the clinic's zone.
 *
 * @param timeZone - IANA name.
 * @returns YYYY-MM-DD.
 */
export function billingDay(at: EpochMs, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/**
 * Calendar month that a cost belongs to.
 *
 * @returns YYYY-MM in the given zone.
 */
export function billingMonth(at: EpochMs, timeZone: string): string {
  return billingDay(at, timeZone).slice(0, 7);
}
