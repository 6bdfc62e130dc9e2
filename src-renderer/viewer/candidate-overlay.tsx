import { useTranslation } from 'react-i18next';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import type { CandidateView } from '../../src-shared/domain/views.ts';
import { markOfCandidate } from './candidate-marks.ts';
import { NoduleOutline } from './nodule-outline.tsx';
import type { PlaneTransform } from './plane-transform.ts';

interface CandidateOverlayProps {
  readonly transform: PlaneTransform;
  readonly affine: ImageAffine;
  readonly sliceIndex: number;
  readonly candidates: readonly CandidateView[];
  readonly rank: number | null;
  readonly onCandidate: (candidate: CandidateView) => void;
}

/** Outlines of the device's candidates on the slice in view, with their ranks; the selected one is drawn last, above the others. */
export function CandidateOverlay({ transform, affine, sliceIndex, candidates, rank, onCandidate }: CandidateOverlayProps) {
  const { t } = useTranslation();
  const shown = candidates.flatMap((candidate) => {
    const mark = markOfCandidate(candidate, sliceIndex, affine);
    return mark === null ? [] : [{ candidate, mark }];
  }).toSorted((left, right) => Number(left.candidate.rank === rank) - Number(right.candidate.rank === rank));
  return (
    <svg className="overlay outlines" aria-hidden>
      {shown.map(({ candidate, mark }) => (
        <g key={candidate.rank} onClick={() => { onCandidate(candidate); }}>
          <NoduleOutline mark={mark} transform={transform} tag={`${candidate.rank} ${t('candidates.device')}`} selected={candidate.rank === rank} />
        </g>
      ))}
    </svg>
  );
}
