import { useTranslation } from 'react-i18next';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import type { CandidateView } from '../../src-shared/domain/views.ts';
import { markOfCandidate } from './candidate-marks.ts';
import { boxOfMark, NoduleOutline } from './nodule-outline.tsx';
import { placeTags } from './place-tags.ts';
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
  // The selected one chooses first where its words stand, then the better ranks.
  const marked = candidates.flatMap((candidate) => {
    const mark = markOfCandidate(candidate, sliceIndex, affine);
    const box = mark === null ? null : boxOfMark(mark, transform);
    const words = `${candidate.rank} ${t('candidates.device')}`;
    return mark === null || box === null ? [] : [{ candidate, mark, box, words, short: String(candidate.rank) }];
  }).toSorted((left, right) => Number(right.candidate.rank === rank) - Number(left.candidate.rank === rank));
  const tags = placeTags(marked);
  const shown = marked.map((one, index) => ({ ...one, tag: tags[index] ?? { text: one.short, ...one.box } })).toReversed();
  return (
    <svg className="overlay outlines" aria-hidden>
      {shown.map(({ candidate, mark, words, tag }) => (
        <g key={candidate.rank} onClick={() => { onCandidate(candidate); }}>
          <title>{words}</title>
          <NoduleOutline mark={mark} transform={transform} tag={tag} selected={candidate.rank === rank} />
        </g>
      ))}
    </svg>
  );
}
