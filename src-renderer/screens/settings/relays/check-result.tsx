import { useTranslation } from 'react-i18next';
import type { RelayCheck } from '../../../../src-shared/domain/views.ts';
import { NoticeBox } from '../../../components/notice-box.tsx';

/** What the relay's model list said, and what to do where it said nothing. */
export function CheckResult({ check }: { readonly check: RelayCheck }) {
  const { t } = useTranslation();
  const kind = check.state === 'practice' ? 'practice' : check.state === 'ok' ? 'good' : 'warn';
  return (
    <NoticeBox kind={kind} title={t(`settings.relays.checked.${check.state}.what`, { host: check.host })}>
      {check.state === 'ok' || check.state === 'practice' ? t('settings.relays.offers', { count: check.models.length }) : t(`settings.relays.checked.${check.state}.advice`, { host: check.host })}
    </NoticeBox>
  );
}
