import { IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CandidateAgreement } from '../../../../src-shared/domain/agreement.ts';
import type { CandidateOpinion } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { useModelWords } from '../model-words.ts';
import { AgreementBadge } from './agreement-badge.tsx';

interface OpinionListProps {
  readonly opinions: readonly CandidateOpinion[];
  /** Null where one reader was asked. */
  readonly agreement: CandidateAgreement | null;
}

/** What models said of a candidate, as their words; none of it takes the candidate away. */
export function OpinionList({ opinions, agreement }: OpinionListProps) {
  const { t } = useTranslation();
  const words = useModelWords();
  if (opinions.length === 0) return null;
  const severalReaders = opinions.some(({ reader }) => reader !== 0);
  return (
    <div className="opinions">
      <ul aria-label={t('opinions.label')}>
        {opinions.map(({ model, trusted, reader, regions }, index) => (
          <li key={index} className={regions.length === 0 ? 'opinion is-empty' : 'opinion'}>
            <IconMessage size={12} aria-hidden />
            <span><bdi className="opinion-model">{plainText(model)}</bdi>{severalReaders && <span className="dimmed"> ({t(`request.readerShort.${reader}`)})</span>}: {words.regions(regions, 'verify')}{!trusted && <span className="opinion-untrusted" title={t('findings.notDrawn')}> · {t('opinions.untrusted')}</span>}</span>
          </li>
        ))}
      </ul>
      {agreement !== null && <AgreementBadge agreement={agreement} />}
    </div>
  );
}
