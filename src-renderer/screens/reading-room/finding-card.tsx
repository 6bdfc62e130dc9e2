import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingSource } from '../../../src-shared/domain/finding.ts';
import { plainText } from '../../components/plain-text.ts';
import { PriorityBadge } from '../../components/priority-badge.tsx';
import { useFormat } from '../../i18n/use-format.ts';

function Source({ source }: { readonly source: FindingSource }) {
  const { t } = useTranslation();
  // Answers of earlier versions hold a number.
  const said = source.certainty !== undefined ? t('findings.certainty', { certainty: t(`said.certainty.${source.certainty}`) })
    : source.confidence === null ? null : t(`findings.said.${source.kind}`, { confidence: source.confidence.toFixed(2) });
  return <span className="finding-source"><bdi className="finding-source-name">{plainText(source.name)}</bdi>{said !== null && <span className="dimmed"> · {said}</span>}</span>;
}

interface FindingCardProps {
  readonly finding: Finding;
  readonly number: number;
  readonly selected: boolean;
  readonly onChoose: () => void;
}

/** One finding: where, or somewhere in what, how large, how dense, who says so. A model's certainty is shown as what it said. */
export function FindingCard({ finding, number, selected, onChoose }: FindingCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const card = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (selected) card.current?.scrollIntoView({ block: 'nearest' }); }, [selected]);
  const slices = finding.regions.map((region) => region.sliceIndex + 1);
  const [first, last] = [Math.min(...slices), Math.max(...slices)];
  const isLocated = finding.located === 'place';
  const place = !isLocated ? t(`findings.somewhere.${finding.side}`) : finding.lobe === 'indeterminate' ? t(`side.${finding.side}`) : t(`lobe.${finding.lobe}`);
  return (
    <button ref={card} type="button" className={isLocated ? 'finding' : 'finding is-tile'} aria-current={selected ? 'true' : undefined} onClick={onChoose}>
      <span className="finding-number">{number}</span>
      <span className="finding-body">
        <span className="finding-top">
          <span className="finding-place">{place}</span>
          <PriorityBadge priority={finding.priority} />
        </span>
        <span className="finding-facts">
          <span className={finding.diameterMm === null ? 'dimmed' : ''}>{finding.diameterMm === null ? t('findings.notMeasured') : format.mm(finding.diameterMm)}</span>
          <span className={finding.attenuation === 'indeterminate' ? 'dimmed' : ''}>{t(`attenuation.${finding.attenuation}`)}</span>
          {slices.length > 0 && <span className="dimmed">{first === last ? t('findings.onSlice', { number: first }) : t('findings.onSlices', { first, last })}</span>}
          {!isLocated && <span className="finding-unlocated">{t('findings.notLocated')}</span>}
        </span>
        {finding.sources.map((source, index) => <Source key={index} source={source} />)}
      </span>
    </button>
  );
}
