import type { CatalogueModel } from './model-catalogue.ts';

/**
 * A row for a model that the catalogue does not know: a generous forecast, careful limits, no price.
 *
 * @param id - As the relay writes it.
 */
export function unknownModel(id: string): CatalogueModel {
  return {
    id,
    title: id,
    listed: false,
    vision: true,
    practice: false,
    tokenRule: { family: 'unknown' },
    parameters: {
      maxTokensField: 'max_tokens', temperature: null, reasoningEffort: null, reasoningEfforts: [], reasoningAllowanceTokens: 2000, acceptsStore: false,
      imageDetail: null, imageDetails: [],
    },
    limits: { imagesPerRequest: 20, maxSidePixels: 2048, manyImages: null, maxPatches: null, maxImageBytes: null, maxRequestBytes: 20_000_000, contextTokens: null },
    jsonModes: ['json-schema', 'tool', 'json-object'],
    firstFormat: 'json-schema',
    prices: [],
    shutdownDate: null,
    successor: null,
    retiredSilentlyTo: null,
    note: '',
    sources: '',
  };
}
