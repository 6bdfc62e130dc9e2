import type { Clock } from '../platform/clock.ts';

/** How many requests of the whole program may be tries again: a relay in trouble is not made to carry several times the load. */
export interface RetryAllowance {
  /** A request goes out. */
  noteRequest(): void;
  /** Takes one retry from what is left; false when nothing is. */
  take(): boolean;
}

const windowMs = 300_000;
const share = 0.1;
/** A quiet station may always try again this often. */
const floor = 20;

/**
 * Makes an allowance: in any five minutes retries are at most a tenth of the requests, or twenty (facts/relay.md 5.3).
 *
 * @param clock - For the window.
 */
export function createRetryAllowance(clock: Pick<Clock, 'monotonicMs'>): RetryAllowance {
  let requests: number[] = [];
  let retries: number[] = [];
  function recent(times: readonly number[]): number[] {
    const since = clock.monotonicMs() - windowMs;
    return times.filter((time) => time > since);
  }
  return {
    noteRequest() {
      requests = [...recent(requests), clock.monotonicMs()];
    },
    take() {
      requests = recent(requests);
      retries = recent(retries);
      if (retries.length >= Math.max(floor, share * requests.length)) return false;
      retries.push(clock.monotonicMs());
      return true;
    },
  };
}
