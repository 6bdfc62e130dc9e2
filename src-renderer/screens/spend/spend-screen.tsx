import './spend.css';
import { Button, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCoinOff, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendMonth } from '../../../src-shared/domain/views.ts';
import { CostAmount } from '../../components/cost.tsx';
import { Fault } from '../../components/fault.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useSaveSpendCsv, useSpendMonth } from '../../queries.ts';
import { DailyChart } from './daily-chart.tsx';
import { SpendTables } from './spend-tables.tsx';

function Budget({ spend }: { readonly spend: SpendMonth }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { budgetMicroUsd, total } = spend;
  if (budgetMicroUsd === null) return <p className="dimmed spend-small">{t('spend.noBudget')}</p>;
  const [known, possible] = [total.knownMicroUsd, total.possibleMicroUsd].map((amount) => budgetMicroUsd === 0 ? 100 : Math.min(100, (100 * amount) / budgetMicroUsd));
  return (
    <div className="budget">
      <div className="budget-track" role="progressbar" aria-label={t('spend.budget')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(known ?? 0)}>
        <span className={(known ?? 0) >= 90 ? 'budget-known is-near' : 'budget-known'} style={{ width: `${known}%` }} />
        <span className="budget-possible" style={{ width: `${Math.min(possible ?? 0, 100 - (known ?? 0))}%` }} />
      </div>
      <p className="dimmed spend-small">{t('spend.ofBudget', { share: format.share(known ?? 0, 100), budget: format.money(budgetMicroUsd) })}</p>
    </div>
  );
}

function Totals({ spend }: { readonly spend: SpendMonth }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="panel spend-totals">
      <div><h2>{t('spend.confirmed')}</h2><p className="spend-amount">{format.money(spend.total.knownMicroUsd)}</p>{spend.unpricedAttempts > 0 && <p className="spend-small spend-warn">{t('spend.unpriced', { count: spend.unpricedAttempts })}</p>}<Budget spend={spend} /></div>
      <div>
        <h2>{t('spend.possible')}</h2>
        <p className={spend.total.possibleMicroUsd > 0 ? 'spend-amount spend-warn' : 'spend-amount'}>{format.money(spend.total.possibleMicroUsd)}</p>
        <p className="dimmed spend-small">{t('cost.possibleExplained')}</p>
      </div>
      <div><h2>{t('spend.attempts')}</h2><p className="spend-amount">{format.count(spend.attemptCount)}</p><p className="dimmed spend-small">{t('spend.zone', { zone: spend.timeZone })}</p></div>
    </section>
  );
}

/** What a month's readings cost: confirmed and possible apart, per day, per model, per exam. */
export function SpendScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const [month, setMonth] = useState<string | null>(null);
  const [spend, save] = [useSpendMonth(month), useSaveSpendCsv()];
  if (spend.isError) return <Fault error={spend.error} onRetry={() => void spend.refetch()} />;
  if (spend.data === undefined) return <div className="screen" aria-busy />;
  const { data } = spend;
  const months = data.months.includes(data.month) ? data.months : [data.month, ...data.months];
  return (
    <div className="screen spend-screen">
      <header className="spend-header">
        <h1>{t('spend.title')}</h1>
        <Select size="xs" aria-label={t('spend.month')} value={data.month} allowDeselect={false} onChange={setMonth}
          data={months.map((value) => ({ value, label: format.month(value) }))} />
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} aria-hidden />} loading={save.isPending} disabled={data.attemptCount === 0}
          onClick={() => {
            save.mutate({ month: data.month }, {
              onSuccess: (saved) => { if (saved !== null) notifications.show({ message: t('spend.saved', { count: saved.rows }) }); },
            });
          }}>
          {t('spend.saveCsv')}
        </Button>
      </header>
      {data.attemptCount === 0
        ? <section className="empty"><IconCoinOff size={44} stroke={1.1} aria-hidden /><h2>{t('spend.empty')}</h2><p>{t('spend.emptyText')}</p></section>
        : <><Totals spend={data} /><DailyChart month={data.month} byDay={data.byDay} total={<CostAmount cost={data.total} />} /><SpendTables spend={data} /></>}
    </div>
  );
}
