import type { PlanForecast, PlannedRequest } from '../../../src-shared/domain/request-plan.ts';
import { costOf } from '../../ledger/cost.ts';
import { forecastRequest } from '../../relay/forecast.ts';
import { imageTokens } from '../../relay/image-tokens.ts';
import { picturePlanOf } from '../../relay/picture-plan.ts';
import { requestTextLength } from '../../relay/request-body.ts';
import type { PlanInput } from './plan-input.ts';

/** What a forecast depends on besides the request. */
export type ForecastTerms = Pick<PlanInput, 'model' | 'profile' | 'priceFor' | 'correction'>;

type Range = PlanForecast['inputTokens'];

/** As long as the codes that are dealt when a request is sent. */
const nonceLike = 'XXXXXXXXXXXX';
/** Characters a token stands for at most, where the answer's schema is not counted. */
const mostCharactersPerToken = 4.5;
/** Published rules have changed by about as much without notice. */
const highInputShare = 1.1;
/** An answer that sees nothing anywhere: its frame and the numbers. */
const emptyAnswerTokens = { frame: 40, perTile: 2 } as const;

/**
 * Forecasts one request: tokens, and money at the price in force for a request of its size.
 *
 * low: the words without schema, the least that published rules count for the pictures, an answer that sees nothing. expected: what to
 * reckon with. high: a tenth more input, and every output token that the request may write. The correction that was learnt counts for
 * all input.
 *
 * @param planned - The request.
 * @param terms - Model, profile, prices, correction.
 */
export function forecastPlanned(planned: PlannedRequest, { model, profile, priceFor, correction = 1 }: ForecastTerms): PlanForecast {
  const { purpose, pictures } = planned;
  const tileCount = pictures.reduce((sum, { tiles }) => sum + tiles.length, 0);
  const length = requestTextLength({ purpose, profile, nonce: nonceLike, pictures: pictures.map((picture) => picturePlanOf(picture)) }, model.firstFormat);
  const forecast = forecastRequest(model, { purpose, pictures, tileCount, textLength: length.all });
  const leastImages = pictures.reduce((sum, { columns, rows }) => sum + imageTokens(model.tokenRule, columns, rows, model.parameters.imageDetail).least, 0);
  const inputTokens = {
    low: Math.floor((leastImages + length.words / mostCharactersPerToken) * correction),
    expected: Math.ceil(forecast.inputTokens * correction),
    high: Math.ceil(forecast.inputTokens * correction * highInputShare),
  };
  const outputTokens = {
    low: Math.min(forecast.expectedOutputTokens, emptyAnswerTokens.frame + tileCount * emptyAnswerTokens.perTile),
    expected: forecast.expectedOutputTokens,
    high: forecast.maxOutputTokens,
  };
  const cost = (level: keyof Range): number | null => {
    const price = priceFor(inputTokens[level]);
    return price === null ? null : costOf({ inputTokens: inputTokens[level], cachedInputTokens: 0, outputTokens: outputTokens[level] }, price);
  };
  const [low, expected, high] = [cost('low'), cost('expected'), cost('high')];
  return {
    inputTokens, outputTokens, imageTokens: Math.ceil(forecast.imageTokens * correction),
    costMicroUsd: low === null || expected === null || high === null ? null : { low, expected, high },
    requests: 1, pictures: pictures.length, tiles: tileCount,
  };
}

/**
 * Adds forecasts up.
 *
 * @param forecasts - Of a plan's requests.
 * @returns Its cost is null where that of a request is.
 */
export function sumForecasts(forecasts: readonly PlanForecast[]): PlanForecast {
  const sum = (of: (forecast: PlanForecast) => number): number => forecasts.reduce((total, forecast) => total + of(forecast), 0);
  const range = (of: (forecast: PlanForecast) => Range): Range => ({
    low: sum((one) => of(one).low), expected: sum((one) => of(one).expected), high: sum((one) => of(one).high),
  });
  const noCost = { low: 0, expected: 0, high: 0 };
  return {
    inputTokens: range((one) => one.inputTokens), outputTokens: range((one) => one.outputTokens), imageTokens: sum((one) => one.imageTokens),
    costMicroUsd: forecasts.some((one) => one.costMicroUsd === null) ? null : range((one) => one.costMicroUsd ?? noCost),
    requests: sum((one) => one.requests), pictures: sum((one) => one.pictures), tiles: sum((one) => one.tiles),
  };
}
