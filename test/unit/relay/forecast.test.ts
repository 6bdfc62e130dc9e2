import { describe, expect, it } from 'vitest';
import { requestPurposes } from '../../../src-shared/domain/request-plan.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { forecastRequest, isBlind, outputLimit, textTokens } from '../../../src-main/relay/forecast.ts';
import { imageTokens } from '../../../src-main/relay/image-tokens.ts';
import { requestTextLength } from '../../../src-main/relay/request-body.ts';
import { askedRequest, plannedSheet } from '../../helpers/asked-request.ts';

const catalogue = shippedCatalogue();
const pictures = (count: number, side = 512) => Array.from({ length: count }, () => ({ columns: side, rows: side }));
const length = (tiles: number, format: 'prompt' | 'json-schema' = 'prompt') =>
  requestTextLength(askedRequest(Array.from({ length: tiles }, (_, at) => plannedSheet([at + 1]))), format);

describe('forecastRequest', () => {
  it('adds the pictures and the words, and keeps what is expected below what is allowed', () => {
    const row = catalogue.modelOrUnknown('gpt-6-luna');
    const { expected } = imageTokens(row.tokenRule, 512, 512, row.parameters.imageDetail);
    const forecast = forecastRequest(row, { purpose: 'slices', pictures: pictures(20), tileCount: 20, textLength: 3500 });
    expect(forecast.imageTokens).toBe(20 * expected);
    expect(forecast.inputTokens).toBe(20 * expected + textTokens(3500));
    expect(forecast.maxOutputTokens).toBe(outputLimit(row, 20, 'slices'));
    expect(forecast.expectedOutputTokens).toBeLessThan(forecast.maxOutputTokens);
  });
  it('is generous with a model nobody knows', () => {
    const size = { purpose: 'slices', pictures: pictures(1), tileCount: 1, textLength: 100 } as const;
    expect(forecastRequest(catalogue.modelOrUnknown('llava'), size).inputTokens).toBeGreaterThan(forecastRequest(catalogue.modelOrUnknown('gpt-6-luna'), size).inputTokens);
  });
  it('expects more of candidates than of slabs, and more of slabs than of slices', () => {
    const row = catalogue.modelOrUnknown('gpt-4.1');
    const [slices = 0, sweep = 0, verify = 0] = (['slices', 'sweep', 'verify'] as const).map((purpose) => forecastRequest(row, { purpose, pictures: pictures(1), tileCount: 24, textLength: 0 }).expectedOutputTokens);
    expect(slices).toBeLessThan(sweep);
    expect(sweep).toBeLessThan(verify);
  });
  it('never expects more than a request allows', () => {
    expect(forecastRequest(catalogue.modelOrUnknown('gpt-4.1'), { purpose: 'verify', pictures: pictures(1), tileCount: 24, textLength: 0 }, 50)).toMatchObject({ expectedOutputTokens: 50, maxOutputTokens: 50 });
  });
});

describe('outputLimit', () => {
  const row = catalogue.modelOrUnknown('gpt-4.1');
  /** Tokens of an answer at four characters each, the least that English JSON takes. */
  const tokensOf = (value: unknown, indent: number) => JSON.stringify(value, null, indent).length / 3;
  it.each(requestPurposes)('leaves room for a region in every tile of %s, however it is laid out', (purpose) => {
    for (const tiles of [1, 4, 24, 60]) {
      const numbers = Array.from({ length: tiles }, (_, at) => at + 100);
      const regions = numbers.map((tile) => ({ tile, attenuation: 'ground-glass', margin: 'ill-defined', alternative: 'atelectasis', certainty: 'moderate' }));
      expect(tokensOf({ request: 'abcdef0123456789', seen: numbers, unclear: [], regions }, 0)).toBeLessThan(outputLimit(row, tiles, purpose));
    }
  });
  it('stays tight: rate limits count it', () => {
    expect(outputLimit(row, 24, 'sweep')).toBeLessThan(2000);
    expect(outputLimit(row, 24, 'verify')).toBeLessThan(2500);
  });
});

describe('isBlind', () => {
  it.each(['gpt-6-luna', 'gpt-4.1', 'claude-haiku-5.5', 'gemini-2.5-flash', 'gemini-3.8-flash', 'deepseek-flash', 'qwen3-vl-plus'])('tells a %s that saw from one that did not', (id) => {
    const row = catalogue.modelOrUnknown(id);
    for (const count of [1, 5, 20]) {
      for (const side of [512, 1024]) {
        const { words, all } = length(count, 'json-schema');
        const least = imageTokens(row.tokenRule, side, side, row.parameters.imageDetail).least * count;
        expect(isBlind({ inputTokens: Math.round(words / 4.2) + least, imageTokens: null }, row, pictures(count, side), words)).toBe(false);
        expect(isBlind({ inputTokens: Math.round(words / 4.2), imageTokens: null }, row, pictures(count, side), words)).toBe(true);
        // Counting the schema as well does not make up for pictures of the size of sheets.
        if (least >= 600) expect(isBlind({ inputTokens: Math.round(all / 5), imageTokens: null }, row, pictures(count, side), words)).toBe(true);
      }
    }
  });
  it('does not take the flat guess of a relay that does not know the model’s rule for blindness', () => {
    const row = catalogue.modelOrUnknown('gpt-6-luna');
    const { words } = length(1);
    expect(imageTokens(row.tokenRule, 2048, 2048, row.parameters.imageDetail).least).toBeGreaterThan(1500);
    expect(isBlind({ inputTokens: Math.round(words / 4.2) + 520, imageTokens: null }, row, pictures(1, 2048), words)).toBe(false);
  });
  it('believes a count of image tokens where there is one', () => {
    const row = catalogue.modelOrUnknown('gpt-6-luna');
    expect(isBlind({ inputTokens: 9000, imageTokens: 0 }, row, pictures(1), 1000)).toBe(true);
    expect(isBlind({ inputTokens: 100, imageTokens: 90 }, row, pictures(1), 1000)).toBe(false);
  });
  it('has nothing to say of words alone', () => {
    expect(isBlind({ inputTokens: 1, imageTokens: 0 }, catalogue.modelOrUnknown('gpt-6-luna'), [], 1000)).toBe(false);
  });
});
