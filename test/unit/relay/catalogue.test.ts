import { describe, expect, it } from 'vitest';
import shippedFile from '../../../assets/model-catalogue.json' with { type: 'json' };
import { createCatalogue, shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { parseModelCatalogue } from '../../../src-main/relay/model-catalogue.ts';
import type { ModelOverride } from '../../../src-shared/domain/model-overrides.ts';

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

describe('replacement', () => {
  it.each([
    ['gpt-4.1', false, 'gpt-6-luna'],
    ['claude-sonnet-4.5', false, 'claude-sonnet-5.5'],
    ['gemini-2.5-flash', false, 'gemini-3.5-flash-lite'],
    ['deepseek-v3.2', false, 'deepseek-flash'],
    ['deepseek-ai/deepseek-v4-pro', false, 'deepseek-flash'],
    // Nothing follows it: the default; and the other default for the default itself.
    ['claude-haiku-4.5', false, 'gpt-6-luna'],
    ['gpt-6-luna', false, 'gpt-6.1-sol'],
    ['some-local-model', false, 'gpt-6-luna'],
    ['gpt-4.1', true, 'practice-vision'],
  ] as const)('is for %s, practice %s: %s', (id, practice, expected) => {
    expect(catalogue.replacement(id, today, practice)).toBe(expected);
  });

  it('follows a chain past successors that have ended themselves or see nothing, and does not go round in circles', () => {
    const file = parseModelCatalogue(shippedFile);
    const chained = { 'gpt-4.1': 'claude-sonnet-4.5', 'claude-sonnet-4.5': 'deepseek-v3.2', 'deepseek-v3.2': 'gemini-4-argon', 'gemini-4-argon': 'gpt-4.1' } as Record<string, string>;
    const models = file.models.map((model) => ({ ...model, successor: chained[model.id] ?? model.successor }));
    const after = Date.UTC(2027, 0, 14);
    expect(createCatalogue({ ...file, models }).replacement('gpt-4.1', after, false)).toBe('gemini-4-argon');
    const ended = models.map((model) => (model.id === 'gemini-4-argon' ? { ...model, shutdownDate: '2027-01-01' } : model));
    expect(createCatalogue({ ...file, models: ended }).replacement('gpt-4.1', after, false)).toBe('gpt-6-luna');
  });
});

describe('endsSoon', () => {
  it.each([
    ['gpt-4.1', Date.UTC(2026, 11, 14, 23, 59), null],
    ['gpt-4.1', Date.UTC(2026, 11, 15), { endsOn: '2027-01-14', daysLeft: 30, successor: 'gpt-6-luna' }],
    ['openai/gpt-4.1-2025-04-14', Date.UTC(2027, 0, 13, 23, 59), { endsOn: '2027-01-14', daysLeft: 1, successor: 'gpt-6-luna' }],
    ['gpt-4.1', Date.UTC(2027, 0, 14), null],
    ['gemini-2.5-flash', today, { endsOn: '2026-12-01', daysLeft: 8, successor: 'gemini-3.5-flash-lite' }],
    ['claude-sonnet-4.5', today, { endsOn: '2026-11-30', daysLeft: 7, successor: 'claude-sonnet-5.5' }],
    ['gpt-6-luna', today, null],
    ['some-local-model', today, null],
  ] as const)('says of %s at %i: %o', (id, now, expected) => {
    expect(catalogue.endsSoon(id, now)).toEqual(expected);
  });
});

describe('priceAt', () => {
  const weekend = Date.UTC(2026, 10, 22, 2);
  it('gives micro-USD per million tokens', () => {
    expect(catalogue.priceAt('openai/gpt-4.1', today, 0)).toMatchObject({ input: 2_000_000, cachedInput: 500_000, cacheWrite: 2_000_000, output: 8_000_000 });
  });
  it('is zero on the practice relay and unknown for an unknown model and for one that is known for its rules only', () => {
    expect(catalogue.priceAt('practice-vision', today, 0)).toMatchObject({ input: 0, output: 0 });
    expect(catalogue.priceAt('some-local-model', today, 0)).toBeNull();
    expect(catalogue.priceAt('gpt-4o', today, 0)).toBeNull();
  });
  it.each([
    ['gpt-6-luna', 272_000, 100_000, 10_000, 125_000, 500_000], ['gpt-6-luna', 272_001, 200_000, 20_000, 250_000, 750_000],
    ['gpt-5.6-luna', 272_001, 400_000, 40_000, 500_000, 1_800_000],
    ['claude-haiku-5.5', 100_000, 100_000, 10_000, 125_000, 500_000], ['claude-haiku-5.5', 100_001, 500_000, 50_000, 625_000, 2_500_000],
    ['claude-sonnet-4.5', 0, 3_000_000, 300_000, 3_750_000, 15_000_000],
  ])('is for %s and a prompt of %i tokens: %i, %i, %i, %i', (id, promptTokens, input, cachedInput, cacheWrite, output) => {
    expect(catalogue.priceAt(id, weekend, promptTokens)).toMatchObject({ input, cachedInput, cacheWrite, output });
  });
  it.each([
    [Date.UTC(2026, 10, 23, 0, 59, 59), false], [Date.UTC(2026, 10, 23, 1), true], [Date.UTC(2026, 10, 23, 3, 59, 59), true], [Date.UTC(2026, 10, 23, 4), false],
    [Date.UTC(2026, 10, 23, 5, 59), false], [Date.UTC(2026, 10, 23, 6), true], [Date.UTC(2026, 10, 23, 9, 59), true], [Date.UTC(2026, 10, 23, 10), false],
    [Date.UTC(2026, 10, 27, 7), true], [Date.UTC(2026, 10, 28, 7), false], [Date.UTC(2026, 10, 22, 7), false],
  ])('doubles for deepseek-flash Monday to Friday 01-04 and 06-10 UTC: at %i %s', (now, peak) => {
    const price = { input: 150_000, cachedInput: 3_000, output: 600_000 };
    const doubled = { input: 300_000, cachedInput: 6_000, output: 1_200_000 };
    expect(catalogue.priceAt('deepseek-flash', now, 0)).toMatchObject({ ...(peak ? doubled : price), peak });
  });
  it('is that of the model that silently answers once a model has ended', () => {
    const before = catalogue.priceAt('gemini-2.5-flash', Date.UTC(2026, 10, 30, 23), 0);
    const after = catalogue.priceAt('gemini-2.5-flash', Date.UTC(2026, 11, 1), 0);
    expect([before?.id, after?.id]).toEqual(['catalogue:2026-11-23:gemini-2.5-flash:2025-06-17', 'catalogue:2026-11-23:gemini-3.5-flash-lite:2026-11-10']);
  });
  it('has an id of its own for each row, tier and hour, and for what a relay takes of it', () => {
    const ids = [
      catalogue.priceAt('gpt-6-luna', today, 0), catalogue.priceAt('gpt-6-luna', today, 300_000), catalogue.priceAt('deepseek-flash', weekend, 0),
      catalogue.priceAt('deepseek-flash', Date.UTC(2026, 10, 23, 7), 0), catalogue.priceAt('gpt-6-luna', today, 0, 150),
    ].map((price) => price?.id);
    expect(ids).toEqual([
      'catalogue:2026-11-23:gpt-6-luna:2026-11-10', 'catalogue:2026-11-23:gpt-6-luna:2026-11-10:above-272000', 'catalogue:2026-11-23:deepseek-flash:2026-09-10',
      'catalogue:2026-11-23:deepseek-flash:2026-09-10:peak', 'catalogue:2026-11-23:gpt-6-luna:2026-11-10:x150',
    ]);
  });
});

describe('forRelay', () => {
  const none = { price: null, multiplierPercent: null, choice: null, tokenRule: null };
  const override = (change: Partial<ModelOverride>): ModelOverride => ({ relayId: 'first', model: 'gpt-6-luna', ...none, ...change });
  const ours = (...overrides: readonly ModelOverride[]) => shippedCatalogue(overrides).forRelay('first');
  const typed = { input: 70_000, cachedInput: 7_000, cacheWrite: null, output: 300_000 };

  it('takes a typed price as it is, whatever the relay takes otherwise, and for a model nobody else knows too', () => {
    expect(ours(override({ price: typed, multiplierPercent: 300 })).priceAt('openai/gpt-6-luna', today, 0, 200)).toMatchObject({ input: 70_000, cacheWrite: 70_000, output: 300_000, source: 'set by the clinic' });
    expect(ours(override({ model: 'LLaVA', price: { ...typed, input: 0 } })).priceAt('llava', today, 0)).toMatchObject({ input: 0, output: 300_000 });
  });
  it('never gives one id to two typed prices', () => {
    const [one, other] = [typed, { ...typed, output: 1 }].map((price) => ours(override({ price })).priceAt('gpt-6-luna', today, 0)?.id);
    expect(one).not.toBe(other);
  });
  it('multiplies the list price, the model’s own factor before the relay’s, each bucket rounded up', () => {
    expect(ours().priceAt('deepseek-flash', Date.UTC(2026, 10, 22), 0, 33)).toMatchObject({ input: 49_500, cachedInput: 990, output: 198_000 });
    expect(ours(override({ multiplierPercent: 15 })).priceAt('gpt-6-luna', today, 0, 200)).toMatchObject({ input: 15_000, cachedInput: 1_500, output: 75_000 });
    expect(ours(override({ model: null, multiplierPercent: 50 }), override({ multiplierPercent: 15 })).priceAt('gpt-6.1-sol', today, 0)).toMatchObject({ input: 1_000_000 });
  });
  it('refuses what the clinic rules out, all models of a relay but those it allows, and nothing on other relays', () => {
    const one = ours(override({ choice: 'deny' }));
    expect([one.refusal('gpt-6-luna', today, false), one.refusal('gpt-6.1-sol', today, false), one.replacement('gpt-6-luna', today, false)]).toEqual(['model-denied', null, 'gpt-6.1-sol']);
    const but = ours(override({ choice: 'allow' }), override({ model: null, choice: 'deny' }));
    expect([but.refusal('gpt-6-luna', today, false), but.refusal('claude-haiku-5.5', today, false), but.refusal('llava', today, false)]).toEqual([null, 'model-denied', 'model-denied']);
    expect(but.modelViews(today, false).find((model) => model.id === 'claude-haiku-5.5')).toMatchObject({ notSelectableReason: 'model-denied', chooseInstead: 'gpt-6-luna' });
    expect(shippedCatalogue([override({ model: null, choice: 'deny' })]).forRelay('second').refusal('gpt-6-luna', today, false)).toBeNull();
    expect(shippedCatalogue([override({ choice: 'deny' })]).refusal('gpt-6-luna', today, false)).toBeNull();
  });
  it('does not let an allowed model see what it cannot see, or live on', () => {
    const allowing = ours(override({ model: 'deepseek-v3.2', choice: 'allow' }), override({ model: 'gpt-4.1-nano', choice: 'allow' }));
    expect([allowing.refusal('deepseek-v3.2', today, false), allowing.refusal('gpt-4.1-nano', today, false)]).toEqual(['model-without-vision', 'model-retired']);
  });
  it('counts pictures by the token rule that the clinic chose, and leaves one that is gone alone', () => {
    expect(ours(override({ model: 'llava', tokenRule: 'qwen-28' })).modelOrUnknown('llava').tokenRule).toMatchObject({ family: 'qwen', side: 28 });
    expect(ours(override({ tokenRule: 'tiles-85-170' })).findModel('gpt-6-luna')?.tokenRule).toMatchObject({ family: 'tiles' });
    expect(ours(override({ tokenRule: 'constructor' })).findModel('gpt-6-luna')?.tokenRule).toMatchObject({ family: 'patches' });
  });
  it('believes the earlier of two shutdown dates', () => {
    const listed = shippedCatalogue().forRelay('first', [
      { id: 'openai/gpt-6-luna', shutdownDate: '2026-12-03' }, { id: 'gpt-4.1', shutdownDate: '2027-06-01' }, { id: 'llava', shutdownDate: '2026-11-23' },
    ]);
    expect(listed.endsSoon('gpt-6-luna', today)).toEqual({ endsOn: '2026-12-03', daysLeft: 10, successor: 'gpt-6.1-sol' });
    expect(listed.findModel('gpt-4.1')?.shutdownDate).toBe('2027-01-14');
    expect([listed.refusal('llava', today, false), listed.refusal('llava', today - 86_400_000, false)]).toEqual(['model-retired', null]);
  });
});

describe('the shipped file', () => {
  const file = parseModelCatalogue(shippedFile);
  it('names only models that it has as defaults, successors and stand-ins, and no model twice', () => {
    const ids = file.models.map((model) => model.id);
    expect(new Set(ids).size).toBe(ids.length);
    const named = [...Object.values(file.defaults.relay), ...Object.values(file.defaults.practice), ...file.models.flatMap((model) => [model.successor, model.retiredSilentlyTo])];
    expect(named.filter((id) => id !== null && !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => catalogue.findModel(id)?.id !== id)).toEqual([]);
  });
  it('uses every token rule it has, orders prices by day and tiers by length, and shows a price for every model it lists for pictures', () => {
    expect(Object.values(file.tokenRules).filter((rule) => !file.models.some((model) => model.tokenRule === rule))).toEqual([]);
    for (const { prices } of file.models) {
      const days = prices.map((price) => price.effectiveFrom);
      expect(days).toEqual([...days].sort());
      for (const { tiers } of prices) expect(tiers.map((tier) => tier.abovePromptTokens)).toEqual(tiers.map((tier) => tier.abovePromptTokens).sort((a, b) => a - b));
    }
    expect(file.models.filter((model) => model.listed && model.vision && model.prices.length === 0)).toEqual([]);
  });
  it.each([
    ['gpt-4.1', '2027-01-14', true], ['claude-sonnet-4.5', '2026-11-30', true], ['gemini-2.5-flash', '2026-12-01', true], ['deepseek-v3.2', '2026-07-24', false],
    ['gpt-4.1-nano', '2026-10-23', true], ['gpt-4.1-mini', '2027-01-14', true], ['deepseek-chat', '2026-07-24', false],
  ])('knows when %s ends: %s', (id, shutdownDate, vision) => {
    expect(catalogue.findModel(id)).toMatchObject({ shutdownDate, vision });
  });
  it('refuses a file that names a rule it does not have, or whose fields are not known', () => {
    const [first, ...rest] = shippedFile.models;
    expect(() => parseModelCatalogue({ ...shippedFile, models: [{ ...first, tokenRule: 'none' }, ...rest] })).toThrow(RangeError);
    expect(() => parseModelCatalogue({ ...shippedFile, models: [{ ...first, color: 'red' }, ...rest] })).toThrow();
    expect(() => parseModelCatalogue({ ...shippedFile, schema: 'lungdesk.model-catalogue/1' })).toThrow();
  });
});

describe('modelViews', () => {
  it('shows relay models or practice models, never both, with the reason why one cannot be chosen', () => {
    const relay = catalogue.modelViews(today, false);
    expect(relay.some((model) => model.practice)).toBe(false);
    expect(relay.find((model) => model.id === 'deepseek-v3.2')).toMatchObject({ vision: false, retired: true, notSelectableReason: 'model-without-vision', successor: 'deepseek-flash', chooseInstead: 'deepseek-flash' });
    expect(relay.find((model) => model.id === 'gpt-6-luna')).toMatchObject({ notSelectableReason: null, chooseInstead: null, endsSoon: null });
    expect(relay.some((model) => model.id === 'gpt-4o')).toBe(false);
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
