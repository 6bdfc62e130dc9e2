import './candidates.css';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CandidateView, ReadingDetail } from '../../../../src-shared/domain/views.ts';
import { DeviceTag } from '../../../components/device-label.tsx';
import type { RoomAction, RoomDialog, RoomState } from '../reading-room-state.ts';
import { WaitingNotice } from '../waiting-notice.tsx';
import { CandidateBar } from './candidate-bar.tsx';
import { CandidateCard } from './candidate-card.tsx';
import { SearchState } from './search-state.tsx';

interface CandidatesTabProps {
  readonly detail: ReadingDetail;
  /** The candidates that are large enough, in the chosen order. */
  readonly shown: readonly CandidateView[];
  readonly dialogs: readonly RoomDialog[];
  readonly room: RoomState;
  readonly act: (action: RoomAction) => void;
}

// What limits a search that has ended: what it cannot have found, and where it looked.
function SearchNotes({ detail: { search, lungs } }: Pick<CandidatesTabProps, 'detail'>) {
  const { t } = useTranslation();
  if (search?.state !== 'done') return null;
  const notes = [
    lungs?.kind === 'body' && t('candidates.noLungs', { reason: t(`lungs.reason.${lungs.reason ?? 'outlining-failed'}`) }),
    search.spacingNote !== null && t(`candidates.spacing.${search.spacingNote}`),
  ].filter((note) => note !== false);
  return notes.map((note) => <p key={note} className="search-note"><IconAlertTriangle size={15} aria-hidden />{note}</p>);
}

// How far a model has looked at the list, in its place among the words that say whose list it is.
function Judged({ detail: { verification, candidates } }: Pick<CandidatesTabProps, 'detail'>) {
  const { t } = useTranslation();
  const isJudged = candidates.some(({ opinions }) => opinions.length > 0);
  if (verification === null) return <span>{t(isJudged ? 'candidates.modelWords' : 'candidates.notJudged')}</span>;
  const { planned, valid } = verification;
  return <span className="verified">{t('opinions.progress', { valid, planned })}<span className="verified-track" role="progressbar" aria-label={t('opinions.progressLabel')} aria-valuemin={0} aria-valuemax={planned} aria-valuenow={valid}><span className="verified-fill" style={{ width: `${(100 * valid) / Math.max(1, planned)}%` }} /></span></span>;
}

function CandidateList({ detail, shown, dialogs, room, act }: CandidatesTabProps) {
  const { t } = useTranslation();
  const fullPoints = Math.max(0.01, ...detail.candidates.flatMap(({ terms }) => terms.map(({ points }) => Math.abs(points))));
  return (
    <>
      <div className="candidate-header">
        <p><DeviceTag /> <Judged detail={detail} /></p>
        {detail.verification !== null && <p className="candidate-whose">{t(detail.candidates.some(({ opinions }) => opinions.length > 0) ? 'opinions.whose' : 'opinions.none')}{dialogs.includes('compare') && <button type="button" className="link" title={`${t('compare.open')} (X)`} onClick={() => { act({ kind: 'dialog', dialog: 'compare' }); }}>{t('compare.open')}</button>}</p>}
        <CandidateBar arrangement={room.arrangement} onArrange={(arrangement) => { act({ kind: 'arrange', arrangement }); }} />
      </div>
      <SearchNotes detail={detail} />
      {shown.length === 0 && <p className="tab-empty">{t('candidates.noneOfSize')}</p>}
      <ol className="candidates" aria-label={t('exam.tabs.candidates')}>
        {shown.map((candidate) => (
          <CandidateCard key={candidate.rank} candidate={candidate} agreement={detail.agreement?.candidates.find(({ rank }) => rank === candidate.rank) ?? null} selected={candidate.rank === room.rank} detailsOpen={room.detailsOpen} count={detail.candidates.length} fullPoints={fullPoints}
            onChoose={() => { act({ kind: 'candidate', candidate }); }} onDetails={() => { act({ kind: 'toggle-details' }); }} />
        ))}
      </ol>
      {shown.length < detail.candidates.length && shown.length > 0 && <p className="candidate-note">{t('candidates.shown', { shown: shown.length, count: detail.candidates.length })}</p>}
    </>
  );
}

/** What the device found by itself, ranked, with what models said of it as their words; nothing of it is taken away, and no reader has judged it. */
export function CandidatesTab(props: CandidatesTabProps) {
  const { detail } = props;
  return (
    <>
      {detail.search?.state !== 'failed' && <WaitingNotice detail={detail} />}
      {detail.candidates.length > 0 ? <CandidateList {...props} /> : <><SearchState detail={detail} /><SearchNotes detail={detail} /></>}
    </>
  );
}
