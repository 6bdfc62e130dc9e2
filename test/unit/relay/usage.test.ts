import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUsage } from '../../../src-main/relay/usage.ts';

describe('parseUsage', () => {
  it('reads what a relay reports', () => {
    const usage = { prompt_tokens: 1000, completion_tokens: 50, total_tokens: 1050, prompt_tokens_details: { cached_tokens: 200, image_tokens: 616 }, completion_tokens_details: { reasoning_tokens: 20 } };
    expect(parseUsage(usage)).toEqual({ inputTokens: 1000, cachedInputTokens: 200, outputTokens: 50, reasoningTokens: 20, imageTokens: 616, source: 'relay' });
  });
  it('counts reasoning as output where only the total holds it', () => {
    expect(parseUsage({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 45, completion_tokens_details: { reasoning_tokens: 30 } })).toMatchObject({ outputTokens: 35, reasoningTokens: 30 });
  });
  it('reads DeepSeek’s cache hits and never more cached than taken in', () => {
    expect(parseUsage({ prompt_tokens: 100, completion_tokens: 5, prompt_cache_hit_tokens: 900 })).toMatchObject({ cachedInputTokens: 100 });
  });
  it.each([
    [undefined], [null], ['x'], [{}], [{ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }], [{ prompt_tokens: -1, completion_tokens: 5 }],
    [{ prompt_tokens: '100', completion_tokens: 5 }], [{ prompt_tokens: 1.5, completion_tokens: 5 }], [{ prompt_tokens: 1e9, completion_tokens: 5 }],
    [{ prompt_tokens: 100, completion_tokens: 5, total_tokens: 7 }], [{ prompt_tokens: 100, completion_tokens: 5, total_tokens: 900 }], [{ prompt_tokens: 100 }],
  ])('does not believe %o', (usage) => {
    expect(parseUsage(usage)).toBeNull();
  });
  it('never gives a negative or broken number, and never throws', () => {
    const field = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null), fc.constant(undefined));
    fc.assert(fc.property(fc.oneof(fc.anything(), fc.record({ prompt_tokens: field, completion_tokens: field, total_tokens: field, prompt_tokens_details: fc.anything(), completion_tokens_details: fc.anything() })), (value) => {
      const usage = parseUsage(value);
      if (usage === null) return true;
      return [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens, usage.reasoningTokens].every((tokens) => Number.isSafeInteger(tokens) && tokens >= 0);
    }));
  });
});
