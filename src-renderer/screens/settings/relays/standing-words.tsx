import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconKeyOff, IconLock, IconPlayerPause, IconShieldQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RelayHealthView } from '../../../../src-shared/domain/views.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import type { RelayStanding } from './relay-standing.ts';

const looks = {
  'no-key': [IconKeyOff, 'still'], 'keychain-closed': [IconLock, 'warn'], 'no-consent': [IconShieldQuestion, 'warn'], 'not-checked': [IconCircleDashed, 'still'],
  paused: [IconPlayerPause, 'warn'], ok: [IconCircleCheck, 'good'], trouble: [IconAlertTriangle, 'bad'],
} as const;

/** A relay's standing in a few words, with how fast it answers. */
export function StandingWords({ standing, health }: { readonly standing: RelayStanding; readonly health: RelayHealthView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [Icon, tone] = looks[standing];
  const words = standing === 'trouble' && health.check !== null ? t(`settings.relays.trouble.${health.check.state}`) : t(`settings.relays.standing.${standing}`, { count: health.paused.length });
  const busy = health.requestsInFlight > 0 ? t('settings.relays.busy', { count: health.requestsInFlight, limit: health.limit }) : null;
  const latency = health.latencyMs === null ? null : t('settings.relays.latency', { time: format.duration(health.latencyMs) });
  const more = [latency, busy].filter((part) => part !== null).join(' · ');
  return (
    <span className={`standing standing-${tone}`}>
      <span className="standing-words"><Icon size={15} aria-hidden />{words}</span>
      {more !== '' && <span className="standing-more">{more}</span>}
    </span>
  );
}
