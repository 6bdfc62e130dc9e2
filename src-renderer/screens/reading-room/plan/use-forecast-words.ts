import { useTranslation } from 'react-i18next';
import type { PlanForecast } from '../../../../src-shared/domain/request-plan.ts';
import { useFormat } from '../../../i18n/use-format.ts';

/** What a plan may take, in words. */
export function useForecastWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    /** Money as it is expected; where nobody knows the price, that. */
    expected: ({ costMicroUsd }: PlanForecast) => costMicroUsd === null ? t('plan.priceUnknown')
      : costMicroUsd.high === 0 ? t('plan.free') : t('plan.about', { cost: format.money(costMicroUsd.expected) }),
    /** Null where there is no price, or none to pay. */
    atMost: ({ costMicroUsd }: PlanForecast) => costMicroUsd === null || costMicroUsd.high === 0 ? null : t('plan.atMost', { cost: format.money(costMicroUsd.high) }),
    size: ({ requests, pictures, tiles }: PlanForecast) => [t('plan.requests', { count: requests }), t('plan.pictures', { count: pictures }), t('plan.tiles', { count: tiles })].join(' · '),
  };
}
