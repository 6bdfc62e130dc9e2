import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LungPlace, MeasuredAxes, NoduleSize } from '../../../../src-shared/domain/candidate.ts';
import { useFormat } from '../../../i18n/use-format.ts';

function placeOf(t: TFunction, { lobe, side }: Pick<LungPlace, 'lobe' | 'side'>): string {
  return lobe === 'indeterminate' ? t(`side.${side}`) : t(`lobe.${lobe}`);
}

/** Words and numbers for what the device measured, in the window's language. */
export function useNoduleWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const mm = (lengthMm: number): string => t('candidates.mm', { mm: format.mmNumber(lengthMm) });
  const volume = (volumeMm3: number): string => t('candidates.volumeOf', { volume: format.count(volumeMm3) });
  return {
    place: (place: Pick<LungPlace, 'lobe' | 'side'>) => placeOf(t, place),
    /** False where there is no lobe to estimate. */
    isEstimated: ({ lobe }: Pick<LungPlace, 'lobe'>) => lobe !== 'indeterminate',
    mm,
    /** Nothing outlined nearby leaves the distance unknown; 0 stands for a place that is not inside an outlined lung. */
    toPleura: ({ side, distanceToPleuraMm }: Pick<LungPlace, 'side' | 'distanceToPleuraMm'>) => distanceToPleuraMm > 0 ? mm(distanceToPleuraMm) : t(side === 'indeterminate' ? 'candidates.notKnown' : 'candidates.notInLungs'),
    mean: (axes: MeasuredAxes) => mm(axes.meanTenths / 10),
    axes: ({ long, short }: MeasuredAxes) => t('candidates.axes', { long: format.mmNumber(long.lengthMm), short: format.mmNumber(short.lengthMm) }),
    volume,
    solid: ({ axes, volumeMm3 }: NonNullable<NoduleSize['solid']>) => `${mm(axes.meanTenths / 10)} · ${volume(volumeMm3)}`,
  };
}
