import { useTranslation } from 'react-i18next';
import type { RequestPurpose } from '../../../src-shared/domain/request-plan.ts';
import type { TileRegion } from '../../../src-shared/domain/tile-answer.ts';
import { plainText } from '../../components/plain-text.ts';

/** Words of a profile that tell nothing: "cannot say", "nothing else". */
const emptyValues: readonly string[] = ['indeterminate', 'none'];

/** What a model said, in the window's language; words that no text is known for stand as they came. */
export function useModelWords() {
  const { t } = useTranslation();
  const regionWords = ({ attributes, certainty }: TileRegion, purpose: RequestPurpose): string => [
    t(`said.region.${purpose}`),
    ...Object.entries(attributes).filter(([, value]) => !emptyValues.includes(value)).map(([name, value]) => {
      const word = t(`said.${name}.${value}`, { defaultValue: plainText(value) });
      return name === 'alternative' ? t('said.couldBe', { what: word }) : word;
    }),
    t(`said.certainty.${certainty}`),
  ].join(t('said.and'));
  return {
    /** @param purpose - Of the request that asked. */
    regions: (regions: readonly TileRegion[], purpose: RequestPurpose) =>
      regions.length === 0 ? t('said.nothing') : regions.map((region) => regionWords(region, purpose)).join(t('said.or')),
  };
}
