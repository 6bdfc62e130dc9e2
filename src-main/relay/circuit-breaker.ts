import type { ErrorCode } from '../../src-shared/domain/errors.ts';

/**
 * Whether requests to one model of one relay make sense.
 *
 * closed: they go. open: they failed too often; none goes before `untilMs`. half-open: one cheap test request is on its way.
 */
export type BreakerState =
  | {
    readonly kind: 'closed';
    /** Whether each of the latest requests failed, oldest first, ten at most. */
    readonly failures: readonly boolean[];
    /** Refusals of the key or for want of money in a row. */
    readonly refusals: number;
  }
  | { readonly kind: 'open'; readonly untilMs: number; readonly openMs: number }
  | { readonly kind: 'half-open'; readonly openMs: number };

/** What happened to a request; `other` says nothing about the relay's health. */
export type RequestHealth = 'good' | 'failed' | 'refused' | 'other';

/** What a breaker reacts to. */
export type BreakerEvent = RequestHealth | 'probe-began' | 'probe-good' | 'probe-failed' | 'probe-undecided';

const remembered = 10;
const failuresToOpen = 5;
const refusalsToOpen = 3;
const firstOpenMs = 30_000;
const longestOpenMs = 300_000;

/** A breaker that has seen nothing yet. */
export function closedBreaker(): BreakerState {
  return { kind: 'closed', failures: [], refusals: 0 };
}

/**
 * What a request may do now: send, test first whether the relay works again, wait for the test that is under way, or not go.
 *
 * @param state - Of the breaker.
 * @param nowMs - Monotonic.
 */
export function breakerAdvice(state: BreakerState, nowMs: number): 'send' | 'probe' | 'wait' | 'refuse' {
  switch (state.kind) {
    case 'closed': return 'send';
    case 'half-open': return 'wait';
    case 'open': return nowMs >= state.untilMs ? 'probe' : 'refuse';
  }
}

/**
 * The breaker's next state (facts/relay.md 5.3): opens at 5 failures among the last 10 or 3 refusals in a row; half-open
 * after 30 s, doubling up to 5 min. Events that cannot happen in a state (late answers of requests from before) change nothing.
 *
 * @param state - Before.
 * @param event - What happened.
 * @param nowMs - Monotonic.
 */
export function nextBreakerState(state: BreakerState, event: BreakerEvent, nowMs: number): BreakerState {
  switch (state.kind) {
    case 'closed': return afterRequest(state, event, nowMs);
    case 'open': return event === 'probe-began' && nowMs >= state.untilMs ? { kind: 'half-open', openMs: state.openMs } : state;
    case 'half-open': return afterProbe(state, event, nowMs);
  }
}

function afterRequest(state: Extract<BreakerState, { kind: 'closed' }>, event: BreakerEvent, nowMs: number): BreakerState {
  if (event !== 'good' && event !== 'failed' && event !== 'refused') return state;
  const failures = [...state.failures, event !== 'good'].slice(-remembered);
  const refusals = event === 'refused' ? state.refusals + 1 : 0;
  const opens = failures.filter(Boolean).length >= failuresToOpen || refusals >= refusalsToOpen;
  return opens ? { kind: 'open', untilMs: nowMs + firstOpenMs, openMs: firstOpenMs } : { kind: 'closed', failures, refusals };
}

function afterProbe(state: Extract<BreakerState, { kind: 'half-open' }>, event: BreakerEvent, nowMs: number): BreakerState {
  switch (event) {
    case 'probe-good': return closedBreaker();
    case 'probe-failed': {
      const openMs = Math.min(longestOpenMs, 2 * state.openMs);
      return { kind: 'open', untilMs: nowMs + openMs, openMs };
    }
    // Called off before it told anything: the next one may try at once.
    case 'probe-undecided': return { kind: 'open', untilMs: nowMs, openMs: state.openMs };
    default: return state;
  }
}

/**
 * What an outcome says about the relay's health.
 *
 * Connections that never stood say nothing here: the free look at the model list finds out when they do again. Neither does
 * a rate limit (the limiter and the pacer deal with it) nor a request that is at fault itself.
 *
 * @param code - Of the outcome; null for an answer that could be used.
 */
export function healthOf(code: ErrorCode | null): RequestHealth {
  switch (code) {
    case null:
    case 'answer-empty': case 'answer-invalid': case 'answer-not-json': case 'answer-truncated': case 'answer-refused': case 'answer-blind':
      return 'good';
    case 'relay-failed': case 'relay-timeout': case 'relay-cut-off': case 'relay-answer-too-large':
      return 'failed';
    case 'relay-unauthorised': case 'relay-payment':
      return 'refused';
    default:
      return 'other';
  }
}
