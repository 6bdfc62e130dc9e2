import type { RelaySenderDeps } from './sender-deps.ts';

/** A signal that lasts as long as one call. */
export interface Drain {
  readonly signal: AbortSignal;
  /** The call is over. */
  end(): void;
}

const defaultDrainMs = 30_000;

/**
 * Turns a cancel into what the money allows: at once before the first byte, after a last wait for the answer behind it.
 *
 * @param deps - Clock, and how long the last wait is.
 * @param signal - Of the person who cancels.
 * @param isSent - Whether anything may have left.
 */
export function createDrain(deps: Pick<RelaySenderDeps, 'clock' | 'drainMs'>, signal: AbortSignal | undefined, isSent: () => boolean): Drain {
  const abort = new AbortController();
  const ended = new AbortController();
  function cancel(): void {
    if (!isSent()) {
      abort.abort();
      return;
    }
    deps.clock.wait(deps.drainMs ?? defaultDrainMs, ended.signal).then(() => { abort.abort(); }, () => undefined);
  }
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  return {
    signal: abort.signal,
    end() {
      signal?.removeEventListener('abort', cancel);
      ended.abort();
    },
  };
}
