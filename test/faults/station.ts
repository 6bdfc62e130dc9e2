import { readFileSync } from 'node:fs';
import { createAttemptLedger } from '../../src-main/ledger/attempt-ledger.ts';
import type { AttemptLedger } from '../../src-main/ledger/attempt-ledger.ts';
import { openOutbox, readOutbox } from '../../src-main/platform/outbox.ts';
import type { ReadingDesk } from '../../src-main/reading/reading-desk.ts';
import { shippedProfiles } from '../../src-main/reading/reading-profiles.ts';
import { shippedCatalogue } from '../../src-main/relay/catalogue.ts';
import { waysFor } from '../../src-main/relay/fallback.ts';
import { createLadderMemory } from '../../src-main/relay/ladder-memory.ts';
import { createNodeTransport } from '../../src-main/relay/node-transport.ts';
import type { NodeTransportOptions } from '../../src-main/relay/node-transport.ts';
import { createRelayTraffic } from '../../src-main/relay/relay-traffic.ts';
import { createRelaySender } from '../../src-main/relay/sender.ts';
import type { RelayTarget } from '../../src-main/relay/tile-request.ts';
import type { RelayTransport } from '../../src-main/relay/transport.ts';
import { endInterrupted } from '../../src-main/store/attempt-table.ts';
import { openDatabase } from '../../src-main/store/open-database.ts';
import { createPictureStore } from '../../src-main/store/picture-store.ts';
import { readSettings } from '../../src-main/store/setting-table.ts';
import { createPriceLookup } from '../../src-main/workstation/catalogue-prices.ts';
import { createRelayWays } from '../../src-main/workstation/relay-ways.ts';
import type { FaultClock } from './fault-clock.ts';
import { model } from './planned-exam.ts';

/** One run of LungDesk, from its start to its end or its crash, as far as sending goes. */
export interface Station {
  readonly desk: ReadingDesk;
  /** The machine slept and has woken up. */
  readonly wakeUp: () => void;
  /** What a process that ends lets go of. */
  readonly close: () => Promise<void>;
}

/** With what a run of LungDesk begins. */
export interface StationOptions {
  /** Data of the run before. */
  readonly database: string;
  readonly outbox: string;
  readonly pictures: string;
  readonly baseUrl: string;
  readonly key: string;
  readonly clock: FaultClock;
  readonly transport: Omit<NodeTransportOptions, 'clock'>;
  readonly monthlyBudgetMicroUsd: number | null;
  readonly aroundTransport?: (inner: RelayTransport) => RelayTransport;
  readonly aroundLedger?: (inner: AttemptLedger) => AttemptLedger;
}

/** Name of the one relay, in the settings and in the ledger. */
const relayId = 'clinic-relay';
/** The machine is not restarted between two runs. */
const bootId = 'one-boot';

/** Starts LungDesk's reading, sending and booking on a data folder; everything that matters is real. */
export async function openStation(options: StationOptions): Promise<Station> {
  const { clock } = options;
  const database = openDatabase({ path: options.database, key: null });
  await endInterrupted(database, clock.now(), readOutbox(options.outbox, bootId));
  const outbox = openOutbox(options.outbox, bootId);
  const catalogue = shippedCatalogue();
  const traffic = createRelayTraffic(clock, 5);
  const rules = { timeZone: 'UTC', monthlyBudgetMicroUsd: options.monthlyBudgetMicroUsd };
  const ledger = createAttemptLedger(database, clock, async () => rules, outbox, () => undefined, createPriceLookup(async () => catalogue));
  const book = options.aroundLedger?.(ledger) ?? ledger;
  const node = createNodeTransport({ clock, ...options.transport });
  const onTheWire: RelayTransport = {
    async send(call) {
      const endCall = clock.beginCall();
      return node.send(call).finally(endCall);
    },
  };
  const target: RelayTarget = {
    id: relayId, name: relayId, baseUrl: new URL(options.baseUrl), key: options.key, extraHeaders: {}, priceMultiplierPercent: 100, practice: false,
    transport: options.aroundTransport?.(onTheWire) ?? onTheWire,
  };
  const ways = createRelayWays({
    clock, catalogue, traffic,
    watch: { lost: () => undefined, seen: () => undefined, isLost: () => false, lookNow: () => undefined, stop: () => undefined },
    placeOf: async () => ({ kind: 'ready', target, confirmed: true }),
    look: () => Promise.reject(new Error('nobody looks for a relay here')),
    isProven: async () => true,
  });
  const desk = {
    database, clock, catalogue,
    profiles: shippedProfiles(),
    pictures: createPictureStore(options.pictures),
    sender: createRelaySender({ clock, book, traffic, ladders: createLadderMemory(), catalogue }),
    settings: () => readSettings(database),
    planningFor: async () => null,
    chooseRelay: (reading) => ways.among(reading, waysFor(model, [relayId], [])),
    giveUp: (readingId, way, stop) => { ways.giveUp(readingId, way.target, way.model, stop); },
    bookOwed: () => ledger.bookOwed(),
    changed: () => undefined,
  } satisfies Partial<ReadingDesk>;
  return {
    // What prepares exams is never reached: the reading is planned.
    desk: desk as unknown as ReadingDesk,
    wakeUp() {
      traffic.resumed();
      void node.dropConnections?.();
    },
    async close() {
      await node.dropConnections?.();
      outbox.close();
      await database.destroy();
    },
  };
}

/**
 * Whether any of some files holds a text.
 *
 * @param paths - Those that exist are looked into.
 * @param text - In ASCII.
 */
export function isInFiles(paths: readonly string[], text: string): boolean {
  return paths.some((path) => readFileSync(path).includes(text));
}
