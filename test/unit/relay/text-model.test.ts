import { describe, expect, it } from 'vitest';
import type { ModelOverride } from '../../../src-shared/domain/model-overrides.ts';
import shippedFile from '../../../assets/model-catalogue.json' with { type: 'json' };
import { createCatalogue } from '../../../src-main/relay/catalogue.ts';
import { parseModelCatalogue } from '../../../src-main/relay/model-catalogue.ts';
import type { CatalogueFile } from '../../../src-main/relay/model-catalogue.ts';
import { cheapestTextModel } from '../../../src-main/relay/text-model.ts';
import type { TextModelQuestion } from '../../../src-main/relay/text-model.ts';

const shipped = parseModelCatalogue(shippedFile);
const sample = shipped.models.find(({ id }) => id === 'gpt-4.1-mini')!;
const price = sample.prices[0]!;

/** A model of so many micro-USD per million tokens in and out. */
function model(id: string, input: number, output: number, some: Partial<typeof sample> = {}): typeof sample {
  return { ...sample, id, shutdownDate: null, prices: [{ ...price, input, output, tiers: [], peak: null, validTo: null }], ...some };
}
function cheapest(models: CatalogueFile['models'], some: Partial<TextModelQuestion> = {}): string | null {
  const overrides = some.overrides ?? [];
  return cheapestTextModel(createCatalogue({ ...shipped, models }, overrides), {
    nowMs: Date.UTC(2026, 10, 24), relayId: 'relay', relayPercent: 100, listed: [], overrides, inputTokens: 1000, outputTokens: 200, ...some,
  });
}
const dear = model('dear', 1_000_000, 5_000_000);
const cheap = model('cheap', 100_000, 500_000);
function override(some: Partial<ModelOverride>): ModelOverride {
  return { relayId: 'relay', model: null, price: null, multiplierPercent: null, choice: null, tokenRule: null, ...some };
}

describe('cheapestTextModel', () => {
  it('takes the cheapest for this many tokens in and out', () => {
    expect(cheapest([dear, cheap])).toBe('cheap');
    const talker = model('talker', 10_000, 4_000_000);
    expect(cheapest([talker, cheap])).toBe('cheap');
    expect(cheapest([talker, cheap], { inputTokens: 100_000 })).toBe('talker');
  });
  it('counts what a model spends on reasoning', () => {
    const thinker = model('thinker', 90_000, 450_000, { parameters: { ...sample.parameters, reasoningAllowanceTokens: 2000 } });
    expect(cheapest([thinker, cheap])).toBe('cheap');
  });
  it('needs no vision, but JSON and a price', () => {
    expect(cheapest([dear, { ...cheap, vision: false }])).toBe('cheap');
    expect(cheapest([dear, { ...cheap, jsonModes: [] }])).toBe('dear');
    expect(cheapest([dear, { ...cheap, prices: [] }])).toBe('dear');
  });
  it('leaves out what has ended, what is practice, and what the clinic rules out', () => {
    expect(cheapest([dear, { ...cheap, shutdownDate: '2026-11-24' }])).toBe('dear');
    expect(cheapest([dear, { ...cheap, practice: true }])).toBe('dear');
    expect(cheapest([dear, { ...cheap, vision: false }], { overrides: [override({ model: 'cheap', choice: 'deny' })] })).toBe('dear');
    expect(cheapest([dear, cheap], { overrides: [override({ choice: 'deny' })] })).toBeNull();
    expect(cheapest([dear, cheap], { overrides: [override({ relayId: 'another', choice: 'deny' })] })).toBe('cheap');
  });
  it('goes by what the relay offers, in its own words, and by the clinic’s prices', () => {
    expect(cheapest([dear, cheap], { listed: [{ id: 'vendor/dear', shutdownDate: null }] })).toBe('vendor/dear');
    expect(cheapest([dear, cheap], { listed: [{ id: 'unheard-of', shutdownDate: null }] })).toBeNull();
    expect(cheapest([dear, cheap], { listed: [{ id: 'dear', shutdownDate: null }, { id: 'cheap', shutdownDate: '2026-11-01' }] })).toBe('dear');
    const typed = { input: 1, cachedInput: 1, cacheWrite: null, output: 1 };
    expect(cheapest([dear, cheap], { overrides: [override({ model: 'dear', price: typed })] })).toBe('dear');
  });
  it('finds one in the catalogue that ships', () => {
    expect(cheapest(shipped.models)).toBe('gpt-6-luna');
  });
});
