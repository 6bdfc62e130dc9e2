import type { ReadingDetail } from '../../../src-shared/domain/views.ts';
import { isSameExam } from '../../components/reading-claim.ts';

/** A tab of the panel beside the pictures. */
export type PanelTab = 'candidates' | 'findings' | 'requests' | 'sent' | 'exam';

type Facts = Pick<ReadingDetail, 'row' | 'plan' | 'search' | 'candidates' | 'findings' | 'requests'>;

/** The tabs in order: what the device found stands first while nothing else was found, and where nobody else is asked. */
export function panelTabs({ plan, findings, requests }: Pick<Facts, 'plan' | 'findings' | 'requests'>): readonly PanelTab[] {
  if (plan === 'device-only' && findings.length === 0) {
    return requests.length === 0 ? ['candidates', 'findings', 'sent', 'exam'] : ['candidates', 'findings', 'requests', 'sent', 'exam'];
  }
  return findings.length === 0 || plan === 'device-only' ? ['candidates', 'findings', 'requests', 'sent', 'exam'] : ['findings', 'candidates', 'requests', 'sent', 'exam'];
}

/** The tab a reader finds open: what can be said now. A reading that is done says in its findings what was not read. */
export function firstTab({ row, plan, search, candidates, findings }: Facts): PanelTab {
  if (isSameExam(row)) return 'exam';
  if (plan === 'device-only') return 'candidates';
  if (findings.length > 0 || row.state === 'merged') return 'findings';
  return candidates.length > 0 || search !== null ? 'candidates' : 'findings';
}
