import type { CostSource, TokenForecast, TokenUsage } from '../../src-shared/domain/attempt.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import type { MicroUsd } from '../../src-shared/domain/units.ts';
import type { Clock } from '../platform/clock.ts';
import { findAttempt, insertReserved, updateAttempt } from '../store/attempt-table.ts';
import { translate } from '../store/open-database.ts';
import type { Database } from '../store/open-database.ts';
import { findPrice } from '../store/price-table.ts';
import { billingDay } from './billing-calendar.ts';
import { costOf, highestCost } from './cost.ts';

/** What the ledger needs to know about the clinic's rules at the moment of booking. */
export interface LedgerRules {
  readonly timeZone: string;
  readonly monthlyBudgetMicroUsd: number | null;
}

/** How an answered attempt ended. */
export interface AttemptEnd {
  readonly httpStatus: number;
  readonly modelServed: string | null;
  readonly usage: TokenUsage | null;
  readonly responseBody: string;
  readonly outcome: ErrorCode | 'ok';
  readonly billing: 'reported' | 'not-billed' | 'possible';
}

/** The ledger's side of every billable attempt: a durable row before, the truth after, nothing ever changed once ended. */
export interface AttemptLedger {
  reserve(attempt: {
    readonly requestId: string | null;
    readonly readingId: string | null;
    readonly relayName: string;
    readonly model: string;
    readonly forecast: TokenForecast;
  }): Promise<string>;
  markSent(attemptId: string): Promise<void>;
  settle(attemptId: string, end: AttemptEnd): Promise<void>;
  voidAttempt(attemptId: string, outcome: ErrorCode): Promise<void>;
  markUnknown(attemptId: string, outcome: ErrorCode): Promise<void>;
}

/**
 * Opens the ledger over the database.
 *
 * @param rules - Read at each booking, so that a changed budget counts at once.
 * @param onChange - Called after each row written, with the reading it belongs to.
 */
export function createAttemptLedger(
  database: Database,
  clock: Clock,
  rules: () => Promise<LedgerRules>,
  onChange: (readingId: string | null) => void,
): AttemptLedger {
  const forecasts = new Map<string, TokenForecast>();
  const readings = new Map<string, string | null>();

  async function guarded<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (thrown) {
      throw translate(thrown);
    }
  }

  function ended(attemptId: string): void {
    forecasts.delete(attemptId);
    onChange(readings.get(attemptId) ?? null);
    readings.delete(attemptId);
  }

  return {
    reserve: ({ requestId, readingId, relayName, model, forecast }) =>
      guarded(async () => {
        const now = clock.now();
        const { timeZone, monthlyBudgetMicroUsd } = await rules();
        const price = await findPrice(database, model, now);
        if (price === null && monthlyBudgetMicroUsd !== null) {
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
        if (!reserved) throw new AppError('budget-reached', 'the request could take the month’s spend past its budget');
        forecasts.set(id, forecast);
        readings.set(id, readingId);
        onChange(readingId);
        return id;
      }),

    markSent: (attemptId) => guarded(() => updateAttempt(database, attemptId, { state: 'sent', sent_at: clock.now() })),

    settle: (attemptId, end) =>
      guarded(async () => {
        const common = {
          ended_at: clock.now(),
          http_status: end.httpStatus,
          model_served: end.modelServed,
          outcome: end.outcome,
          response_body: end.responseBody,
        };
        if (end.billing === 'possible') await updateAttempt(database, attemptId, { ...common, state: 'unknown' });
        else if (end.billing === 'not-billed') {
          await updateAttempt(database, attemptId, { ...common, state: 'settled', cost_micro_usd: 0, cost_source: 'free' });
        } else {
          await updateAttempt(database, attemptId, { ...common, ...(await booking(attemptId, end)) });
        }
        ended(attemptId);
      }),

    voidAttempt: (attemptId, outcome) =>
      guarded(async () => {
        await updateAttempt(database, attemptId, { state: 'void', ended_at: clock.now(), outcome, cost_micro_usd: 0, cost_source: 'free' });
        ended(attemptId);
      }),

    markUnknown: (attemptId, outcome) =>
      guarded(async () => {
        await updateAttempt(database, attemptId, { state: 'unknown', ended_at: clock.now(), outcome });
        ended(attemptId);
      }),
  };

  /** Tokens and cost of an answered attempt: by the price of the model that was served, at the time it was reserved. */
  async function booking(attemptId: string, end: AttemptEnd): Promise<object> {
    const attempt = await findAttempt(database, attemptId);
    const forecast = forecasts.get(attemptId);
    const usage: TokenUsage | null =
      end.usage ??
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
    const served = end.modelServed ?? attempt.modelRequested;
    const price =
      (await findPrice(database, served, attempt.reservedAt)) ?? (await findPrice(database, attempt.modelRequested, attempt.reservedAt));
    let cost: MicroUsd | null = null;
    let costSource: CostSource = 'unknown';
    if (usage !== null && price !== null) {
      cost = costOf(usage, price);
      costSource = usage.source === 'relay' ? 'price-row' : 'forecast';
    }
    return {
      state: end.usage === null ? 'estimated' : 'settled',
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
