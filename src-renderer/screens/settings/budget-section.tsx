import { NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../../src-shared/domain/views.ts';
import { useUpdateSettings } from '../../queries.ts';
import { Section } from './section.tsx';

const firstBudgetMicroUsd = 50_000_000;

function AmountField({ budget, onSave }: { readonly budget: number | null; readonly onSave: (monthlyBudgetMicroUsd: number) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<number | string>(budget === null ? '' : budget / 1e6);
  const save = (): void => {
    if (typeof typed !== 'number') { setTyped(budget === null ? '' : budget / 1e6); return; }
    const monthlyBudgetMicroUsd = Math.max(0, Math.round(typed * 1e6));
    if (monthlyBudgetMicroUsd !== budget) onSave(monthlyBudgetMicroUsd);
  };
  return (
    <NumberInput className="budget-field" aria-label={t('settings.budget.amount')} value={typed} disabled={budget === null} min={0} max={1_000_000} decimalScale={2} prefix="$" thousandSeparator=","
      onChange={setTyped} onBlur={save} onKeyDown={(event) => { if (event.key === 'Enter') save(); }} />
  );
}

/** A hard monthly limit: readings are held when it would be exceeded. */
export function BudgetSection({ settings: { settings } }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const update = useUpdateSettings();
  const budget = settings.monthlyBudgetMicroUsd;
  return (
    <Section name="budget">
      <div className="budget-line">
        <Switch checked={budget !== null} label={t('settings.budget.limit')}
          onChange={(event) => { update.mutate({ monthlyBudgetMicroUsd: event.currentTarget.checked ? firstBudgetMicroUsd : null }); }} />
        <AmountField key={budget} budget={budget} onSave={(monthlyBudgetMicroUsd) => { update.mutate({ monthlyBudgetMicroUsd }); }} />
      </div>
    </Section>
  );
}
