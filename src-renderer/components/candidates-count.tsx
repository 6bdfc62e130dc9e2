import { IconCpu } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../src-shared/domain/views.ts';
import { isSameExam } from './reading-claim.ts';

/** How many places the device found, apart from the findings: nobody has judged them. Nothing before the search has ended. */
export function CandidatesCount({ row }: { readonly row: Pick<QueueRow, 'searchState' | 'candidateCount' | 'reason'> }) {
  const { t } = useTranslation();
  // While the search runs, the stage says so and how far it is.
  if (row.searchState === null || row.searchState === 'running' || isSameExam(row)) return null;
  if (row.searchState === 'failed') return <span className="candidates-count not-read">{t('candidates.searchFailed')}</span>;
  const title = `${t('candidates.device')}: ${t('candidates.notJudged')}`;
  return (
    <span className={row.candidateCount === 0 ? 'candidates-count is-quiet' : 'candidates-count'} title={title}>
      <IconCpu size={12} aria-hidden />
      <span className="candidates-words">{t('candidates.count', { count: row.candidateCount ?? 0 })}</span>
      <span className="candidates-device">· {t('candidates.device')}</span>
    </span>
  );
}
