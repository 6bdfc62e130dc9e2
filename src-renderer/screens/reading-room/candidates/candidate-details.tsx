import { useTranslation } from 'react-i18next';
import type { CandidateView } from '../../../../src-shared/domain/views.ts';
import { Fact, NoduleFacts } from './nodule-facts.tsx';
import { HintList } from './hint-list.tsx';
import { ScoreBars } from './score-bars.tsx';

/** Everything the device knows of a candidate: its measures, its surroundings, its hints, and why it ranks where it does. */
export function CandidateDetails({ candidate, fullPoints }: { readonly candidate: CandidateView; readonly fullPoints: number }) {
  const { t } = useTranslation();
  const { size, path, attachment, fromSliceIndex, toSliceIndex, score, terms } = candidate;
  const [first, last] = [fromSliceIndex + 1, toSliceIndex + 1];
  return (
    <div className="candidate-details">
      <NoduleFacts size={size.kind === 'nodule' ? size : null} place={candidate}>
        <Fact name={t('candidates.fact.attachment')}>{t(`candidates.attachment.${attachment}`)}</Fact>
        <Fact name={t('candidates.fact.path')}>{t(`candidates.path.${path}`)}</Fact>
        <Fact name={t('candidates.fact.slices')}>{first === last ? first : `${first}–${last}`}</Fact>
      </NoduleFacts>
      {size.kind === 'nodule' && <HintList hints={size.hints} />}
      <ScoreBars score={score} terms={terms} fullPoints={fullPoints} />
    </div>
  );
}
