import type { Outcome, Retry } from './outcome.ts';

/** What is left of a request's tries. */
export interface RetryBudget {
  /** After errors and connections that failed before anything was sent. */
  readonly backoff: number;
  /** After outcomes that may have been billed. */
  readonly unknown: number;
  /** After answers that could not be used. */
  readonly semantic: number;
}

/** Whether to try again, after how long, and what is left then. */
export type RetryDecision =
  | { readonly retry: false }
  | { readonly retry: true; readonly waitMs: number; readonly budget: RetryBudget };

const baseMs = 1_000;
const capMs = 30_000;
const shortestRetryAfterMs = 1_000;
const longestRetryAfterMs = 600_000;

/**
 * A fresh budget: two tries after errors, one after an unusable answer, and at most one where it may cost twice.
 *
 * @param unknownRetries - 0 or 1: tries after an outcome that may have been billed.
 */
export function freshRetryBudget(unknownRetries: number): RetryBudget {
  return { backoff: 2, unknown: Math.max(0, Math.min(1, Math.trunc(unknownRetries))), semantic: 1 };
}

/**
 * The one retry policy (facts/relay.md 5.3): full jitter, Retry-After honoured within [1 s, 10 min].
 *
 * @param outcome - What happened.
 * @param budget - What is left.
 * @param retryAfterMs - From readRetryAfter.
 * @param random - Uniform in [0, 1).
 */
export function decideRetry(outcome: Pick<Outcome, 'retry'>, budget: RetryBudget, retryAfterMs: number | null, random: number): RetryDecision {
  const spent = spend(outcome.retry, budget);
  if (spent === null) return { retry: false };
  const tries = 2 - budget.backoff;
  const jitter = random * Math.min(capMs, baseMs * 2 ** tries);
  // A relay's own wish is kept to the full; the jitter on top spreads the stations that were told the same.
  const waitMs = Math.ceil(retryAfterMs === null ? jitter : retryAfterMs + random * baseMs);
  return { retry: true, waitMs, budget: spent };
}

function spend(retry: Retry, budget: RetryBudget): RetryBudget | null {
  switch (retry) {
    case 'backoff': return budget.backoff > 0 ? { ...budget, backoff: budget.backoff - 1 } : null;
    case 'once': return budget.backoff > 0 ? { ...budget, backoff: 0 } : null;
    case 'unknown': return budget.unknown > 0 ? { ...budget, unknown: budget.unknown - 1 } : null;
    case 'semantic': return budget.semantic > 0 ? { ...budget, semantic: budget.semantic - 1 } : null;
    case 'step-down': case 'never': return null;
  }
}

/**
 * Reads how long a relay asks to wait: retry-after-ms, x-ms-retry-after-ms, or retry-after in seconds or as a date.
 *
 * @param headers - Names in lower case.
 * @param nowMs - Wall time, to read a date against.
 * @returns Milliseconds within [1 s, 10 min]; null where there is none, or it is negative, past or absurd (over a day).
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const waitMs = clampWait(plainNumber(headers[name]));
    if (waitMs !== null) return waitMs;
  }
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return null;
  const seconds = plainNumber(value);
  if (seconds !== null) return clampWait(seconds * 1000);
  if (!/[a-z]{3}/i.test(value)) return null;
  return clampWait(Date.parse(value) - nowMs);
}

function plainNumber(value: string | undefined): number | null {
  return value !== undefined && /^\s*-?\d{1,15}(\.\d{1,6})?\s*$/.test(value) ? Number(value) : null;
}

function clampWait(ms: number | null): number | null {
  if (ms === null || !Number.isFinite(ms) || ms < 0 || ms > 86_400_000) return null;
  return Math.min(longestRetryAfterMs, Math.max(shortestRetryAfterMs, ms));
}
