import { useTranslation } from 'react-i18next';
import type { RequestView, TileView } from '../../../../src-shared/domain/views.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useModelWords } from '../model-words.ts';
import { numberRanges } from '../plan/number-ranges.ts';
import { isControl } from './sheets.ts';

/** What a tile shows and what became of it, in words. */
export function useTileWords() {
  const { t } = useTranslation();
  const model = useModelWords();
  const shows = ({ role, sliceIndices, side, candidateRank }: TileView): string => {
    if (role === 'blank-control' || role === 'nodule-control') return t(`sent.tile.${role}`);
    if (role === 'candidate') return t('sent.tile.candidate', { rank: candidateRank });
    const numbers = numberRanges(sliceIndices.map((index) => index + 1));
    if (role === 'image') return t('sent.tile.image', { numbers });
    const slices = t(sliceIndices.length === 1 ? 'sent.tile.slice' : 'sent.tile.slices', { numbers });
    return side === null ? slices : t(`sent.tile.${side}`, { slices });
  };
  const said = (tile: TileView, { purpose }: Pick<RequestView, 'purpose'>): string => {
    if (tile.state === 'valid' && tile.regions !== null) {
      const words = model.regions(tile.regions, purpose);
      return isControl(tile) ? t(`sent.control.${tile.role}.${tile.regions.length > 0 ? 'marked' : 'empty'}`, { words }) : words;
    }
    if (tile.state === 'refused' || (tile.state === 'failed' && tile.reason !== null)) {
      const why = tile.reason === null ? null : errorText(t, { code: tile.reason, message: tile.reason }).what;
      return why === null ? t('tile.refused') : t('sent.notUsed', { why });
    }
    return t(`tile.${tile.state}`);
  };
  return { shows, said };
}
