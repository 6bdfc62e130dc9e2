import { useTranslation } from 'react-i18next';
import type { CandidateView } from '../../../../src-shared/domain/views.ts';
import { Fact, NoduleFacts } from './nodule-facts.tsx';
import { HintList } from './hint-list.tsx';
import { useNoduleWords } from './nodule-words.ts';
import { ScoreBars } from './score-bars.tsx';

/** Everything the device knows of a candidate: its measures, its surroundings, its hints, and why it ranks where it does. */
export function CandidateDetails({ candidate, count, fullPoints }: { readonly candidate: CandidateView; readonly count: number; readonly fullPoints: number }) {
  const { t } = useTranslation();
  const words = useNoduleWords();
  const { rank, size, path, attachment, fromSliceIndex, toSliceIndex, score, terms } = candidate;
  // Both are what the search saw; the measurement may have come upon a wall or vessel that it did not.
  const foundAs = [t(`candidates.path.${path}`), ...(path === attachment ? [] : [t(`candidates.attachment.${attachment}`)])];
  const [first, last] = [fromSliceIndex + 1, toSliceIndex + 1];
  return (
    <div className="candidate-details">
      <NoduleFacts size={size.kind === 'nodule' ? size : null} place={candidate} first={(
        <>
          <Fact name={t('candidates.fact.rank')}>{t('candidates.rankOf', { rank, count })}</Fact>
          {size.kind === 'nodule' && <Fact name={t('candidates.fact.mean')}>{words.mean(size.axes)}</Fact>}
        </>
      )}>
        <Fact name={t('candidates.fact.path')}>{foundAs.join(t('candidates.and'))}</Fact>
        <Fact name={t('candidates.fact.slices')}>{first === last ? first : `${first}–${last}`}</Fact>
      </NoduleFacts>
      {size.kind === 'nodule' && <HintList hints={size.hints} />}
      <ScoreBars score={score} terms={terms} fullPoints={fullPoints} />
    </div>
  );
}
