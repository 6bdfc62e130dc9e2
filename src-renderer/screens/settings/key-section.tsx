import { Button, PasswordInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyState, SettingsView } from '../../../src-shared/domain/views.ts';
import { confirmThen } from '../../components/confirm.tsx';
import { NoticeBox } from '../../components/notice-box.tsx';
import { useDeleteRelayKey, useSetRelayKey } from '../../queries.ts';
import { Section } from './section.tsx';

function KeychainNotice({ state }: { readonly state: KeyState }) {
  const { t } = useTranslation();
  if (state.keychain === 'ok' || state.keychain === 'unknown') return null;
  return <NoticeBox kind={state.keychain === 'locked' ? 'locked' : 'warn'} title={t(`settings.key.keychain.${state.keychain}.title`)}>{t(`settings.key.keychain.${state.keychain}.text`)}</NoticeBox>;
}

/** The relay's key: kept by the system's keychain, never shown again but for its last four characters. */
export function KeySection({ settings: view }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const [set, remove] = [useSetRelayKey(), useDeleteRelayKey()];
  const [key, setKey] = useState('');
  const { state, lastFour, keychain } = view.key;
  const held = state === 'stored' || state === 'session-only';
  const sessionOnly = keychain === 'unavailable' || keychain === 'timeout' || keychain === 'locked';
  const save = (): void => { set.mutate({ key, sessionOnly }, { onSuccess: () => { setKey(''); } }); };
  const ask = (): void => {
    confirmThen({ title: t('settings.key.deleteTitle'), text: t('settings.key.deleteText'), confirm: t('settings.key.delete') }, () => { remove.mutate(); });
  };
  return (
    <Section name="key">
      <KeychainNotice state={view.key} />
      {held && (
        <p className="key-held">
          <IconKey size={17} aria-hidden />
          <span>{t(state === 'stored' ? 'settings.key.stored' : 'settings.key.session')} {lastFour !== null && <code>•••• {lastFour}</code>}</span>
          <Button size="xs" variant="subtle" color="red" onClick={ask}>{t('settings.key.delete')}</Button>
        </p>
      )}
      <form className="relay-line" onSubmit={(event) => { event.preventDefault(); if (key !== '') save(); }}>
        <PasswordInput className="grow" label={t(held ? 'settings.key.replace' : 'settings.key.enter')} value={key} autoComplete="off" spellCheck={false} onChange={(event) => { setKey(event.currentTarget.value); }}
          visibilityToggleButtonProps={{ 'aria-label': t('settings.key.show') }} />
        <Button type="submit" disabled={key === ''} loading={set.isPending}>{t(sessionOnly ? 'settings.key.useForSession' : 'settings.key.save')}</Button>
      </form>
    </Section>
  );
}
