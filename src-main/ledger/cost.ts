import type { TokenForecast, TokenUsage } from '../../src-shared/domain/attempt.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import type { MicroUsd } from '../../src-shared/domain/units.ts';

/** Price of tokens in integer micro-USD per million, as it holds for a request of this length at this hour. */
export interface TokenPrice {
  readonly inputMicroUsdPerMillion: number;
  readonly cachedInputMicroUsdPerMillion: number;
  /** Of input that the provider writes to its cache; without it the price of input. */
  readonly cacheWriteMicroUsdPerMillion?: number;
  readonly outputMicroUsdPerMillion: number;
}

/** Tokens that are charged. */
export interface ChargedTokens extends Pick<TokenUsage, 'inputTokens' | 'cachedInputTokens' | 'outputTokens'> {
  /** Part of inputTokens written to the provider's cache, where the relay says so. */
  readonly cacheWriteTokens?: number;
}

const million = 1_000_000n;

/**
 * Cost of an attempt in exact integer arithmetic, rounded up to the micro-dollar once at the end.
 *
 * Cached and written tokens are part of the input tokens and are charged at their own price, never twice; reasoning tokens
 * are part of the output tokens.
 *
 * @throws {RangeError} if the result is not a safe integer.
 */
export function costOf(usage: ChargedTokens, price: TokenPrice): MicroUsd {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  const written = Math.min(usage.cacheWriteTokens ?? 0, usage.inputTokens - cached);
  const total =
    BigInt(usage.inputTokens - cached - written) * BigInt(price.inputMicroUsdPerMillion) +
    BigInt(cached) * BigInt(price.cachedInputMicroUsdPerMillion) +
    BigInt(written) * BigInt(price.cacheWriteMicroUsdPerMillion ?? price.inputMicroUsdPerMillion) +
    BigInt(usage.outputTokens) * BigInt(price.outputMicroUsdPerMillion);
  return microUsd(Number((total + million - 1n) / million));
}

/** The most an attempt can cost: all forecast input at its dearest and every output token it may write. */
export function highestCost(forecast: TokenForecast, price: TokenPrice): MicroUsd {
  const writing = (price.cacheWriteMicroUsdPerMillion ?? 0) > price.inputMicroUsdPerMillion;
  return costOf(
    { inputTokens: forecast.inputTokens, cachedInputTokens: 0, cacheWriteTokens: writing ? forecast.inputTokens : 0, outputTokens: forecast.maxOutputTokens },
    price,
  );
}
