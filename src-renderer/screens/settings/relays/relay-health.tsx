import { useTranslation } from 'react-i18next';
import type { RelayHealthView } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { useFormat } from '../../../i18n/use-format.ts';

/** How a relay does: its last check, how fast it answers, how much is on its way, and what is paused until when. */
export function RelayHealth({ health }: { readonly health: RelayHealthView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { check, latencyMs, requestsInFlight, limit, paused } = health;
  return (
    <div className="relay-health">
      <p className="field-label">{t('settings.health.title')}</p>
      <dl>
        <div><dt>{t('settings.health.lastCheck')}</dt><dd>{check === null ? t('settings.health.never') : `${t(`settings.relays.trouble.${check.state}`)} · ${format.moment(check.at)}`}</dd></div>
        <div><dt>{t('settings.health.latency')}</dt><dd>{latencyMs === null ? t('settings.health.noAnswer') : format.duration(latencyMs)}</dd></div>
        <div><dt>{t('settings.health.inFlight')}</dt><dd>{t('settings.health.inFlightOf', { count: requestsInFlight, limit })}</dd></div>
      </dl>
      {paused.map(({ model, state, nextTryAt }) => (
        <p key={model} className="relay-paused"><code>{plainText(model)}</code> {state === 'half-open' ? t('settings.health.trying') : t('settings.health.pausedUntil', { time: format.time(nextTryAt) })}</p>
      ))}
    </div>
  );
}
