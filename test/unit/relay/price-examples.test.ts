import { describe, expect, it } from 'vitest';
import { costOf } from '../../../src-main/ledger/cost.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { imageTokens } from '../../../src-main/relay/image-tokens.ts';

const catalogue = shippedCatalogue();
const sunday = Date.UTC(2026, 10, 22, 7);
const monday = Date.UTC(2026, 10, 23, 7);

/** Requests of one exam that are all alike. */
interface Plan {
  readonly requests: number;
  readonly pictures: number;
  readonly columns: number;
  readonly textTokens: number;
  readonly outputTokens: number;
}

function tokensOf({ requests, pictures, columns, textTokens, outputTokens }: Plan, model: string) {
  const { tokenRule, parameters } = catalogue.modelOrUnknown(model);
  const perPicture = imageTokens(tokenRule, columns, 512, parameters.imageDetail).expected;
  return { inputTokens: pictures * perPicture + requests * textTokens, cachedInputTokens: 0, outputTokens: requests * outputTokens };
}

function usdOf(tokens: Parameters<typeof costOf>[0], model: string, now = sunday): number {
  const price = catalogue.priceAt(model, now, 0);
  if (price === null) throw new Error(`${model} has no price`);
  return costOf(tokens, { inputMicroUsdPerMillion: price.input, cachedInputMicroUsdPerMillion: price.cachedInput, outputMicroUsdPerMillion: price.output }) / 1e6;
}

/** facts/relay.md 2.6; text and output tokens are those that all of its columns agree on. */
const reference: Plan = { requests: 180, pictures: 180, columns: 512, textTokens: 260, outputTokens: 200 };
const tenEach: Plan = { requests: 26, pictures: 260, columns: 512, textTokens: 900, outputTokens: 600 };
const strips: Plan = { requests: 7, pictures: 65, columns: 2048, textTokens: 900, outputTokens: 800 };

describe('what an exam costs at list price', () => {
  it.each([
    ['gpt-4.1', sunday, [0.473, 0.304, 0.157]], ['claude-sonnet-4.5', sunday, [0.875, 0.586, 0.256]], ['gemini-2.5-flash', sunday, [0.16, 0.127, 0.086]],
    ['deepseek-flash', sunday, [0.034, 0.02, 0.011]], ['deepseek-flash', monday, [0.067, 0.04, 0.021]], ['gpt-6-luna', sunday, [0.028, 0.018, 0.011]],
    ['claude-haiku-5.5', sunday, [0.029, 0.02, 0.013]], ['claude-sonnet-5.5', sunday, [0.584, 0.391, 0.251]], ['gemini-3.8-flash', sunday, [0.321, 0.294, 0.08]],
  ])('is for %s at %i: single slices, ten a request, strips of four: %j', (model, now, expected) => {
    expect([reference, tenEach, strips].map((plan) => Math.round(usdOf(tokensOf(plan, model), model, now) * 1000) / 1000)).toEqual(expected);
  });

  it('is what the reference pipeline leaves out: its own 180 requests on gpt-4.1, and a month of them', () => {
    const tokens = tokensOf(reference, 'gpt-4.1');
    expect(tokens).toEqual({ inputTokens: 92_700, cachedInputTokens: 0, outputTokens: 36_000 });
    expect(usdOf(tokens, 'gpt-4.1')).toBe(0.4734);
    expect([50_000, 5_000].map((exams) => Math.round(exams * usdOf(tokens, 'gpt-4.1')))).toEqual([23_670, 2_367]);
  });

  it.each([
    ['deepseek-v3.2', 10_000_000, 4.2], ['gpt-4.1', 10_000_000, 80], ['deepseek-v3.2', 1_000_000, 0.42], ['gpt-4.1', 1_000_000, 8],
  ])('is for output alone on %s, %i tokens: %d USD', (model, outputTokens, usd) => {
    expect(usdOf({ inputTokens: 0, cachedInputTokens: 0, outputTokens }, model)).toBe(usd);
  });
});
