import './candidates.css';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CandidateView, ReadingDetail } from '../../../../src-shared/domain/views.ts';
import { DeviceTag } from '../../../components/device-label.tsx';
import type { RoomAction, RoomState } from '../reading-room-state.ts';
import { WaitingNotice } from '../waiting-notice.tsx';
import { CandidateBar } from './candidate-bar.tsx';
import { CandidateCard } from './candidate-card.tsx';
import { SearchState } from './search-state.tsx';

interface CandidatesTabProps {
  readonly detail: ReadingDetail;
  /** The candidates that are large enough, in the chosen order. */
  readonly shown: readonly CandidateView[];
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

function CandidateList({ detail, shown, room, act }: CandidatesTabProps) {
  const { t } = useTranslation();
  const fullPoints = Math.max(0.01, ...detail.candidates.flatMap(({ terms }) => terms.map(({ points }) => Math.abs(points))));
  return (
    <>
      <div className="candidate-header">
        <p><DeviceTag /> <span>{t('candidates.notJudged')}</span></p>
        <CandidateBar arrangement={room.arrangement} onArrange={(arrangement) => { act({ kind: 'arrange', arrangement }); }} />
      </div>
      <SearchNotes detail={detail} />
      {shown.length === 0 && <p className="tab-empty">{t('candidates.noneOfSize')}</p>}
      <ol className="candidates" aria-label={t('exam.tabs.candidates')}>
        {shown.map((candidate) => (
          <CandidateCard key={candidate.rank} candidate={candidate} selected={candidate.rank === room.rank} detailsOpen={room.detailsOpen} count={detail.candidates.length} fullPoints={fullPoints}
            onChoose={() => { act({ kind: 'candidate', candidate }); }} onDetails={() => { act({ kind: 'toggle-details' }); }} />
        ))}
      </ol>
      {shown.length < detail.candidates.length && shown.length > 0 && <p className="candidate-note">{t('candidates.shown', { shown: shown.length, count: detail.candidates.length })}</p>}
    </>
  );
}

/** What the device found by itself, ranked; no model and no reader has judged it, and the list says so. */
export function CandidatesTab(props: CandidatesTabProps) {
  const { detail } = props;
  return (
    <>
      {detail.search?.state !== 'failed' && <WaitingNotice detail={detail} />}
      {detail.candidates.length > 0 ? <CandidateList {...props} /> : <><SearchState detail={detail} /><SearchNotes detail={detail} /></>}
    </>
  );
}
