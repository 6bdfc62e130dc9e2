import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CandidateAgreement } from '../../../../src-shared/domain/agreement.ts';
import type { CandidateView } from '../../../../src-shared/domain/views.ts';
import { sliceOfCandidate } from './arrange-candidates.ts';
import { CandidateDetails } from './candidate-details.tsx';
import { CandidatePlanes } from './candidate-planes.tsx';
import { useNoduleWords } from './nodule-words.ts';
import { OpinionList } from './opinion-list.tsx';

interface CandidateCardProps {
  readonly candidate: CandidateView;
  /** Of two readers; null where there was one. */
  readonly agreement: CandidateAgreement | null;
  readonly selected: boolean;
  readonly detailsOpen: boolean;
  /** Candidates of the exam. */
  readonly count: number;
  readonly fullPoints: number;
  readonly onChoose: () => void;
  readonly onDetails: () => void;
}

function Facts({ candidate }: Pick<CandidateCardProps, 'candidate'>) {
  const { t } = useTranslation();
  const words = useNoduleWords();
  const { size, blobMm, attachment } = candidate;
  const isMeasured = size.kind === 'nodule';
  const facts = [isMeasured && words.volume(size.volumeMm3), isMeasured && t(`candidates.profile.${size.profile}`), t('findings.onSlice', { number: sliceOfCandidate(candidate) + 1 })];
  return (
    <span className="candidate-body">
      <span className="candidate-top">
        <span className={isMeasured ? 'candidate-mean' : 'candidate-mean dimmed'}>{isMeasured ? words.mean(size.axes) : t('candidates.roughly', { mm: words.mm(blobMm) })}{isMeasured && <span className="candidate-unit"> {t('candidates.meanShort')}</span>}</span>
        <span className="candidate-size">{isMeasured ? words.axes(size.axes) : t('candidates.notMeasured')}</span>
      </span>
      <span className="candidate-top">
        <span className="candidate-place">{words.place(candidate)}{words.isEstimated(candidate) && <span className="dimmed"> {t('candidates.estimate')}</span>}</span>
        {isMeasured && size.confidence.level === 'low' && <span className="candidate-doubt" title={t('candidates.uncertain')}><IconAlertTriangle size={12} aria-hidden /><span>{t('candidates.uncertainShort')}</span></span>}
      </span>
      <span className="candidate-line">{facts.filter((fact) => fact !== false).join(' · ')}{attachment !== 'isolated' && <span className="candidate-attachment"> · {t(`candidates.attachment.${attachment}`)}</span>}</span>
    </span>
  );
}

/** One place the device found: picture, size and place at a glance; three planes and all facts when it is chosen. */
export function CandidateCard({ candidate, agreement, selected, detailsOpen, count, fullPoints, onChoose, onDetails }: CandidateCardProps) {
  const { t } = useTranslation();
  const card = useRef<HTMLLIElement>(null);
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!selected) return;
    card.current?.scrollIntoView({ block: 'nearest' });
    // Stepping by keys takes the focus along, so that Enter presses what is seen to be chosen.
    const focused = document.activeElement;
    const isInList = (focused?.closest('.candidates') ?? null) !== null;
    if (isInList && card.current?.contains(focused) === false) head.current?.focus({ preventScroll: true });
  }, [selected, detailsOpen]);
  const { rank, size, pictures } = candidate;
  return (
    <li ref={card} className={selected ? 'candidate is-selected' : 'candidate'}>
      <button ref={head} type="button" className="candidate-head" aria-current={selected ? 'true' : undefined} onClick={selected ? onDetails : onChoose}>
        <span className="candidate-picture">
          {pictures !== null && <img src={pictures.axialPath} alt="" loading="lazy" />}
          <span className="candidate-rank" aria-hidden>{rank}</span>
        </span>
        <span className="visually-hidden">{t('candidates.label', { rank })}</span>
        <Facts candidate={candidate} />
      </button>
      <OpinionList opinions={candidate.opinions} agreement={agreement} />
      {selected && (
        <div className="candidate-more">
          {size.kind === 'no-region' && <p className="candidate-none">{t('candidates.nothingMeasured', { reason: t(`candidates.noRegion.${size.reason}`) })}</p>}
          <CandidatePlanes candidate={candidate} />
          <button type="button" className="candidate-toggle" aria-expanded={detailsOpen} onClick={onDetails}>
            <IconChevronRight size={14} className={detailsOpen ? 'turn is-open' : 'turn'} aria-hidden />{t('candidates.details')}<kbd aria-hidden>Enter</kbd>
          </button>
          {detailsOpen && <CandidateDetails candidate={candidate} count={count} fullPoints={fullPoints} />}
        </div>
      )}
    </li>
  );
}
