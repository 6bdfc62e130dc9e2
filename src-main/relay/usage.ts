import * as z from 'zod';
import type { TokenUsage } from '../../src-shared/domain/attempt.ts';

/** Beyond any context window: a count above it is a mistake, not a usage. */
const largestCount = 100_000_000;

const count = z.number().int().min(0).max(largestCount);
const optionalCount = count.nullish().catch(null);

const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: z.unknown().optional(),
  prompt_cache_hit_tokens: optionalCount,
  prompt_tokens_details: z.object({ cached_tokens: optionalCount, image_tokens: optionalCount }).nullish().catch(null),
  completion_tokens_details: z.object({ reasoning_tokens: optionalCount }).nullish().catch(null),
});

/**
 * Reads a relay's usage, which is a claim: anything that cannot be true makes it null, and the attempt is then booked
 * at its forecast.
 *
 * @param value - The body's `usage`.
 * @returns null when it is missing, negative, fractional, text, absurdly large, zero, or its total is not the sum of its parts.
 */
export function parseUsage(value: unknown): TokenUsage | null {
  const parsed = usageSchema.safeParse(value);
  if (!parsed.success) return null;
  const usage = parsed.data;
  const parts = usage.prompt_tokens + usage.completion_tokens;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? 0;
  const total = usage.total_tokens ?? parts;
  if (usage.prompt_tokens === 0) return null;
  // Some relays leave reasoning out of completion_tokens and count it in the total only; it is billed as output.
  if (total !== parts && total !== parts + reasoning) return null;
  const outputTokens = total - usage.prompt_tokens;
  const cached = usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? 0;
  return {
    inputTokens: usage.prompt_tokens,
    cachedInputTokens: Math.min(cached, usage.prompt_tokens),
    outputTokens,
    reasoningTokens: Math.min(reasoning, outputTokens),
    imageTokens: usage.prompt_tokens_details?.image_tokens ?? null,
    source: 'relay',
  };
}
