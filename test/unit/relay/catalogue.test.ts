import { describe, expect, it } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';

const catalogue = shippedCatalogue();
const today = Date.UTC(2026, 10, 23);

describe('findModel', () => {
  it.each([
    ['gpt-4.1', 'gpt-4.1'], ['openai/gpt-4.1', 'gpt-4.1'], ['gpt-4.1-2025-04-14', 'gpt-4.1'], ['GPT-4.1', 'gpt-4.1'],
    ['claude-sonnet-4-5-20250929', 'claude-sonnet-4.5'], ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4.5'], ['claude-haiku-5-5', 'claude-haiku-5.5'],
    ['deepseek-v3.2-maas', 'deepseek-v3.2'], ['google/gemini-2.5-flash:free', 'gemini-2.5-flash'],
  ])('knows %s as %s', (name, id) => {
    expect(catalogue.findModel(name)?.id).toBe(id);
  });

  it.each(['gpt-4.1-super', 'gpt-4', '', 'llava', 'openai/practice-vision'])('does not know %s', (name) => {
    expect(catalogue.findModel(name)).toBeNull();
  });
});

describe('refusal', () => {
  it.each([
    ['gpt-6-luna', today, false, null],
    ['deepseek-v3.2', today, false, 'model-without-vision'],
    ['gemini-2.5-flash', Date.UTC(2026, 10, 30, 23, 59, 59, 999), false, null],
    ['gemini-2.5-flash', Date.UTC(2026, 11, 1), false, 'model-retired'],
    ['some-local-model', today, false, null],
    ['practice-vision', today, true, null],
    ['practice-vision', today, false, 'relay-model-unknown'],
    ['gpt-6-luna', today, true, 'relay-model-unknown'],
  ] as const)('says for %s at %i, practice %s: %s', (id, now, practice, expected) => {
    expect(catalogue.refusal(id, now, practice)).toBe(expected);
  });
});

describe('priceAt', () => {
  it('gives micro-USD per million tokens', () => {
    expect(catalogue.priceAt('openai/gpt-4.1', today)).toMatchObject({ input: 2_000_000, cachedInput: 500_000, output: 8_000_000 });
  });
  it('is zero on the practice relay and unknown for an unknown model', () => {
    expect(catalogue.priceAt('practice-vision', today)).toMatchObject({ input: 0, output: 0 });
    expect(catalogue.priceAt('some-local-model', today)).toBeNull();
  });
});

describe('modelViews', () => {
  it('shows relay models or practice models, never both, with the reason why one cannot be chosen', () => {
    const relay = catalogue.modelViews(today, false);
    expect(relay.some((model) => model.practice)).toBe(false);
    expect(relay.find((model) => model.id === 'deepseek-v3.2')).toMatchObject({ vision: false, retired: true, notSelectableReason: 'model-without-vision', successor: 'deepseek-flash' });
    expect(catalogue.modelViews(today, true).map((model) => model.id)).toEqual(['practice-vision', 'practice-vision-accurate']);
  });
  it('has defaults and successors that exist and can be chosen', () => {
    for (const practice of [true, false]) {
      const { standard, accurate } = catalogue.defaults(practice);
      expect([catalogue.refusal(standard, today, practice), catalogue.refusal(accurate, today, practice)]).toEqual([null, null]);
    }
    for (const { successor } of catalogue.modelViews(today, false)) {
      if (successor !== null) expect(catalogue.refusal(successor, today, false)).toBeNull();
    }
  });
});
