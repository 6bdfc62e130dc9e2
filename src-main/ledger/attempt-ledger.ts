import type { AttemptEnd, AttemptOpening, CostSource, TokenForecast, TokenUsage } from '../../src-shared/domain/attempt.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import type { MicroUsd } from '../../src-shared/domain/units.ts';
import type { Clock } from '../platform/clock.ts';
import type { Outbox } from '../platform/outbox.ts';
import { findAttempt, insertReserved, sumMonth, updateAttempt } from '../store/attempt-table.ts';
import { translate } from '../store/open-database.ts';
import type { Database } from '../store/open-database.ts';
import { insertPrice } from '../store/price-table.ts';
import type { PriceRow } from '../store/price-table.ts';
import { billingDay, billingMonth } from './billing-calendar.ts';
import { costOf, highestCost } from './cost.ts';
import type { PriceLookup } from './price-lookup.ts';

/** What the ledger needs to know about the clinic's rules at the moment of booking. */
export interface LedgerRules {
  readonly timeZone: string;
  readonly monthlyBudgetMicroUsd: number | null;
}

/** The ledger's side of every billable attempt: a durable row before, the truth after, nothing ever changed once ended. */
export interface AttemptLedger {
  reserve(attempt: AttemptOpening): Promise<string>;
  markSent(attemptId: string): Promise<void>;
  noteFirstByte(attemptId: string): void;
  settle(attemptId: string, end: AttemptEnd): Promise<void>;
  voidAttempt(attemptId: string, outcome: ErrorCode): Promise<void>;
  markUnknown(attemptId: string, outcome: ErrorCode): Promise<void>;
  /**
   * Books how attempts ended for which there was no room when they did; until then they count at their maximum.
   *
   * @throws {AppError} database-full while there still is none.
   */
  bookOwed(): Promise<void>;
  /** Whether the month's budget would refuse again what it refused this reading and model last. */
  wouldRefuse(readingId: string, model: string): Promise<boolean>;
}

/**
 * Opens the ledger over the database.
 *
 * @param rules - Read at each booking, so that a changed budget counts at once.
 * @param outbox - Notes the moment of each first byte.
 * @param onChange - Called after each row written, with the reading it belongs to.
 * @param priceOf - Price of a request; those that attempts are booked by are kept with them.
 */
export function createAttemptLedger(
  database: Database,
  clock: Clock,
  rules: () => Promise<LedgerRules>,
  outbox: Pick<Outbox, 'note'>,
  onChange: (readingId: string | null) => void,
  priceOf: PriceLookup,
): AttemptLedger {
  const open = new Map<string, { readonly forecast: TokenForecast; readonly multiplierPercent: number }>();
  const readings = new Map<string, string | null>();
  const owed = new Map<string, () => Promise<void>>();
  const refused = new Map<string | null, { readonly model: string; readonly maxCost: number }>();

  async function guarded<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (thrown) {
      throw translate(thrown);
    }
  }

  /** Writes how an attempt ended; what there is no room for is kept, so that neither answer nor cost is lost. */
  async function end(attemptId: string, write: () => Promise<void>): Promise<void> {
    try {
      await guarded(write);
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.retryable) owed.set(attemptId, write);
      throw thrown;
    }
    owed.delete(attemptId);
    open.delete(attemptId);
    onChange(readings.get(attemptId) ?? null);
    readings.delete(attemptId);
  }

  return {
    reserve: ({ requestId, readingId, relayName, model, forecast, priceMultiplierPercent: multiplierPercent = 100 }) =>
      guarded(async () => {
        const now = clock.now();
        const { timeZone, monthlyBudgetMicroUsd } = await rules();
        const price = await keptPrice({ relayName, model, at: now, promptTokens: forecast.inputTokens, multiplierPercent });
        if (price === null && monthlyBudgetMicroUsd !== null) {
          refused.set(readingId, { model, maxCost: Number.POSITIVE_INFINITY });
          throw new AppError('budget-reached', 'the model has no known price, so the month’s budget could not be kept');
        }
        const maxCost = price === null ? microUsd(0) : highestCost(forecast, price);
        const id = clock.newId();
        const day = billingDay(now, timeZone);
        const reserved = await insertReserved(
          database,
          {
            id,
            reading_id: readingId,
            request_id: requestId,
            relay_name: relayName,
            model_requested: model,
            state: 'reserved',
            reserved_at: now,
            price_id: price?.id ?? null,
            max_cost_micro_usd: maxCost,
            cost_source: price === null ? 'unknown' : 'forecast',
            billing_month: day.slice(0, 7),
            billing_day: day,
          },
          monthlyBudgetMicroUsd,
        );
        if (!reserved) {
          refused.set(readingId, { model, maxCost });
          throw new AppError('budget-reached', 'the request could take the month’s spend past its budget');
        }
        refused.delete(readingId);
        open.set(id, { forecast, multiplierPercent });
        readings.set(id, readingId);
        onChange(readingId);
        return id;
      }),

    markSent: (attemptId) => guarded(() => updateAttempt(database, attemptId, { state: 'sent', sent_at: clock.now() })),

    noteFirstByte: (attemptId) => outbox.note(attemptId),

    settle(attemptId, answer) {
      const common = {
        ended_at: clock.now(),
        http_status: answer.httpStatus,
        model_served: answer.modelServed,
        outcome: answer.outcome,
        response_body: answer.responseBody,
      };
      return end(attemptId, async () => {
        if (answer.billing === 'possible') await updateAttempt(database, attemptId, { ...common, state: 'unknown' });
        else if (answer.billing === 'not-billed') {
          await updateAttempt(database, attemptId, { ...common, state: 'settled', cost_micro_usd: 0, cost_source: 'free' });
        } else {
          await updateAttempt(database, attemptId, { ...common, ...(await booking(attemptId, answer)) });
        }
      });
    },

    voidAttempt(attemptId, outcome) {
      const change = { state: 'void', ended_at: clock.now(), outcome, cost_micro_usd: 0, cost_source: 'free' } as const;
      return end(attemptId, () => updateAttempt(database, attemptId, change));
    },

    markUnknown(attemptId, outcome) {
      const change = { state: 'unknown', ended_at: clock.now(), outcome } as const;
      return end(attemptId, () => updateAttempt(database, attemptId, change));
    },

    async bookOwed() {
      for (const [attemptId, write] of [...owed]) await end(attemptId, write);
    },

    async wouldRefuse(readingId, model) {
      const last = refused.get(readingId);
      const { timeZone, monthlyBudgetMicroUsd } = await rules();
      if (last?.model !== model || monthlyBudgetMicroUsd === null) return false;
      const { knownMicroUsd, possibleMicroUsd } = await sumMonth(database, billingMonth(clock.now(), timeZone));
      return knownMicroUsd + possibleMicroUsd + last.maxCost > monthlyBudgetMicroUsd;
    },
  };

  async function keptPrice(question: Parameters<PriceLookup>[0]): Promise<PriceRow | null> {
    const price = await priceOf(question);
    if (price !== null) await insertPrice(database, price);
    return price;
  }

  /** Tokens and cost of an answered attempt: by the price of the model that was served, at the time it was reserved. */
  async function booking(attemptId: string, answer: AttemptEnd): Promise<object> {
    const attempt = await findAttempt(database, attemptId);
    const { forecast, multiplierPercent = 100 } = open.get(attemptId) ?? {};
    const usage: TokenUsage | null =
      answer.usage ??
      (forecast === undefined
        ? null
        : {
            inputTokens: forecast.inputTokens,
            cachedInputTokens: 0,
            outputTokens: forecast.expectedOutputTokens,
            reasoningTokens: 0,
            imageTokens: forecast.imageTokens,
            source: 'forecast',
          });
    const served = answer.modelServed ?? attempt.modelRequested;
    const question = { relayName: attempt.relayName, at: attempt.reservedAt, promptTokens: usage?.inputTokens ?? 0, multiplierPercent };
    const price = (await keptPrice({ ...question, model: served })) ?? (await keptPrice({ ...question, model: attempt.modelRequested }));
    let cost: MicroUsd | null = null;
    let costSource: CostSource = 'unknown';
    if (usage !== null && price !== null) {
      cost = costOf(usage, price);
      costSource = usage.source === 'relay' ? 'price-row' : 'forecast';
    }
    return {
      state: answer.usage === null ? 'estimated' : 'settled',
      input_tokens: usage?.inputTokens ?? null,
      cached_input_tokens: usage?.cachedInputTokens ?? null,
      output_tokens: usage?.outputTokens ?? null,
      reasoning_tokens: usage?.reasoningTokens ?? null,
      image_tokens: usage?.imageTokens ?? null,
      usage_source: usage?.source ?? null,
      price_id: price?.id ?? null,
      cost_micro_usd: cost,
      cost_source: costSource,
    };
  }
}
