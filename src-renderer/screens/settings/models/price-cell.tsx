import { useTranslation } from 'react-i18next';
import type { ModelOverride } from '../../../../src-shared/domain/model-overrides.ts';
import type { ModelView } from '../../../../src-shared/domain/views.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { priceNotes } from './price-words.ts';

/** What a million tokens cost in and out now, and what that depends on. */
export function PriceCell({ model, override }: { readonly model: ModelView; readonly override: ModelOverride | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { inputMicroUsdPerMillion: input, outputMicroUsdPerMillion: output, listPrice } = model;
  if (input === null || output === null) return <span className="dimmed">{t('settings.models.noPrice')}</span>;
  const own = override?.price ?? null;
  const isOther = listPrice !== null && listPrice.peak?.isNow !== true && (listPrice.input !== input || listPrice.output !== output);
  const list = listPrice === null ? '' : `${format.money(listPrice.input)} / ${format.money(listPrice.output)}`;
  return (
    <>
      <span className="price">{format.money(input)} <span className="dimmed">/</span> {format.money(output)}</span>
      {own !== null && <span className="cell-note">{t('settings.models.ownPrice', { list })}</span>}
      {own === null && isOther && <span className="cell-note">{t('settings.models.listPrice', { list })}</span>}
      {own === null && priceNotes(model, t, format).map((note) => <span key={note} className="cell-note">{note}</span>)}
    </>
  );
}
