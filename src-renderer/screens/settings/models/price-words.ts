import type { TFunction } from 'i18next';
import type { ModelView } from '../../../../src-shared/domain/views.ts';
import type { useFormat } from '../../../i18n/use-format.ts';

type Format = ReturnType<typeof useFormat>;

/** Days of the week as a span: "Mon–Fri"; 2023-01-01 was a Sunday. */
function daySpan(days: readonly number[], locale: string): string {
  const name = (day: number): string => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2023, 0, 1 + day));
  const sorted = [...days].sort((left, right) => left - right);
  const isRun = sorted.every((day, index) => index === 0 || day === (sorted[index - 1] ?? day) + 1);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return '';
  return isRun && sorted.length > 2 ? `${name(first)}–${name(last)}` : sorted.map(name).join(', ');
}

/**
 * What a model's price depends on, one line each: longer prompts, dearer hours, its own end.
 *
 * @param model - With its list price.
 */
export function priceNotes(model: ModelView, t: TFunction, format: Format): readonly string[] {
  const { listPrice } = model;
  if (listPrice === null) return [];
  const tiers = listPrice.tiers.map((tier) => t('settings.models.tier', { tokens: format.count(tier.abovePromptTokens), input: format.money(tier.input), output: format.money(tier.output) }));
  const { peak } = listPrice;
  const hours = peak === null ? [] : [t(peak.isNow ? 'settings.models.peakNow' : 'settings.models.peak', {
    days: daySpan(peak.days, format.locale), hours: peak.hoursUtc.map(([from, before]) => `${from}–${before}`).join(', '), times: new Intl.NumberFormat(format.locale).format(peak.multiplierPercent / 100),
  })];
  const until = listPrice.validTo === null ? [] : [t('settings.models.priceUntil', { date: format.date(listPrice.validTo.replaceAll('-', '')) })];
  return [...tiers, ...hours, ...until];
}
