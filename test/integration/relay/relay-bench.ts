import { onTestFinished } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { createLadderMemory } from '../../../src-main/relay/ladder-memory.ts';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import { startPracticeRelay } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import type { PracticeRelayOptions } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { createStructureFinder } from '../../../src-main/relay/practice-relay/structure-finder.ts';
import { createRelayTraffic } from '../../../src-main/relay/relay-traffic.ts';
import type { RelayTarget } from '../../../src-main/relay/relay.ts';
import { createRelaySender } from '../../../src-main/relay/sender.ts';
import type { RelaySenderDeps } from '../../../src-main/relay/sender-deps.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import type { Clock } from '../../../src-main/platform/clock.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';
import { memoryAttemptBook } from './memory-attempt-book.ts';

const finder = createStructureFinder();

/** A clock that stands still but for its waits, which end at once, are written down and let their time pass. */
export function hastyClock(): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  const elapsedMs = (): number => waits.reduce((sum, ms) => sum + ms, 0);
  return {
    ...systemClock,
    now: () => epochMs(Date.UTC(2026, 10, 24) + elapsedMs()),
    monotonicMs: elapsedMs,
    random: () => 0.5,
    waits,
    wait(ms, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      waits.push(ms);
      return Promise.resolve();
    },
  };
}

/** A clock whose waits never end unless aborted: deadlines that must not fire. */
export function endlessClock(): Pick<Clock, 'now' | 'wait'> {
  return {
    now: () => systemClock.now(),
    wait: (_ms, signal) => new Promise((_, reject) => {
      signal?.addEventListener('abort', () => { reject(signal.reason as Error); }, { once: true });
    }),
  };
}

/** A practice relay on a real socket with a sender in front of it; closed when the test ends. */
export async function relayBench(options: PracticeRelayOptions = {}, deps: Partial<RelaySenderDeps> & { readonly bookFaults?: Parameters<typeof memoryAttemptBook>[0] } = {}) {
  const relay = await startPracticeRelay({ finder, ...options });
  onTestFinished(() => relay.close());
  const clock = hastyClock();
  const book = memoryAttemptBook(deps.bookFaults);
  const traffic = createRelayTraffic(deps.clock ?? clock, 5);
  const ladders = createLadderMemory();
  const sender = createRelaySender({ clock, book, traffic, ladders, catalogue: shippedCatalogue(), ...deps });
  const transport = createNodeTransport({ clock: endlessClock() });
  const target: RelayTarget = {
    id: 'practice', name: 'practice', baseUrl: relay.baseUrl, key: relay.token, extraHeaders: {}, priceMultiplierPercent: 100, practice: options.models !== 'any', transport,
  };
  return { relay, clock, book, traffic, limiter: traffic.lane(target.id).limiter, ladders, sender, target };
}
