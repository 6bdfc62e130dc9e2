import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { imageTokens, isDownsampled, tokenGrain } from '../../../src-main/relay/image-tokens.ts';
import { imageDetails } from '../../../src-main/relay/token-rule.ts';
import type { ImageDetail, TokenRule } from '../../../src-main/relay/token-rule.ts';

const catalogue = shippedCatalogue();
const ruleOf = (model: string): TokenRule => catalogue.modelOrUnknown(model).tokenRule;
const models = [
  'gpt-4.1', 'gpt-4.1-mini', 'gpt-5.6-luna', 'gpt-6-luna', 'claude-sonnet-4.5', 'claude-sonnet-5.5', 'gemini-3.8-flash', 'deepseek-flash', 'qwen3-vl-plus',
  'gemini-2.5-flash', 'gpt-5.4-nano', 'gpt-4o-mini', 'qwen2.5-vl-72b-instruct', 'nobody-knows-it',
] as const;

/** facts/relay.md 2.5; a star: the provider makes the picture smaller (as it does at 4761 tokens, where the star is missing there). */
const columnsOfTable: readonly (readonly [model: string, detail: ImageDetail])[] = [
  ['gpt-4.1', 'high'], ['gpt-4.1-mini', 'high'], ['gpt-6-luna', 'original'], ['gpt-6-luna', 'high'], ['claude-sonnet-4.5', 'high'], ['claude-sonnet-5.5', 'high'],
  ['gemini-3.8-flash', 'high'], ['deepseek-flash', 'high'], ['qwen3-vl-plus', 'high'],
];
const table = [
  [256, 256, ['255', '104', '77', '77', '100', '100', '1120', '187', '66']],
  [336, 252, ['255', '143', '106', '106', '108', '108', '1120', '209', '82']],
  [384, 384, ['255', '234', '173', '173', '196', '196', '1120', '187', '146']],
  [504, 504, ['255', '415', '308', '308', '324', '324', '1120', '187', '258']],
  [512, 512, ['255', '415', '308', '308', '361', '361', '1120', '187', '258']],
  [1024, 512, ['425', '830', '615', '615', '703', '703', '1120', '343', '514']],
  [2048, 512, ['765', '1659', '1229', '1229', '784*', '1406', '1120', '655', '1026']],
  [1024, 1024, ['765*', '1659', '1229', '1229', '1369', '1369', '1120', '655', '1026']],
  [1536, 1536, ['765*', '3733', '2765', '2765', '1521*', '3025', '1120', '997*', '1227*']],
  [2048, 2048, ['765*', '6636', '4916', '3000*', '1521*', '4761*', '1120', '997*', '1227*']],
] as const;

describe('the published table', () => {
  for (const [columns, rows, cells] of table) {
    cells.forEach((cell, at) => {
      const [model, detail] = columnsOfTable[at] ?? ['', 'high'];
      // 1120 tokens show a square of about 1606 px, and no more.
      const stars = cell.endsWith('*') || (model === 'gemini-3.8-flash' && columns * rows > 1606 ** 2);
      it(`gives ${cell} tokens for ${String(columns)}x${String(rows)} to ${model} at ${detail}`, () => {
        expect(imageTokens(ruleOf(model), columns, rows, detail)).toEqual({ expected: parseInt(cell, 10), least: parseInt(cell, 10) });
        expect(isDownsampled(ruleOf(model), columns, rows, detail)).toBe(stars);
      });
    });
  }

  it.each([
    [256, 256, 258, 258], [336, 252, 258, 258], [384, 384, 258, 258], [504, 504, 1032, 258], [512, 512, 1032, 258], [1024, 512, 2064, 516], [2048, 512, 3612, 774],
    [1024, 1024, 1032, 1032], [2048, 2048, 1032, 2322], [960, 540, 1548, 516],
  ])('expects the upper and demands the lower of Gemini 2’s two rules for %ix%i: %i, %i', (columns, rows, one, other) => {
    expect(imageTokens(ruleOf('gemini-2.5-flash'), columns, rows)).toEqual({ expected: Math.max(one, other), least: Math.min(one, other) });
  });
});

describe('imageTokens', () => {
  it.each([
    // Tiles: base and tile of each family; low is the base.
    ['gpt-4o', 512, 512, 'high', 255], ['gpt-4.1', 1024, 1024, 'low', 85], ['gpt-5', 512, 512, 'high', 210], ['gpt-5.1', 2048, 512, 'auto', 630], ['o3', 512, 512, 'high', 225],
    ['o1', 1024, 1024, 'low', 75], ['gpt-4o-mini', 512, 512, 'high', 8500], ['gpt-4o-mini', 512, 512, 'low', 2833],
    // The bill for a picture of 2 x 2 tiles and text: tiles, not patches.
    ['gpt-4.1', 2048, 4096, 'high', 85 + 6 * 170],
    // Patches, measured on bills.
    ['gpt-6-luna', 256, 256, 'high', 77], ['gpt-6-luna', 512, 512, 'high', 308], ['gpt-6-luna', 1024, 1024, 'high', 1229], ['gpt-6-luna', 2560, 1440, 'high', 2931],
    ['gpt-5.5', 4032, 3024, 'auto', 11_868], ['gpt-5.5', 4032, 3024, null, 11_868], ['gpt-5.5', 4032, 3024, 'original', 11_868],
    // Patches by level of detail.
    ['gpt-6-luna', 2048, 2048, 'low', 308], ['gpt-5.6-luna', 2560, 1440, 'low', 173], ['gpt-5.6-luna', 2560, 1440, 'high', 2765], ['gpt-5.6-luna', 4032, 3024, 'auto', 14_364],
    ['gpt-5.4-mini', 2048, 2048, 'low', 4916], ['gpt-5.4-mini', 2048, 2048, 'high', 3000], ['gpt-5.4-mini', 2048, 2048, 'auto', 3000], ['gpt-5.4-mini', 2048, 2048, 'original', 4916],
    ['gpt-5.2', 2048, 2048, 'low', 4916], ['gpt-5.2', 2048, 2048, 'original', 4916], ['gpt-5.2', 4096, 2048, 'high', 2458],
    ['gpt-5-nano', 512, 512, 'high', 384], ['gpt-4.1-nano', 512, 512, 'high', 630], ['o4-mini', 512, 512, 'high', 441], ['gpt-5-mini', 512, 512, 'high', 308],
    // Claude, both tiers.
    ['claude-sonnet-4.5', 1075, 1520, null, 1551], ['claude-haiku-4.5', 1920, 1080, null, 1560], ['claude-haiku-4.5', 2000, 1500, null, 1564],
    ['claude-haiku-4.5', 512, 512, null, 361], ['claude-sonnet-5.5', 512, 512, null, 361], ['claude-opus-4.7', 3840, 2160, null, 4784], ['claude-sonnet-5', 1920, 1080, null, 2691],
    // Gemini by media resolution.
    ['gemini-3.8-flash', 512, 512, 'low', 280], ['gemini-3.8-flash', 512, 512, 'medium', 560], ['gemini-4-argon', 512, 512, null, 1120], ['gemini-3.1-flash-lite', 4000, 100, 'ultra_high', 2240],
    ['gemini-2.5-flash', 2048, 2048, 'low', 64], ['gemini-2.5-flash', 2048, 2048, 'medium', 256],
    // DeepSeek, measured squares.
    ['deepseek-flash', 64, 64, null, 187], ['deepseek-flash', 512, 512, null, 187], ['deepseek-flash', 640, 640, null, 277], ['deepseek-flash', 896, 896, null, 511],
    ['deepseek-flash', 1024, 1024, null, 655], ['deepseek-flash', 1152, 1152, null, 817], ['deepseek-flash', 1280, 1280, null, 997], ['deepseek-flash', 4096, 4096, null, 997],
    ['deepseek-flash', 1280, 1280, 'low', 187], ['deepseek-flash', 8192, 200, null, 990],
    // Qwen, both cells.
    ['qwen2.5-vl-72b-instruct', 560, 560, null, 402], ['qwen2.5-vl-72b-instruct', 504, 504, null, 326],
  ] as const)('gives %s %ix%i at %s %i tokens', (model, columns, rows, detail, tokens) => {
    expect(imageTokens(ruleOf(model), columns, rows, detail).expected).toBe(tokens);
  });

  it('demands only the published count where a bill showed a higher one', () => {
    expect(imageTokens(ruleOf('gpt-6-luna'), 2560, 1440, 'high')).toEqual({ expected: 2931, least: 2765 });
  });

  it('never gives less than one token and never demands more than it expects', () => {
    fc.assert(fc.property(fc.constantFrom(...models), fc.constantFrom(null, ...imageDetails), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (model, detail, columns, rows) => {
      const { expected, least } = imageTokens(ruleOf(model), columns, rows, detail);
      return Number.isSafeInteger(expected) && least >= 1 && expected >= least;
    }));
  });

  it('stays within the most a provider counts for one picture', () => {
    const most: Readonly<Record<string, number>> = { 'claude-sonnet-4.5': 1568, 'claude-sonnet-5.5': 4784, 'gpt-5.6-luna': 3000, 'deepseek-flash': 1024, 'qwen3-vl-plus': 1282 };
    fc.assert(fc.property(fc.constantFrom(...Object.keys(most)), fc.integer({ min: 1, max: 8000 }), fc.integer({ min: 1, max: 8000 }), (model, columns, rows) =>
      imageTokens(ruleOf(model), columns, rows, 'high').expected <= (most[model] ?? 0)));
  });
});

describe('isDownsampled', () => {
  it.each([
    ['gpt-4.1', 2048, 768, 'high', false], ['gpt-4.1', 2048, 769, 'high', true], ['gpt-4.1', 2049, 512, 'high', true], ['gpt-4.1', 512, 512, 'low', false], ['gpt-4.1', 513, 512, 'low', true],
    ['gpt-6-luna', 1600, 1600, 'high', false], ['gpt-6-luna', 1601, 1600, 'high', true], ['gpt-6-luna', 2049, 32, 'high', true], ['gpt-6-luna', 6000, 4000, 'original', false],
    ['gpt-6-luna', 6000, 4000, null, false], ['gpt-6-luna', 513, 512, 'low', true], ['gpt-5.4-mini', 1601, 1600, 'auto', true], ['gpt-5.5', 6001, 100, 'original', true],
    ['claude-sonnet-4.5', 1092, 1092, null, false], ['claude-sonnet-4.5', 1093, 1092, null, false], ['claude-sonnet-4.5', 1093, 1093, null, true], ['claude-sonnet-4.5', 1568, 756, null, false], ['claude-sonnet-4.5', 1569, 100, null, true],
    ['claude-haiku-5.5', 1932, 1932, null, false], ['claude-haiku-5.5', 2576, 1456, null, false], ['claude-haiku-5.5', 2577, 100, null, true],
    ['gemini-2.5-flash', 1153, 1153, null, false], ['gemini-2.5-flash', 1154, 1154, null, true], ['gemini-2.5-flash', 769, 768, 'medium', true],
    ['gemini-3.8-flash', 1606, 1606, null, false], ['gemini-3.8-flash', 1607, 1607, null, true], ['gemini-3.8-flash', 1607, 1607, 'ultra_high', false],
    ['deepseek-flash', 200, 200, null, false], ['deepseek-flash', 1302, 1302, null, false], ['deepseek-flash', 1303, 1302, null, true], ['deepseek-flash', 600, 512, 'low', true],
    ['qwen3-vl-plus', 1280, 1024, null, false], ['qwen3-vl-plus', 1312, 1024, null, true], ['nobody-knows-it', 1024, 1024, null, false], ['nobody-knows-it', 1025, 100, null, true],
  ] as const)('says for %s %ix%i at %s: %s', (model, columns, rows, detail, expected) => {
    expect(isDownsampled(ruleOf(model), columns, rows, detail)).toBe(expected);
  });

  it('is never undone by making a picture larger', () => {
    fc.assert(fc.property(fc.constantFrom(...models), fc.constantFrom(null, ...imageDetails), fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 500 }), (model, detail, columns, rows, more) =>
      !isDownsampled(ruleOf(model), columns, rows, detail) || isDownsampled(ruleOf(model), columns + more, rows + more, detail)));
  });
});

describe('tokenGrain', () => {
  it.each([
    ['gpt-4.1', 512], ['gpt-6-luna', 32], ['gpt-4.1-mini', 32], ['claude-haiku-5.5', 28], ['claude-haiku-4.5', 28], ['deepseek-flash', 42], ['qwen3-vl-plus', 32],
    ['qwen2.5-vl-72b-instruct', 28], ['gemini-2.5-flash', null], ['gemini-3.8-flash', null], ['nobody-knows-it', null],
  ])('is for %s: %s', (model, side) => {
    expect(tokenGrain(ruleOf(model))).toBe(side);
  });
});
