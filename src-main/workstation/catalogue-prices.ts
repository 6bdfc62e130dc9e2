import { epochMs } from '../../src-shared/domain/units.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';
import type { PriceRow } from '../store/price-table.ts';

/** Catalogue prices as rows of the ledger; the same row keeps its id over all starts. */
export function cataloguePrices(catalogue: ModelCatalogue, now: EpochMs): readonly PriceRow[] {
  return [...catalogue.modelViews(now, true), ...catalogue.modelViews(now, false)].flatMap(({ id: model }) =>
    (catalogue.findModel(model)?.prices ?? []).map((price, index) => ({
      id: `catalogue:${model}:${price.effectiveFrom}`,
      model,
      inputMicroUsdPerMillion: price.input,
      cachedInputMicroUsdPerMillion: price.cachedInput,
      outputMicroUsdPerMillion: price.output,
      // Before the first known price the first one is the best there is.
      effectiveFrom: index === 0 ? epochMs(0) : epochMs(Date.parse(`${price.effectiveFrom}T00:00:00Z`)),
      source: `catalogue ${catalogue.date}`,
    })),
  );
}
