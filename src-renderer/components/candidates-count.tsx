import { IconCpu } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../src-shared/domain/views.ts';
import { isSameExam } from './reading-claim.ts';

/** How many places the device found, apart from the findings: nobody has judged them. Nothing before the search began. */
export function CandidatesCount({ row }: { readonly row: Pick<QueueRow, 'searchState' | 'candidateCount' | 'reason'> }) {
  const { t } = useTranslation();
  if (row.searchState === null || isSameExam(row)) return null;
  if (row.searchState === 'failed') return <span className="candidates-count not-read">{t('candidates.searchFailed')}</span>;
  const title = `${t('candidates.device')}: ${t('candidates.notJudged')}`;
  return (
    <span className={row.searchState === 'running' || row.candidateCount === 0 ? 'candidates-count is-quiet' : 'candidates-count'} title={title}>
      <IconCpu size={12} aria-hidden />
      <span className="candidates-words">
        {row.searchState === 'running' ? t('candidates.searching') : t('candidates.count', { count: row.candidateCount ?? 0 })}
        {row.searchState === 'done' && <span className="candidates-device"> · {t('candidates.device')}</span>}
      </span>
      {row.searchState === 'running' && <span className="stage-track" aria-hidden><span className="stage-wander" /></span>}
    </span>
  );
}
