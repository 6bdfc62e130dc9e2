import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelaySetting } from '../../../../src-shared/domain/relay-setting.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { problemIn } from '../../../components/problem-in.ts';
import { useChangeSettings } from '../../../relay-queries.ts';

/** An id that no relay had before: what was kept for a removed one must not become another's. */
function newId(): string {
  return `relay-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function relayAt(baseUrl: string): RelaySetting {
  return { id: newId(), name: '', baseUrl, extraHeaders: {}, confirmedHost: null, countryNote: '', priceMultiplierPercent: 100 };
}

/** Asks for the address of one more relay; everything else is set on its card. */
export function NewRelay({ onDone }: { readonly onDone: (id: string | null) => void }) {
  const { t } = useTranslation();
  const change = useChangeSettings(true);
  const [address, setAddress] = useState('');
  const add = (): void => {
    const relay = relayAt(address.trim());
    change.mutate((now) => ({ relays: [...now.relays, relay] }), { onSuccess: () => { onDone(relay.id); } });
  };
  return (
    <form className="new-relay" onSubmit={(event) => { event.preventDefault(); if (address.trim() !== '') add(); }}>
      <TextInput className="grow" data-autofocus autoFocus label={t('settings.relays.address')} description={t('settings.relays.addressText')} placeholder="https://relay.example/v1" value={address} spellCheck={false} autoComplete="off" inputMode="url"
        error={change.isError ? errorText(t, problemIn(change.error)).what : undefined} onChange={(event) => { setAddress(event.currentTarget.value); change.reset(); }} onKeyDown={(event) => { if (event.key === 'Escape') onDone(null); }} />
      <div className="new-relay-ways">
        <Button size="sm" type="submit" disabled={address.trim() === ''} loading={change.isPending}>{t('settings.relays.addThis')}</Button>
        <Button size="sm" variant="subtle" color="gray" onClick={() => { onDone(null); }}>{t('settings.cancel')}</Button>
      </div>
    </form>
  );
}
