import './plan.css';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadingDetail } from '../../../../src-shared/domain/views.ts';
import { ForecastTable } from './forecast-table.tsx';
import { PlanNotes } from './plan-notes.tsx';
import { useForecastWords } from './use-forecast-words.ts';

/** True while a plan stands before a person who can still stop it. */
export function isPlanOpen({ row, plan, forecast }: Pick<ReadingDetail, 'row' | 'plan' | 'forecast'>): boolean {
  return plan === 'relay' && forecast !== null && ['planned', 'held', 'reading'].includes(row.state);
}

/** What is about to be sent, or on its way: how the exam is shown, what it may cost, and what is left out. Open by itself where a person decides. */
export function PlanCard({ detail }: { readonly detail: ReadingDetail }) {
  const { t } = useTranslation();
  const words = useForecastWords();
  const { row, forecast, mode, planNotes } = detail;
  const [open, setOpen] = useState(row.state === 'held');
  if (forecast === null || !isPlanOpen(detail)) return null;
  const atMost = words.atMost(forecast);
  return (
    <section className={row.state === 'held' ? 'plan plan-held' : 'plan'} aria-label={t('plan.title')}>
      <button type="button" className="plan-line" aria-expanded={open} onClick={() => { setOpen(!open); }}>
        <IconChevronRight size={14} className={open ? 'turn is-open' : 'turn'} aria-hidden />
        <span className="plan-main">
          <span className="plan-mode">{t(`plan.mode.${mode}.name`)}</span>
          <span className="plan-sub">{words.size(forecast)}</span>
        </span>
        <span className="plan-price">
          <span className="plan-mode">{words.expected(forecast)}</span>
          {atMost !== null && <span className="plan-sub">{atMost}</span>}
        </span>
      </button>
      {open ? (
        <div className="plan-more">
          <p className="plan-about">{t(`plan.mode.${mode}.text`)}</p>
          {row.practice ? <p className="plan-fine">{t('plan.practice')}</p> : <ForecastTable forecast={forecast} />}
          <PlanNotes notes={planNotes} />
          {row.state !== 'reading' && row.coverage.sent === 0 && <p className="plan-unsent">{t('plan.nothingSent')}</p>}
        </div>
      ) : planNotes.length > 0 && <p className="plan-count">{t('plan.noteCount', { count: planNotes.length })}</p>}
    </section>
  );
}
