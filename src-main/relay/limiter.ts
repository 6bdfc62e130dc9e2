import type { Clock } from '../platform/clock.ts';

/** Gives a slot back; calling it again does nothing. */
export type ReleaseSlot = () => void;

/** One limit on requests in flight to a relay for the whole program, first come first served. */
export interface Limiter {
  /** Waits for a slot; rejects with the signal's reason when aborted before it got one. */
  acquire(signal?: AbortSignal): Promise<ReleaseSlot>;
  /** Sets the most that the limit may grow to, 1..8; requests in flight are left alone. */
  resize(most: number): void;
  /** The relay asked to slow down: halves the limit, once per hold-off. */
  slowDown(): void;
  /** A clean answer: after as many of them as the limit, the limit grows by one, up to its most. */
  recover(): void;
  readonly inFlight: number;
  readonly limit: number;
}

interface Waiter {
  readonly admit: (release: ReleaseSlot) => void;
}

const holdOffMs = 5_000;
/** Nobody knows yet what the relay can take. */
const startLimit = 2;

/**
 * Makes a limiter with additive increase and multiplicative decrease (facts/relay.md 5.3): it starts with two.
 *
 * @param clock - For the hold-off between two cuts.
 * @param mostInFlight - Most requests in flight, 1..8.
 */
export function createLimiter(clock: Pick<Clock, 'monotonicMs'>, mostInFlight: number): Limiter {
  let most = clampSize(mostInFlight);
  let limit = Math.min(startLimit, most);
  let inFlight = 0;
  let cleanAnswers = 0;
  let lastCutMs = Number.NEGATIVE_INFINITY;
  const waiters: Waiter[] = [];

  function takeSlot(): ReleaseSlot {
    inFlight += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      inFlight -= 1;
      admitWaiting();
    };
  }
  function admitWaiting(): void {
    while (inFlight < limit) {
      const next = waiters.shift();
      if (next === undefined) return;
      next.admit(takeSlot());
    }
  }
  function acquire(signal?: AbortSignal): Promise<ReleaseSlot> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const waiter: Waiter = {
        admit: (release) => {
          signal?.removeEventListener('abort', leave);
          resolve(release);
        },
      };
      function leave(): void {
        const place = waiters.indexOf(waiter);
        if (place !== -1) waiters.splice(place, 1);
        reject(signal?.reason as Error);
      }
      signal?.addEventListener('abort', leave, { once: true });
      waiters.push(waiter);
      admitWaiting();
    });
  }
  return {
    acquire,
    resize(newMost) {
      most = clampSize(newMost);
      limit = Math.min(limit, most);
    },
    slowDown() {
      cleanAnswers = 0;
      const now = clock.monotonicMs();
      if (now - lastCutMs < holdOffMs) return;
      lastCutMs = now;
      limit = Math.max(1, Math.floor(limit / 2));
    },
    recover() {
      cleanAnswers += 1;
      if (cleanAnswers < limit || limit >= most) return;
      cleanAnswers = 0;
      limit += 1;
      admitWaiting();
    },
    get inFlight() { return inFlight; },
    get limit() { return limit; },
  };
}

function clampSize(size: number): number {
  return Math.min(8, Math.max(1, Math.trunc(size)));
}
