import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayCheck, SettingsView } from '../../../src-shared/domain/views.ts';
import { NoticeBox } from '../../components/notice-box.tsx';
import { plainText } from '../../components/plain-text.ts';
import { useCheckRelay, useUpdateSettings } from '../../queries.ts';
import { Section } from './section.tsx';

function CheckResult({ check }: { readonly check: RelayCheck }) {
  const { t } = useTranslation();
  const kind = check.state === 'practice' ? 'practice' : check.state === 'ok' ? 'good' : 'warn';
  return (
    <NoticeBox kind={kind} title={t(`settings.relay.check.${check.state}`, { host: check.host })}>
      {check.models.length > 0 ? t('settings.relay.offers', { count: check.models.length }) : plainText(check.message)}
    </NoticeBox>
  );
}

function AddressField({ saved, onSave }: { readonly saved: string; readonly onSave: (address: string, undo: () => void) => void }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(saved);
  const save = (): void => {
    if (address.trim() !== saved) onSave(address.trim(), () => { setAddress(saved); });
  };
  return (
    <TextInput className="grow" label={t('settings.relay.address')} value={address} spellCheck={false} autoComplete="off" inputMode="url"
      onChange={(event) => { setAddress(event.currentTarget.value); }} onBlur={save} onKeyDown={(event) => { if (event.key === 'Enter') save(); }} />
  );
}

/** Where pictures are sent to be read, whether it answers, and the consent to send them there. */
export function RelaySection({ settings: view }: { readonly settings: SettingsView }) {
  const { t } = useTranslation();
  const [update, check] = [useUpdateSettings(), useCheckRelay()];
  const saved = view.settings.relayBaseUrl;
  const save = (relayBaseUrl: string, undo: () => void): void => {
    check.reset();
    update.mutate({ relayBaseUrl }, { onError: undo });
  };
  const confirmed = view.settings.dataFlowConfirmedHost === view.relayHost;
  return (
    <Section name="relay">
      {view.practice && <NoticeBox kind="practice" title={t('practice.full')}>{t('settings.relay.practice')}</NoticeBox>}
      <div className="relay-line">
        <AddressField key={saved} saved={saved} onSave={save} />
        <Button variant="default" loading={check.isPending} onClick={() => { check.mutate(); }}>{t('settings.relay.checkNow')}</Button>
      </div>
      {check.data !== undefined && <CheckResult check={check.data} />}
      <Checkbox checked={confirmed} label={t('settings.relay.consent', { host: view.relayHost })} description={t('settings.relay.consentText')}
        onChange={(event) => { update.mutate({ dataFlowConfirmedHost: event.currentTarget.checked ? view.relayHost : null }); }} />
    </Section>
  );
}
