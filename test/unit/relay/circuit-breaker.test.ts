import { describe, expect, it } from 'vitest';
import { breakerAdvice, closedBreaker, healthOf, nextBreakerState } from '../../../src-main/relay/circuit-breaker.ts';
import type { BreakerEvent, BreakerState } from '../../../src-main/relay/circuit-breaker.ts';
import { errorCodes } from '../../../src-shared/domain/errors.ts';

function after(events: readonly BreakerEvent[], nowMs = 0): BreakerState {
  return events.reduce((state, event) => nextBreakerState(state, event, nowMs), closedBreaker());
}
const times = (event: BreakerEvent, count: number): readonly BreakerEvent[] => Array.from({ length: count }, () => event);

describe('nextBreakerState', () => {
  it.each([
    ['four failures', times('failed', 4), 'closed'], ['five failures', times('failed', 5), 'open'],
    ['five of ten', [...times('good', 5), ...times('failed', 5)], 'open'],
    ['five of the last ten, the first one older', ['failed', ...times('good', 6), ...times('failed', 4)], 'closed'],
    ['five of exactly ten, spread', ['failed', 'good', 'failed', 'good', 'failed', 'good', 'failed', 'good', 'good', 'failed'], 'open'],
    ['two refusals', times('refused', 2), 'closed'], ['three refusals', times('refused', 3), 'open'], ['three refusals, not in a row', ['refused', 'refused', 'good', 'refused'], 'closed'],
    ['what says nothing', times('other', 50), 'closed'],
  ] as const)('after %s is %s', (_, events, kind) => {
    expect(after(events).kind).toBe(kind);
  });

  it('half-opens after 30 s, then twice as long each time, up to 5 min', () => {
    let now = 1000;
    let state = after(times('failed', 5), now);
    for (const seconds of [30, 60, 120, 240, 300, 300]) {
      expect(breakerAdvice(state, now + seconds * 1000 - 1)).toBe('refuse');
      now += seconds * 1000;
      expect(breakerAdvice(state, now)).toBe('probe');
      state = nextBreakerState(state, 'probe-began', now);
      expect([state.kind, breakerAdvice(state, now)]).toEqual(['half-open', 'wait']);
      state = nextBreakerState(state, 'probe-failed', now);
    }
    state = nextBreakerState(state, 'probe-began', now + 300_000);
    expect(nextBreakerState(state, 'probe-good', now)).toEqual(closedBreaker());
  });

  it('tries again at once after a test that was called off, with the same patience', () => {
    const open = after(times('failed', 5));
    const undecided = nextBreakerState(nextBreakerState(open, 'probe-began', 30_000), 'probe-undecided', 31_000);
    expect(undecided).toEqual({ kind: 'open', untilMs: 31_000, openMs: 30_000 });
  });

  it.each([
    ['open', after(times('failed', 5)), ['good', 'failed', 'refused', 'other', 'probe-good', 'probe-failed', 'probe-undecided', 'probe-began']],
    ['half-open', nextBreakerState(after(times('failed', 5)), 'probe-began', 30_000), ['good', 'failed', 'refused', 'other', 'probe-began']],
    ['closed', closedBreaker(), ['probe-began', 'probe-good', 'probe-failed', 'probe-undecided', 'other']],
  ] as const)('ignores late news when %s', (_, state, events) => {
    for (const event of events) expect(nextBreakerState(state, event, 10)).toBe(state);
  });
});

describe('healthOf', () => {
  it('sorts every code', () => {
    const sorted = Map.groupBy(errorCodes, healthOf);
    expect(healthOf(null)).toBe('good');
    expect(sorted.get('good')).toEqual(['answer-not-json', 'answer-truncated', 'answer-empty', 'answer-invalid', 'answer-refused', 'answer-blind']);
    expect(sorted.get('failed')).toEqual(['relay-failed', 'relay-timeout', 'relay-cut-off', 'relay-answer-too-large']);
    expect(sorted.get('refused')).toEqual(['relay-unauthorised', 'relay-payment']);
  });
});
