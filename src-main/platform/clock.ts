import { randomUUID } from 'node:crypto';
import { epochMs } from '../../src-shared/domain/units.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';

/** The only source of time, waiting, randomness and new ids; tests put their own in its place. */
export interface Clock {
  /** Wall time, UTC. */
  now(): EpochMs;
  /** Milliseconds on a clock that never goes back; only differences mean something. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  /** A new random id. */
  newId(): string;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const timer = setTimeout(finish, ms);
      function finish(): void {
        signal?.removeEventListener('abort', abort);
        resolve();
      }
      function abort(): void {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      }
      signal?.addEventListener('abort', abort, { once: true });
    }),
  random: () => Math.random(),
  newId: () => randomUUID(),
};
