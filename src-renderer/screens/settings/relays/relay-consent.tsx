import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RelaySetting } from '../../../../src-shared/domain/relay-setting.ts';
import { problemIn } from '../../../components/problem-in.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useChangeRelay } from './relay-fields.tsx';
import { isOnThisMachine } from './relay-standing.ts';

/** A person's word that pictures may go to this host, and where that is. */
export function RelayConsent({ relay, host }: { readonly relay: RelaySetting; readonly host: string }) {
  const { t } = useTranslation();
  const change = useChangeRelay(relay.id);
  const confirmed = relay.confirmedHost === host;
  const country = relay.countryNote.trim();
  const where = isOnThisMachine(relay.baseUrl) ? t('settings.relays.staysHere') : country === '' ? t('settings.relays.leavesUnknown', { host }) : t('settings.relays.leaves', { host, country });
  return (
    <div className={confirmed ? 'relay-consent' : 'relay-consent is-open-question'}>
      <Checkbox checked={confirmed} label={t('settings.relays.consent', { host })} description={<>{where} {!confirmed && t('settings.relays.consentText')}</>}
        error={change.isError ? errorText(t, problemIn(change.error)).what : undefined} onChange={(event) => { change.save({ confirmedHost: event.currentTarget.checked ? host : null }); }} />
    </div>
  );
}
