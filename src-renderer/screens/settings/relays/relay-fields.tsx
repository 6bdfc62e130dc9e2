import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelaySetting } from '../../../../src-shared/domain/relay-setting.ts';
import { problemIn } from '../../../components/problem-in.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useChangeSettings } from '../../../relay-queries.ts';

/** Changes of one relay that a person types; whoever shows the field shows why it was refused. */
export function useChangeRelay(relayId: string) {
  const change = useChangeSettings(true);
  return {
    ...change,
    save: (part: Partial<RelaySetting>, done?: () => void) => {
      change.mutate((now) => ({ relays: now.relays.map((relay) => relay.id === relayId ? { ...relay, ...part } : relay) }), { onSuccess: () => done?.() });
    },
  };
}

interface TextFieldProps {
  readonly relay: RelaySetting;
  readonly field: 'name' | 'baseUrl' | 'countryNote';
  readonly maxLength: number;
  readonly placeholder: string;
  /** Why what is typed cannot be saved; null when it can. */
  readonly refuse?: (typed: string) => string | null;
}

/** A text of a relay, saved on Enter or on leaving the field; Escape takes back what was typed. */
export function RelayTextField({ relay, field, maxLength, placeholder, refuse }: TextFieldProps) {
  const { t } = useTranslation();
  const change = useChangeRelay(relay.id);
  const saved = relay[field];
  // What is typed counts until it is saved; what was saved elsewhere shows otherwise.
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? saved;
  const fault = typed === null ? null : (refuse?.(typed.trim()) ?? null);
  const failed = change.isError ? errorText(t, problemIn(change.error)) : null;
  const end = (): void => {
    if (typed === null || fault !== null || change.isError) return;
    if (typed.trim() === saved) { setTyped(null); return; }
    change.save({ [field]: typed.trim() }, () => { setTyped(null); });
  };
  return (
    <TextInput label={t(`settings.relays.fields.${field}`)} value={value} maxLength={maxLength} placeholder={placeholder} spellCheck={false} autoComplete="off"
      error={fault ?? (failed === null ? undefined : [failed.what, failed.advice].filter(Boolean).join(' '))}
      onChange={(event) => { setTyped(event.currentTarget.value); if (!change.isIdle) change.reset(); }} onBlur={end}
      onKeyDown={(event) => { if (event.key === 'Enter') end(); if (event.key === 'Escape') { setTyped(null); change.reset(); } }} />
  );
}

function ShareField({ relay }: { readonly relay: RelaySetting }) {
  const { t } = useTranslation();
  const change = useChangeRelay(relay.id);
  const saved = relay.priceMultiplierPercent;
  const [typed, setTyped] = useState<number | string>(saved);
  const end = (): void => {
    const wanted = typeof typed === 'number' && Number.isInteger(typed) ? typed : saved;
    setTyped(wanted);
    if (wanted !== saved) change.save({ priceMultiplierPercent: wanted });
  };
  return (
    <NumberInput label={t('settings.relays.fields.priceMultiplierPercent')} value={typed} min={0} max={10_000} allowDecimal={false} suffix=" %" clampBehavior="blur" error={change.isError ? errorText(t, problemIn(change.error)).what : undefined}
      onChange={setTyped} onBlur={end} onKeyDown={(event) => { if (event.key === 'Enter') end(); }} />
  );
}

/** Name, address, country and price of a relay. */
export function RelayFields({ relay }: { readonly relay: RelaySetting }) {
  const { t } = useTranslation();
  return (
    <div className="relay-fields">
      <RelayTextField relay={relay} field="name" maxLength={60} placeholder={t('settings.relays.namePlaceholder')} refuse={(typed) => typed.toLowerCase() === 'practice' ? t('settings.relays.nameTaken') : null} />
      <RelayTextField relay={relay} field="baseUrl" maxLength={500} placeholder="https://relay.example/v1" />
      <RelayTextField relay={relay} field="countryNote" maxLength={200} placeholder={t('settings.relays.countryPlaceholder')} />
      <ShareField key={relay.priceMultiplierPercent} relay={relay} />
    </div>
  );
}
