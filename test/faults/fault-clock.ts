import { epochMs } from '../../src-shared/domain/units.ts';
import type { Clock } from '../../src-main/platform/clock.ts';

/** A clock without real time: waits beside a call on the wire last until the fault moves time, all others end at once. */
export interface FaultClock extends Clock {
  /** Moves time and ends the waits that are due by then. */
  advance(ms: number): void;
  /** A call is on the wire until the returned function is called. */
  beginCall(): () => void;
  /** Waits that ended at once, ms: pauses before another try, and for the relay's pace. */
  readonly pauses: readonly number[];
}

/** All prices and models of the catalogue are in force on this day. */
const startMs = Date.UTC(2026, 10, 24, 9);

/**
 * Makes the clock of one fault.
 *
 * @param seed - Of its random numbers; ids are counted.
 * @param onPause - Told of each wait that is about to end at once.
 */
export function faultClock(seed: number, onPause: () => void = () => undefined): FaultClock {
  const pauses: number[] = [];
  const waits = new Set<{ readonly dueMs: number; readonly finish: () => void }>();
  let elapsedMs = 0;
  let calls = 0;
  let ids = 0;
  let draws = 0;
  return {
    pauses,
    now: () => epochMs(startMs + elapsedMs),
    monotonicMs: () => elapsedMs,
    random: () => drawn(seed, draws++),
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    beginCall() {
      calls += 1;
      return () => { calls -= 1; };
    },
    wait(ms, signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      if (calls === 0) {
        pauses.push(ms);
        elapsedMs += ms;
        onPause();
        // The pause may have been cut short just now.
        return Promise.resolve().then(() => { signal?.throwIfAborted(); });
      }
      return new Promise((resolve, reject) => {
        const wait = { dueMs: elapsedMs + ms, finish: () => { waits.delete(wait); resolve(); } };
        waits.add(wait);
        signal?.addEventListener('abort', () => { waits.delete(wait); reject(signal.reason as Error); }, { once: true });
      });
    },
    advance(ms) {
      elapsedMs += ms;
      for (const wait of [...waits].sort((a, b) => a.dueMs - b.dueMs)) if (wait.dueMs <= elapsedMs) wait.finish();
    },
  };
}

/**
 * A number in [0, 1) that is always the same for a seed and an index (splitmix32).
 *
 * @param seed - Any whole number.
 * @param index - From 0.
 */
export function drawn(seed: number, index: number): number {
  let state = (seed + Math.imul(index + 1, 0x9e3779b9)) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}
