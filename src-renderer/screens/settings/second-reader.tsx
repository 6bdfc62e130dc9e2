import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../../src-shared/domain/views.ts';
import { useUpdateSettings } from '../../queries.ts';
import { ModelSelect } from './models/model-select.tsx';

const kinds = ['none', 'mirrored', 'model'] as const;

/** Whether somebody reads a second time, and who is asked where the two differ. */
export function SecondReaderFields({ settings: view }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const update = useUpdateSettings();
  const { secondReader, thirdReaderModel, relays } = view.settings;
  const relayId = relays[0]?.id ?? '';
  const choose = (kind: string): void => {
    if (kind === 'model') update.mutate({ secondReader: { kind, model: view.accurateModel } });
    else update.mutate({ secondReader: { kind: kind === 'mirrored' ? 'mirrored' : 'none' } });
  };
  return (
    <div className="second-reader">
      <div>
        <p className="field-label" id="second-label">{t('settings.reading.second')}</p>
        <SegmentedControl fullWidth aria-labelledby="second-label" value={secondReader.kind} data={kinds.map((kind) => ({ value: kind, label: t(`settings.reading.seconds.${kind}`) }))} onChange={choose} />
        <p className="field-text" aria-live="polite">{t(`settings.reading.secondText.${secondReader.kind}`)}</p>
      </div>
      {secondReader.kind !== 'none' && (
        <div className="settings-pair">
          {secondReader.kind === 'model' && (
            <ModelSelect label={t('settings.reading.secondModel')} description={t('settings.reading.secondModelText')} view={view} relayId={relayId} value={secondReader.model} onChoose={(model) => { update.mutate({ secondReader: { kind: 'model', model } }); }} />
          )}
          <ModelSelect label={t('settings.reading.third')} description={t('settings.reading.thirdText')} placeholder={t('settings.models.nobody')} view={view} relayId={relayId} value={thirdReaderModel}
            onChoose={(model) => { update.mutate({ thirdReaderModel: model }); }} onClear={() => { update.mutate({ thirdReaderModel: null }); }} />
        </div>
      )}
    </div>
  );
}
