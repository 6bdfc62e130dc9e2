import { BarChart } from '@mantine/charts';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendByDay } from '../../../src-shared/domain/views.ts';
import { plainText } from '../../components/plain-text.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { dailyBars } from './daily-bars.ts';

/** Confirmed spend per day, stacked by model. */
export function DailyChart({ month, byDay, total }: { readonly month: string; readonly byDay: readonly SpendByDay[]; readonly total: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { days, models } = useMemo(() => dailyBars(month, byDay), [month, byDay]);
  const nothing = byDay.every(({ cost }) => cost.knownMicroUsd === 0);
  return (
    <section className="panel spend-chart">
      <h2>{t('spend.perDay')}</h2>
      {nothing ? <p className="spend-free">{t('spend.nothingBilled')}</p> : (
        <>
          <div role="img" aria-label={t('spend.chartLabel', { month: format.month(month) })}>
            <BarChart h={190} type="stacked" data={days as Record<string, number | string>[]} dataKey="day" withLegend={false} maxBarWidth={26} gridAxis="x" tickLine="none"
              series={models.map((model, place) => ({ name: `m${place}`, label: plainText(model), color: `var(--ld-series-${(place % 6) + 1})` }))}
              valueFormatter={(dollars) => format.money(Math.round(dollars * 1e6))} yAxisProps={{ width: 64 }}
              barChartProps={{ accessibilityLayer: false }} barProps={{ isAnimationActive: false }} tooltipAnimationDuration={0} />
          </div>
          <ul className="spend-legend">
            {models.map((model, place) => <li key={model}><span className="spend-swatch" style={{ background: `var(--ld-series-${(place % 6) + 1})` }} /><bdi>{plainText(model)}</bdi></li>)}
            <li className="spend-legend-total">{t('spend.total')} {total}</li>
          </ul>
        </>
      )}
    </section>
  );
}
