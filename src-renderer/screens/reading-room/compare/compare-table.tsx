import { useTranslation } from 'react-i18next';
import type { CandidateOpinion, CandidateView } from '../../../../src-shared/domain/views.ts';
import { plainText } from '../../../components/plain-text.ts';
import { AgreementBadge } from '../candidates/agreement-badge.tsx';
import { useNoduleWords } from '../candidates/nodule-words.ts';
import { useModelWords } from '../model-words.ts';
import type { ComparedCandidate, ComparedReader } from './compare-rows.ts';

interface CompareTableProps {
  readonly readers: readonly ComparedReader[];
  readonly rows: readonly ComparedCandidate[];
  readonly onCandidate: (candidate: CandidateView) => void;
}

function Said({ opinions, severalModels }: { readonly opinions: readonly CandidateOpinion[] | null; readonly severalModels: boolean }) {
  const { t } = useTranslation();
  const words = useModelWords();
  if (opinions === null) return <span className="dimmed">{t('compare.notAsked')}</span>;
  if (opinions.length === 0) return <span className="dimmed">{t('compare.notAnswered')}</span>;
  return opinions.map(({ model, regions }, index) => (
    <p key={index} className={regions.length === 0 ? 'dimmed' : ''}>{severalModels && <><bdi className="opinion-model">{plainText(model)}</bdi>: </>}{words.regions(regions, 'verify')}</p>
  ));
}

/** One row per candidate, one column per reader. */
export function CompareTable({ readers, rows, onCandidate }: CompareTableProps) {
  const { t } = useTranslation();
  const words = useNoduleWords();
  return (
    <table className="data-table compare-table">
      <thead>
        <tr><th scope="col">{t('compare.candidate')}</th>{readers.map(({ reader }) => <th key={reader} scope="col"><span className="compare-letter">{t(`compare.letter.${reader}`)}</span></th>)}<th scope="col">{t('compare.agreement')}</th></tr>
      </thead>
      <tbody>
        {rows.map(({ candidate, said, agreement }) => (
          <tr key={candidate.rank} className={agreement?.state === 'unstable' ? 'is-unstable' : ''}>
            <th scope="row">
              <button type="button" className="link" onClick={() => { onCandidate(candidate); }}>{t('candidates.label', { rank: candidate.rank })}</button>
              <span className="compare-place">{candidate.size.kind === 'nodule' ? words.mean(candidate.size.axes) : t('candidates.roughly', { mm: words.mm(candidate.blobMm) })} · {words.place(candidate)}</span>
            </th>
            {said.map((opinions, index) => <td key={readers[index]?.reader}><Said opinions={opinions} severalModels={(readers[index]?.models.length ?? 0) > 1} /></td>)}
            <td>{agreement === null ? <span className="dimmed">{t('compare.notBoth')}</span> : <AgreementBadge agreement={agreement} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
