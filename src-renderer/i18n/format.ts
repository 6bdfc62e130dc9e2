import type { EpochMs } from '../../src-shared/domain/units.ts';

/**
 * Writes micro-USD as money, with as many digits as it takes to see small amounts.
 *
 * @param amount - Millionths of a US dollar, >= 0.
 * @returns Such as "$12.40", "$0.0031", or "<$0.0001" for less than a ten-thousandth of a dollar.
 */
export function formatMicroUsd(amount: number, locale: string): string {
  const money = (value: number, digits: number): string =>
    new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: digits }).format(value);
  if (amount > 0 && amount < 100) return `<${money(0.0001, 4)}`;
  return money(amount / 1_000_000, amount > 0 && amount < 1_000_000 ? 4 : 2);
}

/** Writes a whole number with the locale's separators. */
export function formatCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count);
}

/** Writes millimetres with one decimal and the unit's symbol, which is the same in every language: "12.5 mm". */
export function formatMm(lengthMm: number, locale: string): string {
  return `${formatMmNumber(lengthMm, locale)} mm`;
}

/** Writes millimetres as a bare number with one decimal, where the unit follows later; a position keeps its sign and zero has none. */
export function formatMmNumber(lengthMm: number, locale: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'negative' }).format(lengthMm);
}

/** Writes a volume in litres with one decimal, as "5.2 L". @param volumeMl - In ml. */
export function formatLitres(volumeMl: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'liter', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(volumeMl / 1000);
}

/** Writes seconds, rounded up so that a countdown ends at its end. */
export function formatSeconds(ms: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'narrow' }).format(Math.max(0, Math.ceil(ms / 1000)));
}

/** Writes how long something took with the unit's symbol, which is the same in every language: tenths of a second below ten seconds, whole seconds above. @param ms - At least 0. */
export function formatDuration(ms: number, locale: string): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: ms < 10_000 ? 1 : 0 }).format(ms / 1000)} s`;
}

/**
 * Writes part of a whole in percent, rounded down: 100 % only when nothing is missing.
 *
 * @param part - 0..whole.
 * @param whole - An empty whole gives 0 %.
 */
export function formatShare(part: number, whole: number, locale: string): string {
  const percent = whole === 0 ? 0 : Math.floor((100 * part) / whole);
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100);
}

/** Writes a point in time in the machine's zone. */
export function formatMoment(at: EpochMs, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at);
}

/** Writes the day of a point in time in the machine's zone. */
export function formatDay(at: EpochMs, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
}

/** Writes a time of day with seconds in the machine's zone. */
export function formatTime(at: EpochMs, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
}

/**
 * Writes a DICOM date (VR DA).
 *
 * @param da - YYYYMMDD; anything else is shown as it stands.
 * @see DICOM PS3.5 6.2
 */
export function formatStudyDate(da: string, locale: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(da) ?? [];
  if (year === undefined) return da;
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(utc);
}

/** Writes a calendar month, as "November 2025". @param month - YYYY-MM. */
export function formatMonth(month: string, locale: string): string {
  const [year, number] = month.split('-');
  return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.UTC(Number(year), Number(number) - 1));
}

/** Writes a description of a study or series for people: scanners set its parts apart by carets. */
export function formatDescription(description: string): string {
  return description.replaceAll('^', ' ').replaceAll(/\s+/g, ' ').trim();
}

/**
 * Writes a DICOM person name for people: family name first as in the file, components set apart.
 *
 * @param name - VR PN; the alphabetic group is shown, with the ideographic one behind it where there is one.
 * @see DICOM PS3.5 6.2.1
 */
export function formatPersonName(name: string): string {
  const groups = name.split('=').slice(0, 2).map((group) => {
    const [family = '', given = '', middle = ''] = group.split('^').map((part) => part.trim());
    return [family, [given, middle].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  });
  return groups.filter(Boolean).join(' · ');
}
