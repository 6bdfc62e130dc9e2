import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readingModes } from '../../../src-shared/domain/request-plan.ts';
import type { SettingsView } from '../../../src-shared/domain/views.ts';
import { useUpdateSettings } from '../../queries.ts';

/** How a relay's models are shown an exam: four ways, each with what it covers and what it costs. */
export function ReadingModeField({ settings: { settings } }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const update = useUpdateSettings();
  return (
    <Radio.Group label={t('settings.reading.mode')} value={settings.readingMode}
      onChange={(wanted) => { const readingMode = readingModes.find((mode) => mode === wanted); if (readingMode !== undefined) update.mutate({ readingMode }); }}>
      <div className="reading-modes">
        {readingModes.map((mode) => (
          <Radio.Card key={mode} value={mode} className={settings.readingMode === mode ? 'reading-mode is-chosen' : 'reading-mode'} aria-labelledby={`mode-${mode}`} aria-describedby={`mode-${mode}-text`}>
            <Radio.Indicator />
            <span>
              <span className="mode-name" id={`mode-${mode}`}>{t(`settings.reading.modes.${mode}`)}{mode === readingModes[0] && <span className="mode-default">{t('settings.reading.modeDefault')}</span>}</span>
              <span className="mode-text" id={`mode-${mode}-text`}>{t(`settings.reading.modeText.${mode}`)}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
