import { useTranslation } from 'react-i18next';
import type { PlanForecast } from '../../../../src-shared/domain/request-plan.ts';
import { useFormat } from '../../../i18n/use-format.ts';

/** Tokens and money of a plan: low, expected, high. */
export function ForecastTable({ forecast: { inputTokens, outputTokens, imageTokens, costMicroUsd } }: { readonly forecast: PlanForecast }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ways = ['low', 'expected', 'high'] as const;
  return (
    <>
      <table className="forecast">
        <thead><tr><td />{ways.map((way) => <th key={way} scope="col">{t(`plan.way.${way}`)}</th>)}</tr></thead>
        <tbody>
          <tr>
            <th scope="row">{t('plan.cost')}</th>
            {costMicroUsd === null ? <td colSpan={3}>{t('plan.priceUnknown')}</td> : ways.map((way) => <td key={way}>{format.money(costMicroUsd[way])}</td>)}
          </tr>
          <tr><th scope="row">{t('plan.tokensIn')}</th>{ways.map((way) => <td key={way}>{format.count(inputTokens[way])}</td>)}</tr>
          <tr><th scope="row">{t('plan.tokensOut')}</th>{ways.map((way) => <td key={way}>{format.count(outputTokens[way])}</td>)}</tr>
        </tbody>
      </table>
      <p className="plan-fine">{t('plan.imageTokens', { tokens: format.count(imageTokens) })}</p>
    </>
  );
}
