import { epochMs } from '../../src-shared/domain/units.ts';
import type { Clock } from '../../src-main/platform/clock.ts';

/** A clock that stands still until the test moves it. */
export interface ManualClock extends Clock {
  /** Moves time and lets every wait that is due end. */
  advance(ms: number): void;
  /** Moves time but wakes nobody, as if the waits were longer. */
  pass(ms: number): void;
}

/**
 * Makes a clock that only moves by hand; ids are counted, random numbers are 0.5.
 *
 * @param startMs - Wall time at the start, epoch ms.
 */
export function manualClock(startMs = Date.UTC(2026, 0, 15, 12)): ManualClock {
  let elapsedMs = 0;
  let ids = 0;
  const waits = new Set<{ readonly dueMs: number; readonly finish: () => void }>();
  return {
    now: () => epochMs(startMs + elapsedMs),
    monotonicMs: () => elapsedMs,
    random: () => 0.5,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    wait: (ms, signal) => new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const wait = { dueMs: elapsedMs + ms, finish: () => { waits.delete(wait); resolve(); } };
      waits.add(wait);
      signal?.addEventListener('abort', () => { waits.delete(wait); reject(signal.reason as Error); }, { once: true });
    }),
    advance(ms) {
      elapsedMs += ms;
      for (const wait of [...waits].sort((a, b) => a.dueMs - b.dueMs)) if (wait.dueMs <= elapsedMs) wait.finish();
    },
    pass(ms) { elapsedMs += ms; },
  };
}
