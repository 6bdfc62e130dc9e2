import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readingPlans } from '../../../src-shared/domain/reading.ts';
import type { SettingsView } from '../../../src-shared/domain/views.ts';
import { useUpdateSettings } from '../../queries.ts';
import { WholeNumberField } from './whole-number-field.tsx';

/** Who reads from now on, with what that means, and how many candidates of the device are kept. */
export function ReadingPlanFields({ settings: { settings } }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const update = useUpdateSettings();
  return (
    <div className="settings-plan">
      <div>
        <p className="field-label" id="plan-label">{t('settings.reading.plan')}</p>
        <SegmentedControl fullWidth aria-labelledby="plan-label" value={settings.readingPlan}
          data={readingPlans.map((plan) => ({ value: plan, label: t(`settings.reading.plans.${plan}`) }))}
          onChange={(readingPlan) => { update.mutate({ readingPlan: readingPlan === 'device-only' ? 'device-only' : 'relay' }); }} />
        <p className="field-text" aria-live="polite">{t(`settings.reading.planText.${settings.readingPlan}`)}</p>
      </div>
      <WholeNumberField label={t('settings.reading.candidatesPerExam')} description={t('settings.reading.candidatesPerExamText')} value={settings.candidatesPerExam} min={30} max={60}
        onSave={(candidatesPerExam) => { update.mutate({ candidatesPerExam }); }} />
    </div>
  );
}
