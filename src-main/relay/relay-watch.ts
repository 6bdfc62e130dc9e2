import type { RelayCheck } from '../../src-shared/domain/views.ts';
import type { Clock } from '../platform/clock.ts';

/** What the watch needs. */
export interface RelayWatchParts {
  readonly clock: Pick<Clock, 'wait'>;
  /** Asks a relay for its model list; null when there is no such relay any more. May reject: then nothing was learnt. */
  readonly look: (relayId: string, signal: AbortSignal) => Promise<RelayCheck['state'] | null>;
  /** A relay that was away answers again. */
  readonly onBack: (relayId: string) => void;
}

/** Looks after relays that could not be reached until they answer again; the relay's own answer is the truth. */
export interface RelayWatch {
  /** A relay could not be reached; it is looked for from now on. Calling it again changes nothing. */
  lost(relayId: string): void;
  /** Somebody else has seen what the relay answers. */
  seen(relayId: string, state: RelayCheck['state']): void;
  isLost(relayId: string): boolean;
  /** Looks for all lost relays at once: the machine woke up, or a person wants to know. */
  lookNow(): void;
  /** Looks for nothing any more. */
  stop(): void;
}

interface Lost {
  readonly ended: AbortController;
  /** Cuts the wait short. */
  hurry: AbortController;
}

const firstWaitMs = 15_000;
const longestWaitMs = 300_000;

/**
 * Makes a watch: it looks again after 15 s, then after twice as long each time, up to 5 min.
 *
 * @param parts - See RelayWatchParts.
 */
export function createRelayWatch(parts: RelayWatchParts): RelayWatch {
  const lost = new Map<string, Lost>();
  let isStopped = false;

  function found(relayId: string): void {
    const entry = lost.get(relayId);
    if (entry === undefined) return;
    lost.delete(relayId);
    entry.ended.abort();
    parts.onBack(relayId);
  }
  async function lookFor(relayId: string, entry: Lost): Promise<void> {
    const { signal } = entry.ended;
    let waitMs = firstWaitMs;
    for (;;) {
      const { hurry } = entry;
      // It rejects when the wait is cut short; the signals tell by whom.
      await parts.clock.wait(waitMs, AbortSignal.any([signal, hurry.signal])).catch(() => undefined);
      if (signal.aborted) return;
      if (hurry.signal.aborted) entry.hurry = new AbortController();
      waitMs = hurry.signal.aborted ? firstWaitMs : Math.min(longestWaitMs, 2 * waitMs);
      // A look that failed by itself (locked keychain) has learnt nothing; the next one may.
      const state = await parts.look(relayId, signal).catch(() => 'unreachable' as const);
      // It may have been found, or forgotten, while it was looked for.
      if (lost.get(relayId) !== entry) return;
      if (state === null) lost.delete(relayId);
      else if (isAnswer(state)) found(relayId);
      if (!lost.has(relayId)) return;
    }
  }
  return {
    lost(relayId) {
      if (isStopped || lost.has(relayId)) return;
      const entry = { ended: new AbortController(), hurry: new AbortController() };
      lost.set(relayId, entry);
      void lookFor(relayId, entry);
    },
    seen(relayId, state) {
      if (isAnswer(state)) found(relayId);
    },
    isLost: (relayId) => lost.has(relayId),
    lookNow() {
      for (const { hurry } of lost.values()) hurry.abort();
    },
    stop() {
      isStopped = true;
      for (const { ended } of lost.values()) ended.abort();
      lost.clear();
    },
  };
}

/** A relay that refuses the key is there: what it needs is a person, not the network. */
function isAnswer(state: RelayCheck['state']): boolean {
  return state === 'ok' || state === 'practice' || state === 'unauthorised';
}
