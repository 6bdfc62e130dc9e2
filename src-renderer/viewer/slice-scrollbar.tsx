import { useRef } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../src-shared/domain/finding.ts';
import type { CandidateView, SliceView } from '../../src-shared/domain/views.ts';

interface SliceScrollbarProps {
  readonly slices: readonly SliceView[];
  /** Slices above which slices are missing. */
  readonly gaps: readonly number[];
  readonly findings: readonly Finding[];
  readonly findingId: string | null;
  readonly candidates: readonly CandidateView[];
  /** Of the candidate that is looked at. */
  readonly rank: number | null;
  readonly sliceIndex: number;
  readonly onSlice: (sliceIndex: number) => void;
}

/** Share of the bar's height at which a slice begins; the head is at the top, slices are counted from the feet. */
export function shareFromTop(sliceIndex: number, sliceCount: number): number {
  return (sliceCount - 1 - sliceIndex) / sliceCount;
}

/** Way through the slices beside the picture, with marks where findings and candidates are and where slices are unread. */
export function SliceScrollbar({ slices, gaps, findings, findingId, candidates, rank, sliceIndex, onSlice }: SliceScrollbarProps) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  const count = slices.length;
  const percent = (share: number) => `${share * 100}%`;
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    const box = bar.current?.getBoundingClientRect();
    if (box === undefined || event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    onSlice(count - 1 - Math.floor(((event.clientY - box.top) / box.height) * count));
  };
  return (
    <div className="slice-scrollbar">
      <span aria-hidden>{t('viewer.head')}</span>
      <div ref={bar} className="slice-track" role="slider" tabIndex={0} aria-orientation="vertical" aria-label={t('viewer.scrollbar')}
        aria-valuemin={1} aria-valuemax={count} aria-valuenow={sliceIndex + 1} aria-valuetext={t('viewer.slice', { number: sliceIndex + 1, count })}
        onPointerDown={follow} onPointerMove={follow}>
        {slices.map((slice) => (slice.tileState === 'failed' || slice.tileState === 'refused') && (
          <span key={slice.index} className="slice-gap" style={{ top: percent(shareFromTop(slice.index, count)), height: percent(1 / count) }} />
        ))}
        {gaps.map((index) => <span key={`gap-${index}`} className="slice-missing" style={{ top: percent(shareFromTop(index, count)) }} />)}
        {findings.map((finding) => {
          const indices = finding.regions.map((region) => region.sliceIndex);
          if (indices.length === 0) return null;
          const [first, last] = [Math.min(...indices), Math.max(...indices)];
          return (
            <span key={finding.id} className={`slice-finding${finding.located === 'tile' ? ' is-tile' : ''}${finding.id === findingId ? ' is-selected' : ''}`}
              style={{ top: percent(shareFromTop(last, count)), height: percent((last - first + 1) / count) }} />
          );
        })}
        {candidates.map((candidate) => (
          <span key={`candidate-${candidate.rank}`} className={candidate.rank === rank ? 'slice-candidate is-selected' : 'slice-candidate'} style={{ top: percent(shareFromTop(candidate.sliceIndex, count) + 0.5 / count) }} />
        ))}
        <span className="slice-thumb" style={{ top: percent(shareFromTop(sliceIndex, count)), height: percent(1 / count) }} />
      </div>
      <span aria-hidden>{t('viewer.feet')}</span>
    </div>
  );
}
