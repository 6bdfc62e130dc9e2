import { useTranslation } from 'react-i18next';
import type { NoduleHints } from '../../../../src-shared/domain/candidate.ts';
import { useFormat } from '../../../i18n/use-format.ts';

/** What the voxels suggest, labelled as hints and as no more than that. */
export function HintList({ hints: { calcifiedShare, fatShare, strandCount } }: { readonly hints: NoduleHints }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (part: number): string => format.share(part, 1);
  // Less than a percent is a voxel or two.
  const words = [
    calcifiedShare >= 0.01 && t('candidates.hint.calcified', { share: share(calcifiedShare) }),
    fatShare >= 0.01 && t('candidates.hint.fat', { share: share(fatShare) }),
    strandCount > 0 && t('candidates.hint.strands', { count: strandCount }),
  ].filter((line) => line !== false);
  return (
    <section className="hints">
      <h3>{t('candidates.hints')} <span className="dimmed">{t('candidates.hintsNote')}</span></h3>
      {words.length === 0 ? <p className="dimmed">{t('candidates.hint.none')}</p> : <ul>{words.map((line) => <li key={line}>{line}</li>)}</ul>}
    </section>
  );
}
