import './reading.css';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../../src-shared/domain/views.ts';
import { useUpdateSettings } from '../../queries.ts';
import { Fallbacks } from './fallbacks.tsx';
import { ReadingModeField } from './reading-mode.tsx';
import { ReadingPlanFields } from './reading-plan.tsx';
import { SecondReaderFields } from './second-reader.tsx';
import { Section } from './section.tsx';
import { WholeNumberField } from './whole-number-field.tsx';

/** Who reads, how models are shown an exam, who reads again or stands in, and when an exam counts as whole. */
export function ReadingSection({ settings: view }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const { settings } = view;
  const update = useUpdateSettings();
  const field = (name: 'imagesPerRequest' | 'requestsInFlight' | 'settleSeconds', min: number, max: number) => (
    <WholeNumberField label={t(`settings.reading.${name}`)} description={t(`settings.reading.${name}Text`)} value={settings[name]} min={min} max={max}
      onSave={(value) => { update.mutate({ [name]: value }); }} />
  );
  return (
    <Section name="reading">
      <ReadingPlanFields settings={view} />
      {settings.readingPlan === 'relay' && (
        <>
          <ReadingModeField settings={view} />
          <SecondReaderFields settings={view} />
          <Fallbacks settings={view} />
        </>
      )}
      <div className="settings-three">
        {settings.readingPlan === 'relay' && field('imagesPerRequest', 1, 20)}
        {settings.readingPlan === 'relay' && field('requestsInFlight', 1, 8)}
        {field('settleSeconds', 1, 3600)}
      </div>
    </Section>
  );
}
