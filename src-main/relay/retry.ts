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
    case 'step-down': case 'split': case 'never': return null;
  }
}
