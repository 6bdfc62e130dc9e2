import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { relayTitle } from '../../../src-shared/domain/relay-title.ts';
import type { FallbackWay } from '../../../src-shared/domain/relay-setting.ts';
import type { SettingsView } from '../../../src-shared/domain/views.ts';
import { plainText } from '../../components/plain-text.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useChangeSettings } from '../../relay-queries.ts';
import { knownModel, modelTitle } from './models/known-models.ts';
import { ModelSelect } from './models/model-select.tsx';
import { MoveButtons, moveByKeys } from './move-buttons.tsx';
import { moved } from './ordered-list.ts';
import { hostOf } from './relays/relay-standing.ts';

const mostFallbacks = 16;

function isSame(one: FallbackWay, other: FallbackWay): boolean {
  return one.relayId === other.relayId && one.model === other.model;
}

function AddFallback({ view }: { readonly view: SettingsView }) {
  const { t } = useTranslation();
  const change = useChangeSettings();
  const { relays, allowedFallbacks } = view.settings;
  const [relayId, setRelayId] = useState(relays[0]?.id ?? '');
  const [model, setModel] = useState<string | null>(null);
  const way = model === null ? null : { relayId, model };
  const isThere = way !== null && allowedFallbacks.some((one) => isSame(one, way));
  const add = (): void => {
    if (way === null) return;
    change.mutate((now) => ({ allowedFallbacks: [...now.allowedFallbacks, way] }), { onSuccess: () => { setModel(null); } });
  };
  return (
    <div className="fallback-add">
      {relays.length > 1 && (
        <Select label={t('settings.fallbacks.relay')} value={relayId} allowDeselect={false} data={relays.map((relay) => ({ value: relay.id, label: relayTitle(relay, hostOf(relay.baseUrl) ?? relay.baseUrl) }))} onChange={(id) => { if (id !== null) setRelayId(id); }} />
      )}
      <ModelSelect className="grow" label={t('settings.fallbacks.model')} placeholder={t('settings.fallbacks.choose')} view={view} relayId={relayId} value={model} error={isThere ? t('settings.fallbacks.isThere') : undefined} onChoose={setModel} />
      <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} disabled={way === null || isThere || allowedFallbacks.length >= mostFallbacks} loading={change.isPending} onClick={add}>{t('settings.fallbacks.add')}</Button>
    </div>
  );
}

/** What may stand in for the chosen model, in order; nothing else ever does. */
export function Fallbacks({ settings: view }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const change = useChangeSettings();
  const { relays, allowedFallbacks } = view.settings;
  const move = (way: FallbackWay, by: -1 | 1): void => {
    change.mutate((now) => ({ allowedFallbacks: moved(now.allowedFallbacks, now.allowedFallbacks.findIndex((one) => isSame(one, way)), by) }));
  };
  return (
    <div className="fallbacks" role="group" aria-labelledby="fallbacks-label">
      <p className="field-label" id="fallbacks-label">{t('settings.fallbacks.title')} <span className="field-hint">{t('settings.fallbacks.text')}</span></p>
      {allowedFallbacks.length > 0 && (
        <ol className="fallback-list">
          {allowedFallbacks.map((way, index) => {
            const relay = relays.find(({ id }) => id === way.relayId);
            const name = plainText(modelTitle(view.models, way.model));
            const reason = knownModel(view.models, way.model)?.notSelectableReason ?? null;
            const fault = relay === undefined ? t('settings.fallbacks.relayGone') : reason === null ? null : errorText(t, { code: reason, message: reason }).what;
            return (
              <li key={`${way.relayId}/${way.model}`} onKeyDown={moveByKeys((by) => { move(way, by); })}>
                <MoveButtons name={name} index={index} count={allowedFallbacks.length} onMove={(by) => { move(way, by); }} />
                <span className="fallback-place">{index + 1}</span>
                <span className="fallback-name">{name}{relay !== undefined && relays.length > 1 && <span className="dimmed"> · {relayTitle(relay, hostOf(relay.baseUrl) ?? relay.baseUrl)}</span>}{fault !== null && <span className="cell-warn"> · {fault}</span>}</span>
                <ActionIcon variant="subtle" color="gray" aria-label={t('settings.fallbacks.removeOf', { name })} title={t('settings.fallbacks.remove')} onClick={() => { change.mutate((now) => ({ allowedFallbacks: now.allowedFallbacks.filter((one) => !isSame(one, way)) })); }}><IconTrash size={15} aria-hidden /></ActionIcon>
              </li>
            );
          })}
        </ol>
      )}
      <AddFallback view={view} />
    </div>
  );
}
