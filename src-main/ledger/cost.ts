import type { TokenForecast, TokenUsage } from '../../src-shared/domain/attempt.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import type { MicroUsd } from '../../src-shared/domain/units.ts';

/** Price of tokens in integer micro-USD per million. */
export interface TokenPrice {
  readonly inputMicroUsdPerMillion: number;
  readonly cachedInputMicroUsdPerMillion: number;
  readonly outputMicroUsdPerMillion: number;
}

const million = 1_000_000n;

/**
 * Cost of an attempt in exact integer arithmetic, rounded up to the micro-dollar once at the end.
 *
 * Cached tokens are part of the input tokens and are charged at their own price, never twice; reasoning tokens are part
 * of the output tokens.
 *
 * @throws {RangeError} if the result is not a safe integer.
 */
export function costOf(usage: Pick<TokenUsage, 'inputTokens' | 'cachedInputTokens' | 'outputTokens'>, price: TokenPrice): MicroUsd {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  const total =
    BigInt(usage.inputTokens - cached) * BigInt(price.inputMicroUsdPerMillion) +
    BigInt(cached) * BigInt(price.cachedInputMicroUsdPerMillion) +
    BigInt(usage.outputTokens) * BigInt(price.outputMicroUsdPerMillion);
  return microUsd(Number((total + million - 1n) / million));
}

/** The most an attempt can cost: all forecast input at full price and every output token it may write. */
export function highestCost(forecast: TokenForecast, price: TokenPrice): MicroUsd {
  return costOf(
    { inputTokens: forecast.inputTokens, cachedInputTokens: 0, outputTokens: forecast.maxOutputTokens },
    price,
  );
}
