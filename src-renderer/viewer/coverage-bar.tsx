import type { TFunction } from 'i18next';
import { useState } from 'react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadingPlan } from '../../src-shared/domain/reading.ts';
import type { SliceView } from '../../src-shared/domain/views.ts';
import { coverageWords } from '../components/coverage-words.ts';
import { errorText } from '../i18n/error-text.ts';
import { useFormat } from '../i18n/use-format.ts';

interface CoverageBarProps {
  /** Where the device alone reads, nothing is sent and the words say so. */
  readonly plan: ReadingPlan;
  readonly slices: readonly SliceView[];
  readonly isDecoded: boolean;
  /** Slices above which slices are missing. */
  readonly gaps: readonly number[];
  readonly sliceIndex: number;
  readonly onSlice: (sliceIndex: number) => void;
}

const shownStates = ['valid', 'answered', 'sent', 'planned', 'unready', 'refused', 'failed', 'searched', 'outside-lungs'] as const;

// A slice that is planned but not decoded yet looks emptier than one that could be sent.
function shownState({ tileState }: SliceView, isDecoded: boolean): (typeof shownStates)[number] {
  return tileState === 'planned' && !isDecoded ? 'unready' : tileState;
}

// Of states that speak of sending or reading, the words for the device alone.
function wordsOf(t: TFunction, state: (typeof shownStates)[number], plan: ReadingPlan): string {
  return plan === 'device-only' && (state === 'planned' || state === 'failed' || state === 'outside-lungs') ? t(`tile.device.${state}`) : t(`tile.${state}`);
}

function Legend({ plan, slices, isDecoded, gaps }: Pick<CoverageBarProps, 'plan' | 'slices' | 'isDecoded' | 'gaps'>) {
  const { t } = useTranslation();
  return (
    <ul className="coverage-legend">
      {shownStates.map((state) => {
        const count = slices.filter((slice) => shownState(slice, isDecoded) === state).length;
        if (count === 0) return null;
        return <li key={state}><span className={`tile tile-${state}`} aria-hidden />{wordsOf(t, state, plan)} {count}</li>;
      })}
      {gaps.length > 0 && <li key="missing"><span className="tile-missing" aria-hidden />{t('coverage.missing', { count: gaps.length })}</li>}
    </ul>
  );
}

/** One cell per slice, feet to head, by what became of it; a click goes there. */
export function CoverageBar({ plan, slices, isDecoded, gaps, sliceIndex, onSlice }: CoverageBarProps) {
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
    t('viewer.slice', { number: slice.index + 1, count: slices.length }), format.mm(slice.positionMm), wordsOf(t, shownState(slice, isDecoded), plan),
    slice.reason === null ? null : errorText(t, { code: slice.reason, message: slice.reason }).what,
  ].filter((part) => part !== null).join(' · ');
  return (
    <div className="coverage-strip">
      <div className="coverage-cells" role="img" aria-label={[covered, gaps.length === 0 ? '' : t('coverage.missing', { count: gaps.length })].filter(Boolean).join(', ')}
        onMouseMove={(event) => { setPointed(indexAt(event)); }} onMouseLeave={() => { setPointed(null); }} onClick={(event) => { onSlice(indexAt(event)); }}>
        {gaps.map((index) => <span key={`gap-${index}`} className="coverage-missing" style={{ left: `${(100 * (index + 1)) / slices.length}%` }} />)}
        {slices.map((slice) => <span key={slice.index} className={`tile tile-${shownState(slice, isDecoded)}${slice.index === sliceIndex ? ' is-here' : ''}`} />)}
      </div>
      <div className="coverage-line">
        {about === null ? <Legend plan={plan} slices={slices} isDecoded={isDecoded} gaps={gaps} /> : <span>{about}</span>}
        <span className="coverage-ends">{t('coverage.direction')}</span>
      </div>
    </div>
  );
}
