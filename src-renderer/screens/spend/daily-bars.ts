import type { SpendByDay } from '../../../src-shared/domain/views.ts';

/** One day of the chart: `day` and, per model, US dollars. */
export type DayBar = Readonly<Record<string, number | string>>;

/** Bars of a month with the models they stack. */
export interface DailyBars {
  readonly days: readonly DayBar[];
  /** Dearest model first. */
  readonly models: readonly string[];
}

/** Days of a month. @param month - YYYY-MM. */
export function daysIn(month: string): number {
  const [year, number] = month.split('-').map(Number);
  const isLeap = ((year ?? 0) % 4 === 0 && (year ?? 0) % 100 !== 0) || (year ?? 0) % 400 === 0;
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][(number ?? 1) - 1] ?? 31;
}

/**
 * Lays a month's spend out as one bar per day, days without spend included.
 *
 * @param byDay - Confirmed and possible cost per day and model; the bars show the confirmed part.
 */
export function dailyBars(month: string, byDay: readonly SpendByDay[]): DailyBars {
  const totals = new Map<string, number>();
  for (const { model, cost } of byDay) totals.set(model, (totals.get(model) ?? 0) + cost.knownMicroUsd);
  const models = [...totals].toSorted((left, right) => right[1] - left[1]).map(([model]) => model);
  const days = Array.from({ length: daysIn(month) }, (_, index) => {
    const day = `${month}-${String(index + 1).padStart(2, '0')}`;
    const spent = byDay.filter((row) => row.day === day);
    // Every model has its amount on every day: a stack with holes slides.
    const amounts = models.map((model, place) => [`m${place}`, spent.filter((row) => row.model === model).reduce((sum, row) => sum + row.cost.knownMicroUsd, 0) / 1e6]);
    return { day: String(index + 1), ...Object.fromEntries(amounts) as Record<string, number> };
  });
  return { days, models };
}
