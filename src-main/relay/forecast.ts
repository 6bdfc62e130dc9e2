import type { TokenForecast } from '../../src-shared/domain/attempt.ts';
import { imageTokens } from './image-tokens.ts';
import type { CatalogueModel } from './model-catalogue.ts';

/** Size of a picture, pixels. */
export interface PictureSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Estimates the tokens of a text from its length; a little high for English, as a forecast should be.
 *
 * @param characters - Length of the text in UTF-16 units.
 */
export function textTokens(characters: number): number {
  return Math.ceil(characters / 3.5) + 8;
}

/**
 * Forecasts a request: what it will take in, what to expect back, and the most that can come back.
 *
 * @param model - ModelCatalogue row.
 * @param tiles - Pictures of the request.
 * @param textLength - Characters of all words that go along, the answer's schema included.
 * @param maxOutputTokens - Where the request allows more than the usual limit.
 */
export function forecastRequest(
  model: CatalogueModel,
  tiles: readonly PictureSize[],
  textLength: number,
  maxOutputTokens: number = outputLimit(model, tiles.length),
): TokenForecast {
  const pictures = tiles.reduce((sum, tile) => sum + imageTokens(model.tokenRule, tile.columns, tile.rows).expected, 0);
  return {
    inputTokens: pictures + textTokens(textLength),
    imageTokens: pictures,
    expectedOutputTokens: Math.min(maxOutputTokens, 40 + 45 * tiles.length + Math.ceil(model.parameters.reasoningAllowanceTokens / 4)),
    maxOutputTokens,
  };
}

/**
 * Output limit to ask for: room for several regions in every tile, and for reasoning where the model reasons.
 *
 * Rate limits count this number, so it stays tight.
 */
export function outputLimit(model: CatalogueModel, tileCount: number): number {
  return 300 + 250 * tileCount + model.parameters.reasoningAllowanceTokens;
}

/**
 * Whether a reported input is too small for the pictures to have been seen.
 *
 * Relays pass pictures to text-only models, which answer 200 and invent (facts/relay.md 0.2): then the reported tokens
 * are those of the words alone.
 *
 * @param reported - Tokens the relay reported.
 * @param pictureTextLength - Characters of the prompt without any schema, which some relays do not count.
 */
export function isBlind(
  reported: { readonly inputTokens: number; readonly imageTokens: number | null },
  model: CatalogueModel,
  tiles: readonly PictureSize[],
  pictureTextLength: number,
): boolean {
  if (tiles.length === 0) return false;
  if (reported.imageTokens !== null) return reported.imageTokens === 0;
  const least = tiles.reduce((sum, tile) => sum + imageTokens(model.tokenRule, tile.columns, tile.rows).least, 0);
  return reported.inputTokens < pictureTextLength / 4.5 + least / 2;
}
