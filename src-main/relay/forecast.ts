import type { TokenForecast } from '../../src-shared/domain/attempt.ts';
import type { RequestPurpose } from '../../src-shared/domain/request-plan.ts';
import { imageTokens } from './image-tokens.ts';
import type { CatalogueModel } from './model-catalogue.ts';

/** Size of a picture, pixels. */
export interface PictureSize {
  readonly columns: number;
  readonly rows: number;
}

/** What has to be known of a request to forecast it. */
export interface RequestSize {
  readonly purpose: RequestPurpose;
  readonly pictures: readonly PictureSize[];
  /** Tiles on all pictures together. */
  readonly tileCount: number;
  /** Characters of all words that go along, the answer's schema included: `all` of requestTextLength. */
  readonly textLength: number;
}

/**
 * Regions that a tile is expected to have, and those that there has to be room for on average. Assumptions, not
 * measurements: most slices and slabs hold nothing; of the device's candidates about every second is taken for one.
 */
const regionsPerTile: Readonly<Record<RequestPurpose, { readonly expected: number; readonly most: number }>> = {
  slices: { expected: 0.15, most: 1 },
  sweep: { expected: 0.25, most: 1 },
  verify: { expected: 0.5, most: 1.25 },
  image: { expected: 0.5, most: 4 },
};

/** Tokens of an answer on one line, and of one that a model spread over many; regions of up to six attributes. */
const answerTokens = {
  frame: { expected: 40, most: 120 },
  number: { expected: 2, most: 6 },
  region: { expected: 32, most: 60 },
} as const;

/** Relays that do not know a picture's tokens make up a number; the smallest seen is 520 (facts/relay.md 4.5). */
const mostDemandedPerPicture = 400;

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
 * @param size - Pictures, tiles and words of the request.
 * @param maxOutputTokens - Where the request allows more than the usual limit.
 */
export function forecastRequest(
  model: CatalogueModel,
  size: RequestSize,
  maxOutputTokens: number = outputLimit(model, size.tileCount, size.purpose),
): TokenForecast {
  const pictures = size.pictures.reduce((sum, picture) => sum + imageTokens(model.tokenRule, picture.columns, picture.rows, model.parameters.imageDetail).expected, 0);
  const { frame, number, region } = answerTokens;
  const answer = frame.expected + size.tileCount * (number.expected + regionsPerTile[size.purpose].expected * region.expected);
  return {
    inputTokens: pictures + textTokens(size.textLength),
    imageTokens: pictures,
    expectedOutputTokens: Math.min(maxOutputTokens, Math.ceil(answer + model.parameters.reasoningAllowanceTokens / 4)),
    maxOutputTokens,
  };
}

/**
 * Output limit to ask for: room for every number and for more regions than expected, and for reasoning where the model
 * reasons. Rate limits count this number, so it stays tight; an answer that needs more is asked for again with twice as much.
 *
 * @param model - ModelCatalogue row.
 * @param tileCount - Tiles that are asked about.
 * @param purpose - Of the request.
 */
export function outputLimit(model: CatalogueModel, tileCount: number, purpose: RequestPurpose): number {
  const { frame, number, region } = answerTokens;
  return Math.ceil(frame.most + tileCount * (number.most + regionsPerTile[purpose].most * region.most)) + model.parameters.reasoningAllowanceTokens;
}

/**
 * Whether a reported input is too small for the pictures to have been seen.
 *
 * Relays pass pictures to text-only models, which answer 200 and invent (facts/relay.md 0.2): then the reported tokens
 * are those of the words alone.
 *
 * @param reported - Tokens the relay reported.
 * @param model - ModelCatalogue row.
 * @param pictures - That were sent.
 * @param wordsLength - Characters of the prompt without any schema, which some relays do not count.
 */
export function isBlind(
  reported: { readonly inputTokens: number; readonly imageTokens: number | null },
  model: CatalogueModel,
  pictures: readonly PictureSize[],
  wordsLength: number,
): boolean {
  if (pictures.length === 0) return false;
  if (reported.imageTokens !== null) return reported.imageTokens === 0;
  const least = pictures.reduce((sum, { columns, rows }) => sum + Math.min(imageTokens(model.tokenRule, columns, rows, model.parameters.imageDetail).least / 2, mostDemandedPerPicture), 0);
  return reported.inputTokens < wordsLength / 4.5 + least;
}
