import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import { formatCount, formatDay, formatDuration, formatLitres, formatMicroUsd, formatMm, formatMmNumber, formatMoment, formatMonth, formatSeconds, formatShare, formatStudyDate, formatTime } from './format.ts';

/** Numbers, money and dates in the language the window speaks. */
export function useFormat() {
  const locale = useTranslation().i18n.language;
  return useMemo(() => ({
    locale,
    count: (count: number) => formatCount(count, locale),
    money: (amount: number) => formatMicroUsd(amount, locale),
    mm: (lengthMm: number) => formatMm(lengthMm, locale),
    mmNumber: (lengthMm: number) => formatMmNumber(lengthMm, locale),
    litres: (volumeMl: number) => formatLitres(volumeMl, locale),
    seconds: (ms: number) => formatSeconds(ms, locale),
    duration: (ms: number) => formatDuration(ms, locale),
    share: (part: number, whole: number) => formatShare(part, whole, locale),
    moment: (at: EpochMs) => formatMoment(at, locale),
    day: (at: EpochMs) => formatDay(at, locale),
    time: (at: EpochMs) => formatTime(at, locale),
    date: (da: string) => formatStudyDate(da, locale),
    month: (month: string) => formatMonth(month, locale),
  }), [locale]);
}
