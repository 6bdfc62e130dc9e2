import './relays.css';
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { relayTitle } from '../../../../src-shared/domain/relay-title.ts';
import type { RelaySetting } from '../../../../src-shared/domain/relay-setting.ts';
import type { SettingsView } from '../../../../src-shared/domain/views.ts';
import { confirmThen } from '../../../components/confirm.tsx';
import { NoticeBox } from '../../../components/notice-box.tsx';
import { useChangeSettings, useRelayHealth } from '../../../relay-queries.ts';
import { inserted, moved } from '../ordered-list.ts';
import { Section } from '../section.tsx';
import { KeychainNotice } from './keychain-notice.tsx';
import { NewRelay } from './new-relay.tsx';
import { RelayCard } from './relay-card.tsx';
import { hostOf, rolesOf } from './relay-standing.ts';

const mostRelays = 8;

/** Names a relay for people. */
function titleOf(relay: RelaySetting): string {
  return relayTitle(relay, hostOf(relay.baseUrl) ?? relay.baseUrl);
}

/** The relays that may read, in order of preference, each with its key, its consent and how it does. */
export function RelaysSection({ settings: view }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const change = useChangeSettings();
  const health = useRelayHealth().data ?? [];
  const [open, setOpen] = useState<string | null>(view.settings.relays.length === 1 ? (view.settings.relays[0]?.id ?? null) : null);
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<{ readonly relay: RelaySetting; readonly index: number; readonly hadKey: boolean } | null>(null);
  const [said, setSaid] = useState('');
  const { relays } = view.settings;
  const roles = rolesOf(relays, health);

  const move = (index: number, by: -1 | 1): void => {
    const relay = relays[index];
    if (relay === undefined || relays[index + by] === undefined) return;
    change.mutate((now) => ({ relays: moved(now.relays, now.relays.findIndex(({ id }) => id === relay.id), by) }));
    setSaid(t('settings.relays.movedTo', { name: titleOf(relay), place: index + by + 1 }));
  };
  const remove = (relay: RelaySetting, index: number, hadKey: boolean): void => {
    change.mutate((now) => ({ relays: now.relays.filter(({ id }) => id !== relay.id) }), { onSuccess: () => { setRemoved({ relay, index, hadKey }); } });
  };
  const askToRemove = (relay: RelaySetting, index: number): void => {
    const hasKey = health.some(({ relayId, key }) => relayId === relay.id && key.state !== 'none');
    if (!hasKey) { remove(relay, index, false); return; }
    const name = titleOf(relay);
    confirmThen({ title: t('settings.relays.removeTitle', { name }), text: t('settings.relays.removeText'), confirm: t('settings.relays.removeWithKey') }, () => { remove(relay, index, true); });
  };
  const undo = (): void => {
    if (removed === null) return;
    change.mutate((now) => ({ relays: inserted(now.relays, removed.index, removed.relay) }), { onSuccess: () => { setRemoved(null); } });
  };
  const add = <Button size="xs" variant="default" leftSection={<IconPlus size={15} aria-hidden />} disabled={adding || relays.length >= mostRelays} onClick={() => { setAdding(true); }}>{t('settings.relays.add')}</Button>;
  return (
    <Section name="relays" action={add}>
      {view.practice && <NoticeBox kind="practice" title={t('practice.full')}>{t('settings.relays.practice')}</NoticeBox>}
      <KeychainNotice state={view.key} />
      <ol className="relays">
        {relays.map((relay, index) => (
          <RelayCard key={relay.id} relay={relay} title={titleOf(relay)} role={roles[index] ?? 'not-set-up'} index={index} count={relays.length} health={health.find(({ relayId }) => relayId === relay.id) ?? null}
            view={view} isOpen={open === relay.id} onOpen={(wanted) => { setOpen(wanted ? relay.id : null); }} onMove={(by) => { move(index, by); }} onRemove={() => { askToRemove(relay, index); }} />
        ))}
      </ol>
      {adding && <NewRelay onDone={(id) => { setAdding(false); if (id !== null) setOpen(id); }} />}
      {removed !== null && (
        <div className="relay-removed" role="status">
          <span>{t(removed.hadKey ? 'settings.relays.removedWithKey' : 'settings.relays.removed', { name: titleOf(removed.relay) })}</span>
          <Button size="compact-sm" variant="subtle" leftSection={<IconArrowBackUp size={15} aria-hidden />} loading={change.isPending} onClick={undo}>{t('settings.undo')}</Button>
        </div>
      )}
      <span className="visually-hidden" aria-live="polite">{said}</span>
    </Section>
  );
}
