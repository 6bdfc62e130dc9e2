import { useTranslation } from 'react-i18next';
import type { ImageAffine } from '../../../../src-shared/domain/image-affine.ts';
import { markOfSize } from '../../../viewer/candidate-marks.ts';
import { boxOfMark, NoduleOutline } from '../../../viewer/nodule-outline.tsx';
import { placeTags } from '../../../viewer/place-tags.ts';
import { mapPoint } from '../../../viewer/plane-transform.ts';
import type { PlaneTransform } from '../../../viewer/plane-transform.ts';
import type { Measurement } from './use-measure.ts';

interface MeasureOverlayProps {
  readonly transform: PlaneTransform;
  readonly affine: ImageAffine;
  readonly sliceIndex: number;
  readonly measurement: Measurement;
}

// The cross stays open in the middle, so that the place itself is seen.
const [innerPx, outerPx] = [5, 11];

/** Where the reader clicked, and the outline and axes that were measured there. */
export function MeasureOverlay({ transform, affine, sliceIndex, measurement: { at, busy, sized } }: MeasureOverlayProps) {
  const { t } = useTranslation();
  const sizing = busy ? null : sized?.sizing ?? null;
  const mark = sizing?.kind === 'nodule' ? markOfSize(sizing, sliceIndex, affine) : null;
  const box = mark === null ? null : boxOfMark(mark, transform);
  const [tag] = box === null ? [] : placeTags([{ box, words: t('candidates.device'), short: '' }]);
  const [x, y] = at === null ? [0, 0] : mapPoint(transform, at.point);
  const cross = [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([dx = 0, dy = 0]) => `M${x + innerPx * dx} ${y + innerPx * dy}L${x + outerPx * dx} ${y + outerPx * dy}`).join('');
  return (
    <svg className="overlay outlines" aria-hidden>
      {mark !== null && tag !== undefined && <NoduleOutline mark={mark} transform={transform} tag={tag} selected />}
      {mark === null && at?.sliceIndex === sliceIndex && <path className={busy ? 'measure-cross is-busy' : 'measure-cross'} d={cross} />}
    </svg>
  );
}
