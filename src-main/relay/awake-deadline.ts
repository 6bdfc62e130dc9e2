import type { Clock } from '../platform/clock.ts';

/** A timer is late by less than this as long as the machine is awake. */
const latestMs = 30_000;

/**
 * Waits until so much time has passed while the machine was awake: a wait that the machine slept through begins anew.
 *
 * @param clock - Its wall time runs on while the machine sleeps.
 * @param ms - Time to pass.
 * @param signal - Calls the wait off; it rejects then with the signal's reason.
 */
export async function waitAwake(clock: Pick<Clock, 'now' | 'wait'>, ms: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    const began = clock.now();
    await clock.wait(ms, signal);
    if (clock.now() - began < ms + latestMs) return;
  }
}
