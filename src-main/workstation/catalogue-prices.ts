import { epochMs } from '../../src-shared/domain/units.ts';
import type { PriceLookup } from '../ledger/price-lookup.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';

/**
 * The ledger's way to the catalogue's prices, with tiers, peak hours and what the clinic's settings make of them.
 *
 * @param catalogueFor - The catalogue as it holds for a relay, by the name that the ledger knows it by.
 */
export function createPriceLookup(catalogueFor: (relayName: string) => Promise<ModelCatalogue>): PriceLookup {
  return async ({ relayName, model, at, promptTokens, multiplierPercent }) => {
    const catalogue = await catalogueFor(relayName);
    const price = catalogue.priceAt(model, at, promptTokens, multiplierPercent);
    if (price === null) return null;
    return {
      id: price.id,
      model: catalogue.modelOrUnknown(model).id,
      inputMicroUsdPerMillion: price.input,
      cachedInputMicroUsdPerMillion: price.cachedInput,
      cacheWriteMicroUsdPerMillion: price.cacheWrite,
      outputMicroUsdPerMillion: price.output,
      abovePromptTokens: price.abovePromptTokens,
      peak: price.peak,
      effectiveFrom: epochMs(Date.parse(`${price.effectiveFrom}T00:00:00Z`)),
      source: price.source,
    };
  };
}
