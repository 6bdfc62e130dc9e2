import type { Clock } from '../platform/clock.ts';
import { breakerAdvice, closedBreaker, nextBreakerState } from './circuit-breaker.ts';
import type { BreakerState, RequestHealth } from './circuit-breaker.ts';

/** What a test request told; undecided: it was called off, or nothing could be sent. */
export type ProbeResult = 'good' | 'failed' | 'undecided';

/** A circuit breaker at work: requests pass it one by one. */
export interface BreakerGate {
  /**
   * Whether a request may go now. Where a test is due the caller's own is run first; others wait for its result.
   *
   * @param probe - Sends one cheap test request.
   */
  admit(probe: () => Promise<ProbeResult>): Promise<boolean>;
  /** What became of a request that was admitted. */
  note(health: RequestHealth): void;
  /** Forgets everything: the key, the address or the account behind it changed. */
  reset(): void;
  readonly state: BreakerState;
}

/**
 * Makes a gate that is closed like a circuit: everything passes.
 *
 * @param clock - For the time that has passed.
 */
export function createBreakerGate(clock: Pick<Clock, 'monotonicMs'>): BreakerGate {
  let state = closedBreaker();
  let probing: Promise<void> | null = null;

  function step(event: Parameters<typeof nextBreakerState>[1]): void {
    state = nextBreakerState(state, event, clock.monotonicMs());
  }
  async function run(probe: () => Promise<ProbeResult>): Promise<void> {
    step('probe-began');
    let result: ProbeResult = 'undecided';
    try {
      result = await probe();
    } finally {
      probing = null;
      step(`probe-${result}`);
    }
  }
  return {
    async admit(probe) {
      for (;;) {
        const advice = breakerAdvice(state, clock.monotonicMs());
        if (advice === 'send') return true;
        if (advice === 'refuse') return false;
        if (probing === null) {
          probing = run(probe);
          await probing;
          return state.kind === 'closed';
        }
        await probing;
      }
    },
    note: step,
    reset() {
      state = closedBreaker();
    },
    get state() { return state; },
  };
}
