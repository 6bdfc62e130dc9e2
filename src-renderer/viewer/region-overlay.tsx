import { useTranslation } from 'react-i18next';
import type { Finding, FindingRegion } from '../../src-shared/domain/finding.ts';
import { mapBox } from './plane-transform.ts';
import type { PlaneTransform } from './plane-transform.ts';

interface RegionOverlayProps {
  readonly transform: PlaneTransform;
  readonly sliceIndex: number;
  /** All of the exam: they give the numbers. */
  readonly findings: readonly Finding[];
  /** Those that may be drawn. */
  readonly drawn: readonly Finding[];
  readonly findingId: string | null;
  readonly flash: number;
  readonly onFinding: (finding: Finding) => void;
}

// The frame stands off the finding, so that its edge can be judged.
const marginPx = 5;

function RegionBox({ region, number, located, selected, transform }: {
  readonly region: FindingRegion; readonly number: number; readonly located: Finding['located']; readonly selected: boolean; readonly transform: PlaneTransform;
}) {
  const { t } = useTranslation();
  // Pixel centres are at whole numbers: the outer edge of a pixel is half a pixel out.
  const box = mapBox(transform, [region.columnMin - 0.5, region.rowMin - 0.5], [region.columnMax + 0.5, region.rowMax + 0.5], marginPx);
  return (
    <g className={`region region-${located}${selected ? ' region-selected' : ''}`}>
      <rect className="region-shadow" {...box} rx={3} />
      <rect className="region-frame" {...box} rx={3} />
      {/* A region is as wide as a lung: its words stand inside, where nothing of the next one is. */}
      {located === 'place' ? <text className="region-number" x={box.x + box.width + 5} y={box.y + 10}>{number}</text>
        : <text className="region-number" x={box.x + 8} y={box.y + box.height - 8}>{number} <tspan className="region-words">{t('findings.somewhereHere')}</tspan></text>}
    </g>
  );
}

/** Frames around the findings on the slice in view, with their numbers; they follow zoom and pan. */
export function RegionOverlay({ transform, sliceIndex, findings, drawn, findingId, flash, onFinding }: RegionOverlayProps) {
  const { t } = useTranslation();
  const shown = findings.flatMap((finding, index) =>
    !drawn.includes(finding) ? [] : finding.regions.filter((region) => region.sliceIndex === sliceIndex).map((region, part) => ({ finding, region, number: index + 1, part })));
  return (
    <svg className="regions" aria-hidden>
      {shown.map(({ finding, region, number, part }) => {
        const selected = finding.id === findingId;
        return (
          <g key={`${finding.id}-${part}-${selected ? flash : 0}`} className={selected && flash > 0 ? 'region-flash' : undefined} onClick={() => { onFinding(finding); }}>
            <title>{t('findings.number', { number })}</title>
            <RegionBox region={region} number={number} located={finding.located} selected={selected} transform={transform} />
          </g>
        );
      })}
    </svg>
  );
}
