import { describe, expect, it } from 'vitest';
import { createAttemptLedger } from '../../../src-main/ledger/attempt-ledger.ts';
import type { LedgerRules } from '../../../src-main/ledger/attempt-ledger.ts';
import { costOfTotals } from '../../../src-main/ledger/spend.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import type { Clock } from '../../../src-main/platform/clock.ts';
import { endInterrupted, findAttempt, listAttempts, sumMonth } from '../../../src-main/store/attempt-table.ts';
import { findPrice } from '../../../src-main/store/price-table.ts';
import type { PriceRow } from '../../../src-main/store/price-table.ts';
import type { PriceLookup } from '../../../src-main/ledger/price-lookup.ts';
import type { Database } from '../../../src-main/store/open-database.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';
import { freshDatabase } from '../../helpers/fresh-database.ts';

const now = epochMs(Date.parse('2026-11-23T12:00:00Z'));
const clock: Clock = { ...systemClock, now: () => now };
const forecast = { inputTokens: 1_000_000, imageTokens: 900_000, expectedOutputTokens: 100_000, maxOutputTokens: 200_000 };
const usage = { inputTokens: 800_000, cachedInputTokens: 0, outputTokens: 50_000, reasoningTokens: 0, imageTokens: null, source: 'relay' } as const;
const answered = { httpStatus: 200, modelServed: 'luna', usage, responseBody: '{}', outcome: 'ok', billing: 'reported' } as const;

const luna: PriceRow = {
  id: 'luna-1', model: 'luna', inputMicroUsdPerMillion: 100_000, cachedInputMicroUsdPerMillion: 10_000, cacheWriteMicroUsdPerMillion: 100_000,
  outputMicroUsdPerMillion: 500_000, abovePromptTokens: null, peak: false, effectiveFrom: epochMs(0), source: 'test',
};
const prices: PriceLookup = async ({ model, promptTokens, multiplierPercent }) => {
  if (model === 'terra') return { ...luna, id: 'terra-1', model, inputMicroUsdPerMillion: 1_000_000 };
  if (model !== 'luna') return null;
  if (multiplierPercent !== 100) return { ...luna, id: `luna-x${String(multiplierPercent)}`, inputMicroUsdPerMillion: 1000 * multiplierPercent };
  return promptTokens > 1_000_000 ? { ...luna, id: 'luna-long', inputMicroUsdPerMillion: 200_000, abovePromptTokens: 1_000_000 } : luna;
};

async function setUp(rules: LedgerRules = { timeZone: 'UTC', monthlyBudgetMicroUsd: null }) {
  const database = freshDatabase();
  return { database, ledger: createAttemptLedger(database, clock, async () => rules, { note: () => undefined }, () => undefined, prices) };
}

function opening(model = 'luna') {
  return { requestId: null, readingId: null, relayName: 'relay', model, forecast };
}

async function month(database: Database) {
  return costOfTotals(await sumMonth(database, '2026-11'));
}

describe('the attempt ledger', () => {
  it('counts a reserved or sent attempt at its maximum as possible, and nothing as confirmed', async () => {
    const { database, ledger } = await setUp();
    const id = await ledger.reserve(opening());
    expect(await month(database)).toMatchObject({ knownMicroUsd: 0, possibleMicroUsd: 200_000 });
    await ledger.markSent(id);
    expect(await month(database)).toMatchObject({ knownMicroUsd: 0, possibleMicroUsd: 200_000 });
  });

  it('settles with the usage of the relay and the price row in force', async () => {
    const { database, ledger } = await setUp();
    const id = await ledger.reserve(opening());
    await ledger.markSent(id);
    await ledger.settle(id, answered);
    expect(await findAttempt(database, id)).toMatchObject({ state: 'settled', costMicroUsd: 105_000, costSource: 'price-row', priceId: 'luna-1' });
    expect(await month(database)).toMatchObject({ knownMicroUsd: 105_000, possibleMicroUsd: 0 });
  });

  it('charges the model that was served, not the one that was asked for', async () => {
    const { database, ledger } = await setUp();
    const id = await ledger.reserve(opening());
    await ledger.settle(id, { ...answered, modelServed: 'terra' });
    expect(await findAttempt(database, id)).toMatchObject({ modelServed: 'terra', priceId: 'terra-1', costMicroUsd: 825_000 });
  });

  it('keeps the price it booked by, and settles by the tier that the reported prompt falls into', async () => {
    const { database, ledger } = await setUp();
    const short = await ledger.reserve(opening());
    await ledger.settle(short, { ...answered, usage: { ...usage, inputTokens: 1_000_001 } });
    expect(await findAttempt(database, short)).toMatchObject({ priceId: 'luna-long', costMicroUsd: 225_001 });
    expect(await findPrice(database, 'luna-long')).toEqual({ ...luna, id: 'luna-long', inputMicroUsdPerMillion: 200_000, abovePromptTokens: 1_000_000 });
  });

  it('reserves and settles by what the relay takes of the list price', async () => {
    const { database, ledger } = await setUp();
    const id = await ledger.reserve({ ...opening(), priceMultiplierPercent: 150 });
    expect(await month(database)).toMatchObject({ possibleMicroUsd: 250_000 });
    await ledger.settle(id, answered);
    expect(await findAttempt(database, id)).toMatchObject({ priceId: 'luna-x150', costMicroUsd: 145_000 });
  });

  it('books an answer without usage at its forecast and calls it estimated', async () => {
    const { database, ledger } = await setUp();
    const id = await ledger.reserve(opening());
    await ledger.settle(id, { ...answered, usage: null });
    expect(await findAttempt(database, id)).toMatchObject({ state: 'estimated', costSource: 'forecast', costMicroUsd: 150_000, usage: { source: 'forecast' } });
  });

  it('books nothing for what was provably not sent or not billed', async () => {
    const { database, ledger } = await setUp();
    await ledger.voidAttempt(await ledger.reserve(opening()), 'relay-unreachable');
    await ledger.settle(await ledger.reserve(opening()), { ...answered, httpStatus: 429, usage: null, outcome: 'relay-rate-limited', billing: 'not-billed' });
    expect(await month(database)).toMatchObject({ knownMicroUsd: 0, possibleMicroUsd: 0 });
  });

  it('counts an unknown outcome at its maximum as possible', async () => {
    const { database, ledger } = await setUp();
    await ledger.markUnknown(await ledger.reserve(opening()), 'relay-cut-off');
    await ledger.settle(await ledger.reserve(opening()), { ...answered, httpStatus: 504, usage: null, outcome: 'relay-failed', billing: 'possible' });
    expect(await month(database)).toMatchObject({ knownMicroUsd: 0, possibleMicroUsd: 400_000 });
  });

  it('refuses before sending what could pass the budget, counting what is on its way', async () => {
    const { database, ledger } = await setUp({ timeZone: 'UTC', monthlyBudgetMicroUsd: 650_000 });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => ledger.reserve(opening())));
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
    expect(tries.filter((one) => one.status === 'rejected').every((one) => (one.reason as { code: string }).code === 'budget-reached')).toBe(true);
    expect((await month(database)).possibleMicroUsd).toBeLessThanOrEqual(650_000);
  });

  it('knows without trying whether it would refuse again, and no longer when the month or the budget has turned', async () => {
    const database = (await setUp()).database;
    let at = now;
    let monthlyBudgetMicroUsd = 300_000;
    const ledger = createAttemptLedger(database, { ...systemClock, now: () => at }, async () => ({ timeZone: 'UTC', monthlyBudgetMicroUsd }), { note: () => undefined }, () => undefined, prices);
    await ledger.reserve(opening());
    expect(await ledger.wouldRefuse('reading', 'luna')).toBe(false);
    const more = { ...opening(), readingId: 'reading' };
    await expect(ledger.reserve(more)).rejects.toMatchObject({ code: 'budget-reached' });
    expect(await ledger.wouldRefuse(more.readingId, 'luna')).toBe(true);
    expect(await ledger.wouldRefuse(more.readingId, 'terra')).toBe(false);
    monthlyBudgetMicroUsd = 500_000;
    expect(await ledger.wouldRefuse(more.readingId, 'luna')).toBe(false);
    monthlyBudgetMicroUsd = 300_000;
    at = epochMs(Date.parse('2026-12-01T00:00:00Z'));
    expect(await ledger.wouldRefuse(more.readingId, 'luna')).toBe(false);
  });

  it('refuses a model without a price while a budget is set, and books it as unknown without one', async () => {
    const strict = await setUp({ timeZone: 'UTC', monthlyBudgetMicroUsd: 1 });
    await expect(strict.ledger.reserve(opening('mystery'))).rejects.toMatchObject({ code: 'budget-reached' });
    const { database, ledger } = await setUp();
    const id = await ledger.reserve(opening('mystery'));
    await ledger.settle(id, { ...answered, modelServed: null });
    expect(await findAttempt(database, id)).toMatchObject({ costMicroUsd: null, costSource: 'unknown' });
  });

  it('ends what another run left open: reserved was never sent, sent may have been billed', async () => {
    const { database, ledger } = await setUp();
    const reserved = await ledger.reserve(opening());
    const sent = await ledger.reserve(opening());
    await ledger.markSent(sent);
    expect(await endInterrupted(database, now)).toEqual({ void: 1, unknown: 1 });
    expect((await findAttempt(database, reserved)).state).toBe('void');
    expect((await findAttempt(database, sent)).state).toBe('unknown');
    expect(await endInterrupted(database, now)).toEqual({ void: 0, unknown: 0 });
  });

  it('ends as void what was about to be sent when it is known that its first byte never left', async () => {
    const { database, ledger } = await setUp();
    const [left, stayed] = [await ledger.reserve(opening()), await ledger.reserve(opening())];
    await ledger.markSent(left);
    await ledger.markSent(stayed);
    expect(await endInterrupted(database, now, new Set([left]))).toEqual({ void: 1, unknown: 1 });
    expect((await findAttempt(database, left)).state).toBe('unknown');
    expect((await findAttempt(database, stayed)).state).toBe('void');
  });

  it('lists attempts in the order they were written, also when the clock was set back', async () => {
    const { database } = await setUp();
    let at = now;
    const rewound: Clock = { ...systemClock, now: () => at };
    const ledger = createAttemptLedger(database, rewound, async () => ({ timeZone: 'UTC', monthlyBudgetMicroUsd: null }), { note: () => undefined }, () => undefined, prices);
    const first = await ledger.reserve(opening());
    at = epochMs(at - 1000);
    const second = await ledger.reserve(opening());
    expect((await listAttempts(database, { billingMonth: '2026-11' })).map((one) => one.id)).toEqual([first, second]);
  });
});
