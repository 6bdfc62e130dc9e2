import { describe, expect, it } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { forecastRequest, isBlind } from '../../../src-main/relay/forecast.ts';
import { requestTextLength } from '../../../src-main/relay/request-body.ts';

const catalogue = shippedCatalogue();
const tiles = (count: number) => Array.from({ length: count }, () => ({ columns: 512, rows: 512 }));
const words = (count: number) => requestTextLength(Array.from({ length: count }, (_, at) => at + 1), 'abcdef0123456789', 'prompt').words;

describe('forecastRequest', () => {
  it('adds the pictures and the words, and keeps what is expected below what is allowed', () => {
    const forecast = forecastRequest(catalogue.modelOrUnknown('gpt-6-luna'), tiles(20), 3500);
    expect(forecast.imageTokens).toBe(20 * 308);
    expect(forecast.inputTokens).toBe(20 * 308 + 1008);
    expect(forecast.expectedOutputTokens).toBeLessThan(forecast.maxOutputTokens);
  });
  it('is generous with a model nobody knows', () => {
    const known = forecastRequest(catalogue.modelOrUnknown('gpt-6-luna'), tiles(1), 100);
    const unknown = forecastRequest(catalogue.modelOrUnknown('llava'), tiles(1), 100);
    expect(unknown.inputTokens).toBeGreaterThan(known.inputTokens);
  });
});

describe('isBlind', () => {
  it.each(['gpt-6-luna', 'gpt-4.1', 'claude-haiku-5.5', 'gemini-2.5-flash', 'gemini-3.8-flash', 'deepseek-flash', 'qwen3-vl-plus'])('tells %s that saw from %s that did not', (id) => {
    for (const count of [1, 5, 20]) {
      const row = catalogue.modelOrUnknown(id);
      const text = Math.round(words(count) / 4.2);
      const lower = id === 'gemini-2.5-flash' ? 258 * count : forecastRequest(row, tiles(count), 0).imageTokens;
      expect(isBlind({ inputTokens: text + lower, imageTokens: null }, row, tiles(count), words(count))).toBe(false);
      expect(isBlind({ inputTokens: text, imageTokens: null }, row, tiles(count), words(count))).toBe(true);
    }
  });
  it('believes a count of image tokens where there is one', () => {
    const row = catalogue.modelOrUnknown('gpt-6-luna');
    expect(isBlind({ inputTokens: 9000, imageTokens: 0 }, row, tiles(1), 1000)).toBe(true);
    expect(isBlind({ inputTokens: 100, imageTokens: 90 }, row, tiles(1), 1000)).toBe(false);
  });
});
