import { useState } from 'react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SliceView } from '../../src-shared/domain/views.ts';
import { coverageWords } from '../components/coverage-words.ts';
import { errorText } from '../i18n/error-text.ts';
import { useFormat } from '../i18n/use-format.ts';

interface CoverageBarProps {
  readonly slices: readonly SliceView[];
  /** Slices above which slices are missing. */
  readonly gaps: readonly number[];
  readonly sliceIndex: number;
  readonly onSlice: (sliceIndex: number) => void;
}

const shownStates = ['valid', 'answered', 'sent', 'planned', 'unready', 'refused', 'failed', 'searched', 'outside-lungs'] as const;

// A slice that is planned but has no picture yet looks emptier than one that could be sent.
function shownState({ tileState, tilePath }: SliceView): (typeof shownStates)[number] {
  return tileState === 'planned' && tilePath === null ? 'unready' : tileState;
}

function Legend({ slices, gaps }: Pick<CoverageBarProps, 'slices' | 'gaps'>) {
  const { t } = useTranslation();
  return (
    <ul className="coverage-legend">
      {shownStates.map((state) => {
        const count = slices.filter((slice) => shownState(slice) === state).length;
        if (count === 0) return null;
        return <li key={state}><span className={`tile tile-${state}`} aria-hidden />{t(`tile.${state}`)} {count}</li>;
      })}
      {gaps.length > 0 && <li key="missing"><span className="tile-missing" aria-hidden />{t('coverage.missing', { count: gaps.length })}</li>}
    </ul>
  );
}

/** One cell per slice, feet to head, by what became of it; a click goes there. */
export function CoverageBar({ slices, gaps, sliceIndex, onSlice }: CoverageBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [pointed, setPointed] = useState<number | null>(null);
  const indexAt = (event: MouseEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(slices.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * slices.length)));
  };
  const valid = slices.filter(({ tileState }) => tileState === 'valid').length;
  const planned = slices.filter(({ tileState }) => tileState !== 'outside-lungs').length;
  const searched = slices.filter(({ tileState }) => tileState === 'searched').length;
  const covered = coverageWords(t, { valid, searched, planned });
  const slice = pointed === null ? undefined : slices[pointed];
  const about = slice === undefined ? null : [
    t('viewer.slice', { number: slice.index + 1, count: slices.length }), format.mm(slice.positionMm), t(`tile.${shownState(slice)}`),
    slice.reason === null ? null : errorText(t, { code: slice.reason, message: slice.reason }).what,
  ].filter((part) => part !== null).join(' · ');
  return (
    <div className="coverage-strip">
      <div className="coverage-cells" role="img" aria-label={[covered, gaps.length === 0 ? '' : t('coverage.missing', { count: gaps.length })].filter(Boolean).join(', ')}
        onMouseMove={(event) => { setPointed(indexAt(event)); }} onMouseLeave={() => { setPointed(null); }} onClick={(event) => { onSlice(indexAt(event)); }}>
        {gaps.map((index) => <span key={`gap-${index}`} className="coverage-missing" style={{ left: `${(100 * (index + 1)) / slices.length}%` }} />)}
        {slices.map((slice) => <span key={slice.index} className={`tile tile-${shownState(slice)}${slice.index === sliceIndex ? ' is-here' : ''}`} />)}
      </div>
      <div className="coverage-line">
        {about === null ? <Legend slices={slices} gaps={gaps} /> : <span>{about}</span>}
        <span className="coverage-ends">{t('coverage.direction')}</span>
      </div>
    </div>
  );
}
