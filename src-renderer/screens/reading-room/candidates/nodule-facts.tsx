import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LungPlace, NoduleSize } from '../../../../src-shared/domain/candidate.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { BoundaryWords } from './boundary-words.tsx';
import { useNoduleWords } from './nodule-words.ts';

interface NoduleFactsProps {
  readonly size: NoduleSize | null;
  readonly place: LungPlace;
  /** Rows before all others. */
  readonly first?: ReactNode;
  /** Further rows before the boundary. */
  readonly children?: ReactNode;
}

/** One row of facts. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

/** What was measured of a nodule and where it lies, as rows. */
export function NoduleFacts({ size, place, first, children }: NoduleFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useNoduleWords();
  const solid = size?.solid ?? null;
  return (
    <dl className="nodule-facts">
      {first}
      {size !== null && <Fact name={t('candidates.fact.axes')}>{words.axes(size.axes)}</Fact>}
      {size !== null && <Fact name={t('candidates.fact.volume')}>{words.volume(size.volumeMm3)}</Fact>}
      {size !== null && <Fact name={t('candidates.fact.profile')}>{t(`candidates.profile.${size.profile}`)}</Fact>}
      {solid !== null && <Fact name={t('candidates.fact.solid')}>{words.solid(solid)}</Fact>}
      {size !== null && <Fact name={t('candidates.fact.density')}>{t('candidates.hu', { hounsfield: format.count(size.meanHu) })}</Fact>}
      <Fact name={t('candidates.fact.place')}>{words.place(place)}{words.isEstimated(place) && <span className="dimmed"> · {t('candidates.estimate')}</span>}</Fact>
      <Fact name={t('candidates.fact.pleura')}>{words.toPleura(place)}</Fact>
      {place.distanceToFissureMm !== null && <Fact name={t('candidates.fact.fissure')}>{words.mm(place.distanceToFissureMm)}<span className="dimmed"> · {t('candidates.estimate')}</span></Fact>}
      {children}
      {size !== null && <Fact name={t('candidates.fact.boundary')}><BoundaryWords confidence={size.confidence} /></Fact>}
    </dl>
  );
}
