import { Button, PasswordInput } from '@mantine/core';
import { IconKey, IconKeyOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyState } from '../../../../src-shared/domain/views.ts';
import { confirmThen } from '../../../components/confirm.tsx';
import { problemIn } from '../../../components/problem-in.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useDeleteRelayKey, useSetRelayKey } from '../../../relay-queries.ts';

interface RelayKeyProps {
  readonly relayId: string;
  /** Null until it is known. */
  readonly state: KeyState | null;
  readonly isOnlyRelay: boolean;
}

/** A relay's key: kept by the system's keychain, never shown again but for its last four characters. */
export function RelayKey({ relayId, state, isOnlyRelay }: RelayKeyProps) {
  const { t } = useTranslation();
  const [set, remove] = [useSetRelayKey(relayId), useDeleteRelayKey(relayId)];
  const [key, setKey] = useState('');
  const held = state?.state === 'stored' || state?.state === 'session-only';
  const [changing, setChanging] = useState(false);
  const sessionOnly = state?.keychain === 'unavailable' || state?.keychain === 'timeout' || state?.keychain === 'locked';
  const failure = set.error ?? remove.error;
  const failed = failure === null ? null : errorText(t, problemIn(failure));
  const save = (): void => { set.mutate({ key, sessionOnly }, { onSuccess: () => { setKey(''); setChanging(false); } }); };
  const ask = (): void => {
    confirmThen({ title: t('settings.key.deleteTitle'), text: t(isOnlyRelay ? 'settings.key.deleteTextOnly' : 'settings.key.deleteText'), confirm: t('settings.key.delete') }, () => { remove.mutate(undefined); });
  };
  const Icon = held ? IconKey : IconKeyOff;
  return (
    <div className="relay-key">
      <p className="field-label">{t('settings.key.title')}</p>
      {(held || state?.state === 'locked') && (
        <div className="key-held">
          <Icon size={17} aria-hidden />
          <span>{t(state.state === 'stored' ? 'settings.key.stored' : state.state === 'locked' ? 'settings.key.locked' : 'settings.key.session')} {state.lastFour !== null && <code>•••• {state.lastFour}</code>}</span>
          {held && !changing && <Button size="compact-sm" variant="subtle" onClick={() => { setChanging(true); }}>{t('settings.key.change')}</Button>}
          {held && <Button size="compact-sm" variant="subtle" color="red" loading={remove.isPending} onClick={ask}>{t('settings.key.delete')}</Button>}
        </div>
      )}
      {(!held || changing) && (
        <form className="key-line" onSubmit={(event) => { event.preventDefault(); if (key !== '') save(); }}>
          <PasswordInput className="grow" aria-label={t(held ? 'settings.key.replace' : 'settings.key.enter')} placeholder={t(held ? 'settings.key.replace' : 'settings.key.placeholder')} value={key} autoComplete="off" spellCheck={false}
            error={failed?.what} onChange={(event) => { setKey(event.currentTarget.value); set.reset(); }} visibilityToggleButtonProps={{ 'aria-label': t('settings.key.show') }} />
          <Button type="submit" variant="default" disabled={key === ''} loading={set.isPending}>{t(sessionOnly ? 'settings.key.useForSession' : 'settings.key.save')}</Button>
        </form>
      )}
      {held && !changing && failed !== null && <p className="field-fault" role="alert">{failed.what} {failed.advice}</p>}
    </div>
  );
}
