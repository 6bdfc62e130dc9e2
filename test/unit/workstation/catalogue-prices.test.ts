import { describe, expect, it } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { createPriceLookup } from '../../../src-main/workstation/catalogue-prices.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';

const sunday = epochMs(Date.UTC(2026, 10, 22, 7));
const monday = epochMs(Date.UTC(2026, 10, 23, 7));
const typed = { input: 1, cachedInput: 2, cacheWrite: 3, output: 4 };
const catalogue = shippedCatalogue([{ relayId: 'second', model: 'gpt-4.1', price: typed, multiplierPercent: null, choice: null, tokenRule: null }]);
const priceOf = createPriceLookup(async (relayName) => (relayName === 'Second relay' ? catalogue.forRelay('second') : catalogue));
const question = { relayName: 'relay', model: 'deepseek-flash', at: sunday, promptTokens: 0, multiplierPercent: 100 };

describe('createPriceLookup', () => {
  it('gives the catalogue’s price as a row of the ledger, under the catalogue’s name for the model', async () => {
    expect(await priceOf({ ...question, model: 'openai/gpt-4.1-2025-04-14' })).toEqual({
      id: 'catalogue:2026-11-23:gpt-4.1:2025-04-14', model: 'gpt-4.1', inputMicroUsdPerMillion: 2_000_000, cachedInputMicroUsdPerMillion: 500_000,
      cacheWriteMicroUsdPerMillion: 2_000_000, outputMicroUsdPerMillion: 8_000_000, abovePromptTokens: null, peak: false, effectiveFrom: Date.UTC(2025, 3, 14),
      source: 'pi-ai 1.5.2, llm-prices 723ef0b, genai-prices 47df840 and models.dev f3fc692 agree',
    });
  });
  it('tells tiers, peak hours, what a relay takes and what the clinic typed apart', async () => {
    const ids = [
      question, { ...question, at: monday }, { ...question, multiplierPercent: 120 }, { ...question, model: 'gpt-6-luna', promptTokens: 272_001 },
      { ...question, model: 'gpt-4.1', relayName: 'Second relay', multiplierPercent: 120 },
    ].map(async (one) => (await priceOf(one))?.id);
    expect(await Promise.all(ids)).toEqual([
      'catalogue:2026-11-23:deepseek-flash:2026-09-10', 'catalogue:2026-11-23:deepseek-flash:2026-09-10:peak', 'catalogue:2026-11-23:deepseek-flash:2026-09-10:x120',
      'catalogue:2026-11-23:gpt-6-luna:2026-11-10:above-272000', 'clinic:gpt-4.1:1:2:3:4',
    ]);
  });
  it('is unknown where nobody knows', async () => {
    expect(await priceOf({ ...question, model: 'llava' })).toBeNull();
  });
});
