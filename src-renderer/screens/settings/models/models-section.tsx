import './models.css';
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { relayTitle } from '../../../../src-shared/domain/relay-title.ts';
import type { ModelView, SettingsView } from '../../../../src-shared/domain/views.ts';
import { ModelEndNotices } from '../../../components/model-end-notices.tsx';
import { useUpdateSettings } from '../../../queries.ts';
import { useChangeSettings } from '../../../relay-queries.ts';
import { hostOf } from '../relays/relay-standing.ts';
import { Section } from '../section.tsx';
import { emptyOverride, overrideOf, withOverride } from './edit-overrides.ts';
import { ModelSelect } from './model-select.tsx';
import { ModelTable } from './model-table.tsx';
import { OverrideDialog } from './override-dialog.tsx';

/** Which model reads routine exams and which the pressing ones, and what is known of every model there is. */
export function ModelsSection({ settings: view }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const [update, change] = [useUpdateSettings(), useChangeSettings()];
  const [edited, setEdited] = useState<ModelView | null>(null);
  const [relay] = view.settings.relays;
  if (relay === undefined) return null;
  const name = relayTitle(relay, hostOf(relay.baseUrl) ?? relay.baseUrl);
  const isClosed = overrideOf(view.settings.modelOverrides, relay.id, null)?.choice === 'deny';
  const close = (closed: boolean): void => {
    change.mutate(({ modelOverrides }) => ({
      modelOverrides: withOverride(modelOverrides, { ...(overrideOf(modelOverrides, relay.id, null) ?? emptyOverride(relay.id, null)), choice: closed ? 'deny' : null }),
    }));
  };
  return (
    <Section name="models">
      <ModelEndNotices view={view} />
      <div className="settings-pair">
        <ModelSelect label={t('settings.models.standard')} description={t('settings.models.standardText')} view={view} relayId={relay.id} value={view.standardModel} onChoose={(standardModel) => { update.mutate({ standardModel }); }} />
        <ModelSelect label={t('settings.models.accurate')} description={t('settings.models.accurateText')} view={view} relayId={relay.id} value={view.accurateModel} onChoose={(accurateModel) => { update.mutate({ accurateModel }); }} />
      </div>
      <ModelTable view={view} relay={relay} relayName={name} onEdit={setEdited} />
      {!view.practice && <Checkbox size="sm" checked={isClosed} label={t('settings.models.onlyAllowed', { relay: name })} description={t('settings.models.onlyAllowedText')} onChange={(event) => { close(event.currentTarget.checked); }} />}
      {edited !== null && <OverrideDialog view={view} model={edited} onClose={() => { setEdited(null); }} />}
    </Section>
  );
}
