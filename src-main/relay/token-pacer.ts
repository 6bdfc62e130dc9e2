import type { Clock } from '../platform/clock.ts';
import type { RateLimits, RateWindow } from './rate-limit-headers.ts';

/** Paces the requests to one model of one relay by what the relay says of its limits. */
export interface TokenPacer {
  /**
   * How long a request has to wait before it may leave, ms; 0: it may leave now.
   *
   * @param tokens - Most that the request can take, its output limit included: that is what limits count.
   */
  waitMs(tokens: number): number;
  /** A request leaves. The returned function is called once when it has come to its end. */
  depart(tokens: number): () => void;
  /** What an answer said of the limits; windows it does not name stay as they are. */
  note(limits: RateLimits): void;
  /** The relay asked everybody to wait. */
  pause(ms: number): void;
}

interface OpenWindow {
  readonly limit: number | null;
  readonly untilMs: number;
  left: number;
}

/**
 * Makes a pacer that knows of no limit yet; what a relay said holds until the moment at which, it said, all is there again.
 *
 * @param clock - For the time that has passed.
 */
export function createTokenPacer(clock: Pick<Clock, 'monotonicMs'>): TokenPacer {
  let requests: OpenWindow | null = null;
  let tokens: OpenWindow | null = null;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let tokensOnTheirWay = 0;

  function opened({ limit, remaining, resetMs }: RateWindow, onTheirWay: number): OpenWindow {
    // What is on its way may not be counted yet: better twice than not at all.
    return { limit, left: remaining - onTheirWay, untilMs: clock.monotonicMs() + resetMs };
  }
  function waitFor(window: OpenWindow | null, amount: number, now: number): number {
    if (window === null || window.untilMs <= now) return 0;
    // More than the whole limit never fits; it leaves when all of it is there.
    return window.left < Math.min(amount, window.limit ?? amount) ? window.untilMs - now : 0;
  }
  return {
    waitMs(amount) {
      const now = clock.monotonicMs();
      return Math.max(0, pausedUntilMs - now, waitFor(requests, 1, now), waitFor(tokens, amount, now));
    },
    depart(amount) {
      tokensOnTheirWay += amount;
      if (requests !== null) requests.left -= 1;
      if (tokens !== null) tokens.left -= amount;
      let isOnItsWay = true;
      return () => {
        if (isOnItsWay) tokensOnTheirWay -= amount;
        isOnItsWay = false;
      };
    },
    note(limits) {
      if (limits.requests !== null) requests = opened(limits.requests, 0);
      if (limits.tokens !== null) tokens = opened(limits.tokens, tokensOnTheirWay);
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, clock.monotonicMs() + ms);
    },
  };
}
