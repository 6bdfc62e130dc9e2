import { useTranslation } from 'react-i18next';
import type { RequestView } from '../../../../src-shared/domain/views.ts';
import { numberRanges } from '../plan/number-ranges.ts';
import { isControl } from '../sent/sheets.ts';

/** What a request is about and who is asked, in words. */
export function useRequestWords() {
  const { t } = useTranslation();
  return {
    about: ({ purpose, fromIndex, toIndex, pictures }: RequestView): string => {
      if (purpose === 'verify') {
        const ranks = pictures.flatMap(({ tiles }) => tiles.flatMap(({ candidateRank }) => candidateRank ?? []));
        return ranks.length === 0 ? t('request.about.candidates') : t('request.about.verify', { count: ranks.length, ranks: numberRanges(ranks) });
      }
      return t(`request.about.${purpose}`, { from: fromIndex + 1, to: toIndex + 1 });
    },
    /** Null where one reader read everything once. */
    reader: ({ reader, mirrored }: Pick<RequestView, 'reader' | 'mirrored'>, several: boolean): string | null => {
      const parts = [several ? t(`request.reader.${reader}`) : null, mirrored ? t('request.mirrored') : null].filter((part) => part !== null);
      return parts.length === 0 ? null : parts.join(t('said.and'));
    },
    /** Tiles of the exam and the controls among them; requests of earlier versions have no controls. */
    tiles: ({ tileCount, pictures }: RequestView): string => {
      const controls = pictures.flatMap(({ tiles }) => tiles).filter(isControl).length;
      return controls === 0 ? t('request.tiles', { count: tileCount }) : `${t('request.tiles', { count: tileCount })}${t('said.and')}${t('request.controls', { count: controls })}`;
    },
  };
}

/** True where more than one reader was asked, or is going to be. */
export function hasSeveralReaders(requests: readonly Pick<RequestView, 'reader'>[]): boolean {
  return requests.some(({ reader }) => reader !== 0);
}
