import type { ErrorCode } from './errors.ts';
import type { RequestPurpose } from './request-plan.ts';
import type { EpochMs, MicroUsd } from './units.ts';

/**
 * States of a billable attempt.
 *
 * reserved: row written, nothing sent. sent: written before the first byte leaves. settled: an answer with usage.
 * estimated: an answer without usage, booked at its forecast. void: provably nothing was sent.
 * unknown: it may or may not have been billed; counts at its maximum.
 */
export const attemptStates = ['reserved', 'sent', 'settled', 'estimated', 'void', 'unknown'] as const;

/** State of a billable attempt. */
export type AttemptState = (typeof attemptStates)[number];

/** Tokens as a relay reported them (a claim) or as LungDesk forecast them. Counts are whole numbers >= 0. */
export interface TokenUsage {
  readonly inputTokens: number;
  /** Part of inputTokens read from the provider's cache. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Part of outputTokens spent on reasoning. */
  readonly reasoningTokens: number;
  /** Part of inputTokens that images took, where the relay says so. */
  readonly imageTokens: number | null;
  readonly source: 'relay' | 'forecast';
}

/** Low, expected and high tokens of a request before it is sent. */
export interface TokenForecast {
  readonly inputTokens: number;
  readonly imageTokens: number;
  readonly expectedOutputTokens: number;
  readonly maxOutputTokens: number;
}

/** Where a cost comes from. */
export type CostSource = 'price-row' | 'forecast' | 'free' | 'unknown';

/** One attempt as the ledger holds it. */
export interface AttemptRecord {
  readonly id: string;
  readonly readingId: string | null;
  readonly requestId: string | null;
  readonly relayName: string;
  readonly modelRequested: string;
  readonly modelServed: string | null;
  readonly state: AttemptState;
  readonly reservedAt: EpochMs;
  readonly sentAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  readonly httpStatus: number | null;
  readonly outcome: ErrorCode | 'ok' | null;
  readonly usage: TokenUsage | null;
  readonly costMicroUsd: MicroUsd | null;
  readonly maxCostMicroUsd: MicroUsd;
  readonly costSource: CostSource;
  /** YYYY-MM in the clinic's time zone, fixed when the row was written. */
  readonly billingMonth: string;
}

/** Confirmed spend, and what may be owed on top of it for attempts whose outcome is unknown. */
export interface Cost {
  readonly currency: 'USD';
  readonly knownMicroUsd: MicroUsd;
  readonly possibleMicroUsd: MicroUsd;
}

/** What is about to be sent, as the ledger has to know it before it reserves money for it. */
export interface AttemptOpening {
  readonly requestId: string | null;
  readonly readingId: string | null;
  readonly relayName: string;
  readonly model: string;
  readonly forecast: TokenForecast;
  /** What the request is for; 'probe': a few words that test whether a relay works again; 'report': the sentences of a draft report. */
  readonly purpose?: RequestPurpose | 'probe' | 'report';
  /** What the relay takes of the model's list price, percent; 100 where it is not given. */
  readonly priceMultiplierPercent?: number;
}

/**
 * How a relay bills an answer.
 *
 * reported: usage is given (null usage: booked at its forecast, state 'estimated'). not-billed: an error that providers
 * do not bill. possible: it may have been billed (408, 504, 52x, 200 with an error inside).
 */
export type Billing = 'reported' | 'not-billed' | 'possible';

/** How an answered attempt ended; `outcome` is what the envelope told, before the answer's content was looked at. */
export interface AttemptEnd {
  readonly httpStatus: number;
  readonly modelServed: string | null;
  readonly usage: TokenUsage | null;
  readonly responseBody: string;
  readonly outcome: ErrorCode | 'ok';
  readonly billing: Billing;
}
