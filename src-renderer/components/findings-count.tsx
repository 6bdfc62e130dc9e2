import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../src-shared/domain/views.ts';
import { findingsClaim } from './reading-claim.ts';

/** The number of findings, or what may be said where there is none. */
export function FindingsCount({ row }: { readonly row: QueueRow }) {
  const { t } = useTranslation();
  switch (findingsClaim(row)) {
    case 'found': return <strong className="findings-number">{row.findingCount}</strong>;
    case 'found-incomplete':
      return <span title={t('findings.soFar', { count: row.findingCount })}><strong className="findings-number">{row.findingCount}</strong><span className="dimmed"> +?</span></span>;
    case 'device-only': return <span className="dimmed">{t('findings.deviceOnly')}</span>;
    case 'none': return <span className="dimmed">{t('findings.none')}</span>;
    case 'not-fully-read': return <span className="not-read">{t('findings.notFullyRead')}</span>;
    case 'not-read': return <span className="not-read">{t('findings.notRead')}</span>;
    case 'not-put-together': return <span className="not-read">{t('findings.notPutTogether')}</span>;
    case 'late': return <span className="not-read">{t('findings.late')}</span>;
    case 'same-exam': return <span className="dimmed">–</span>;
    case 'pending': return <span className="dimmed" aria-label={t('findings.pending')}>…</span>;
  }
}
