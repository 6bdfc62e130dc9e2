import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ModelView, SettingsView } from '../../../src-shared/domain/views.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useUpdateSettings } from '../../queries.ts';
import { Section } from './section.tsx';

function Catalogue({ models }: { readonly models: readonly ModelView[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const price = (amount: number | null) => amount === null ? '–' : format.money(amount);
  return (
    <table className="data-table catalogue">
      <thead>
        <tr>
          <th scope="col">{t('settings.models.columns.model')}</th>
          <th scope="col" className="number">{t('settings.models.columns.input')}</th>
          <th scope="col" className="number">{t('settings.models.columns.output')}</th>
          <th scope="col">{t('settings.models.columns.retires')}</th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <tr key={model.id} className={model.notSelectableReason === null ? '' : 'is-closed'}>
            <td>
              <span className="model-title">{model.title}</span> <code className="dimmed">{model.id}</code>
              {model.notSelectableReason !== null && <p className="model-why">{errorText(t, { code: model.notSelectableReason, message: model.notSelectableReason }).what}{model.successor !== null && ` ${t('settings.models.successor', { model: model.successor })}`}</p>}
            </td>
            <td className="number">{price(model.inputMicroUsdPerMillion)}</td>
            <td className="number">{price(model.outputMicroUsdPerMillion)}</td>
            <td className={model.retired ? 'not-read' : ''}>{model.shutdownDate === null ? <span className="dimmed">–</span> : format.date(model.shutdownDate.replaceAll('-', ''))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which model reads routine exams and which the pressing ones, with prices and retirement dates. */
export function ModelsSection({ settings: view }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const update = useUpdateSettings();
  const data = view.models.map((model) => ({ value: model.id, label: model.title, disabled: model.notSelectableReason !== null }));
  return (
    <Section name="models">
      <div className="settings-pair">
        <Select label={t('settings.models.standard')} data={data} value={view.standardModel} allowDeselect={false} searchable nothingFoundMessage={t('settings.models.nothing')}
          onChange={(standardModel) => { update.mutate({ standardModel }); }} />
        <Select label={t('settings.models.accurate')} data={data} value={view.accurateModel} allowDeselect={false} searchable nothingFoundMessage={t('settings.models.nothing')}
          onChange={(accurateModel) => { update.mutate({ accurateModel }); }} />
      </div>
      <Catalogue models={view.models} />
    </Section>
  );
}
