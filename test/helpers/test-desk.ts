import { join } from 'node:path';
import type SqliteDatabase from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { findCandidates } from '../../src-main/workers/find-candidates.ts';
import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../src-main/imaging/volume/ct-volume.ts';
import type { ImagingPool } from '../../src-main/workers/imaging-pool.ts';
import { createImagingPool } from '../../src-main/workers/imaging-pool.ts';
import { createVolumeStore } from '../../src-main/workers/volume-store.ts';
import { collectFolder } from '../../src-main/intake/collect-folder.ts';
import { createAttemptLedger } from '../../src-main/ledger/attempt-ledger.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import type { Clock } from '../../src-main/platform/clock.ts';
import { createMemorySecretStore } from '../../src-main/platform/memory-secret-store.ts';
import { createRelayKeys } from '../../src-main/platform/relay-keys.ts';
import { createPreparingProgress } from '../../src-main/reading/preparing-progress.ts';
import { admitStudy } from '../../src-main/reading/admit-study.ts';
import type { ReadingDesk } from '../../src-main/reading/reading-desk.ts';
import { shippedProfiles } from '../../src-main/reading/reading-profiles.ts';
import { createReadingQueue } from '../../src-main/reading/reading-queue.ts';
import type { ReadingQueue } from '../../src-main/reading/reading-queue.ts';
import { shippedCatalogue } from '../../src-main/relay/catalogue.ts';
import { createPriceLookup } from '../../src-main/workstation/catalogue-prices.ts';
import { createLadderMemory } from '../../src-main/relay/ladder-memory.ts';
import { createRelayTraffic } from '../../src-main/relay/relay-traffic.ts';
import { createNodeTransport } from '../../src-main/relay/node-transport.ts';
import type { PracticeRelay } from '../../src-main/relay/practice-relay/practice-relay.ts';
import { createRelaySender } from '../../src-main/relay/sender.ts';
import { hasAnswers } from '../../src-main/store/attempt-table.ts';
import { connect, queriesOver } from '../../src-main/store/open-database.ts';
import type { Database } from '../../src-main/store/open-database.ts';
import { createPictureStore } from '../../src-main/store/picture-store.ts';
import { readSettings, writeSettings } from '../../src-main/store/setting-table.ts';
import { createPlanningDesk } from '../../src-main/workstation/planning-desk.ts';
import { createRelayDesk } from '../../src-main/workstation/relay-desk.ts';
import type { ReadingPlan } from '../../src-shared/domain/reading.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import { temporaryFolder } from './fresh-database.ts';

/** The reading room with everything real below it, and its parts in the test's hands. */
export interface TestDesk {
  readonly connection: SqliteDatabase.Database;
  readonly database: Database;
  readonly desk: ReadingDesk;
  readonly queue: ReadingQueue;
  /** Faults that readings ended with and that could not be stored. */
  readonly faults: unknown[];
  /** Takes in the exam of a folder. */
  readonly admit: (folder: string, plan?: ReadingPlan) => Promise<string>;
}

/** How a test desk differs from the real thing. */
export interface TestDeskOptions {
  readonly relay: PracticeRelay;
  readonly settings?: Partial<Settings>;
  readonly clock?: Clock;
  /** Database of an earlier desk, as after a crash. */
  readonly after?: TestDesk;
  readonly change?: (desk: ReadingDesk) => Partial<ReadingDesk>;
}

/** Opens a reading room over a database and a relay; everything is closed with the test. */
export async function testDesk(options: TestDeskOptions): Promise<TestDesk> {
  const { relay, after, clock = systemClock } = options;
  const connection = after?.connection ?? connect({ path: join(temporaryFolder(), 'lungdesk.sqlite'), key: null });
  const database = after?.database ?? queriesOver(connection);
  await writeSettings(database, { readingMode: 'slices', imagesPerRequest: 1, requestsInFlight: 1, standardModel: 'some-vision-model', ...options.settings });
  const settings = (): Promise<Settings> => readSettings(database);
  const pool = createImagingPool();
  const catalogue = shippedCatalogue();
  const profiles = shippedProfiles();
  const traffic = createRelayTraffic(clock, 8);
  // Its deadlines are the machine's, whatever clock the rest goes by.
  const transport = createNodeTransport({ clock: systemClock });
  const ledger = createAttemptLedger(database, clock, async () => ({ timeZone: 'UTC', monthlyBudgetMicroUsd: (await settings()).monthlyBudgetMicroUsd }), { note: () => undefined }, () => undefined, createPriceLookup(async () => catalogue));
  const relays = createRelayDesk({
    clock, catalogue, traffic, settings, transport, loopbackTransport: transport,
    keys: createRelayKeys({ secretStore: createMemorySecretStore(), markerPath: join(temporaryFolder(), 'keys.json'), clock }),
    override: { baseUrl: relay.baseUrl.href, key: relay.token },
    isProven: () => Promise.resolve(true),
    onBack: () => { queue.wake(); },
  });
  const isAnswered = (readingId: string): Promise<boolean> => hasAnswers(database, readingId);
  const plain: ReadingDesk = {
    database,
    clock,
    pool,
    volumes: createVolumeStore({ pool }),
    progress: createPreparingProgress(),
    searches: createPreparingProgress(),
    findCandidates,
    pictures: after?.desk.pictures ?? createPictureStore(join(temporaryFolder(), 'pictures')),
    sender: createRelaySender({ clock, book: ledger, traffic, ladders: createLadderMemory(), catalogue, drainMs: 0 }),
    catalogue,
    profiles,
    settings,
    planningFor: createPlanningDesk({ database, clock, catalogue, profiles, settings, hasAnswers: isAnswered, relays }),
    chooseRelay: async (reading) => relays.choose(reading, await isAnswered(reading.id)),
    giveUp: (readingId, way, stop) => { relays.giveUp(readingId, way.target, way.model, stop); },
    bookOwed: () => ledger.bookOwed(),
    changed: () => undefined,
  };
  const desk = { ...plain, ...options.change?.(plain) };
  const faults: unknown[] = [];
  const queue = createReadingQueue(desk, (_, thrown) => faults.push(thrown));
  onTestFinished(async () => {
    await queue.stop();
    await relays.close();
    await pool.close();
    if (after === undefined) await database.destroy();
  });
  return {
    connection,
    database,
    desk,
    queue,
    faults,
    async admit(folder, plan = 'relay') {
      const [study] = await collectFolder(folder, (path) => pool.run('inspect', path), clock);
      if (study === undefined) throw new Error('the folder holds no exam');
      const arrival = { readingId: clock.newId(), study, asked: true, practiceCounts: true, highPriority: false, model: null, plan, mode: (await settings()).readingMode, attribution: null, receivedAt: clock.now() };
      return admitStudy(database, clock, arrival);
    },
  };
}

/** An outline of the lungs that is told instead of found; everything else of the imaging is real. */
export function outlinedAs(outline: (volume: CtVolume) => LungMask): (desk: ReadingDesk) => Partial<ReadingDesk> {
  return ({ pool }) => ({
    pool: {
      run: (async (name, input, signal) => (name === 'outline-lungs' ? outline(input as CtVolume) : pool.run(name, input, signal))) as ImagingPool['run'],
    },
  });
}

/** An outline to tell: lungs, with no more in it than a reading looks at. */
export function toldMask(volume: CtVolume, change: Partial<LungMask> = {}): LungMask {
  return {
    kind: 'lungs', reason: null, notes: [], columns: 1, rows: 1, slices: 1, step: [volume.columns, volume.rows, volume.slices.length],
    labels: new Uint8Array(new SharedArrayBuffer(1)), rightMm3: 2_600_000, leftMm3: 2_400_000, extent: [0, volume.slices.length - 1], ...change,
  };
}

/**
 * A model whose pictures hold one tile of a synthetic exam each. With `imagesPerRequest: n + 2` a request then asks about n slices
 * and its two controls: so many requests as a test needs, without so many slices.
 */
export function tileAPicture(desk: ReadingDesk): Partial<ReadingDesk> {
  return {
    async planningFor(reading, reader) {
      const choice = await desk.planningFor(reading, reader);
      // A tile of 64 x 64 pixels with its strip takes 3 x 4 patches, two of them 3 x 6.
      return choice === null ? null : { ...choice, model: { ...choice.model, limits: { ...choice.model.limits, maxPatches: 12 } } };
    },
  };
}

/** Leaves no room in the database, as a full disk does. */
export function fillDisk(connection: SqliteDatabase.Database): void {
  connection.pragma('max_page_count=1');
  for (let row = 0; ; row += 1) {
    try {
      connection.prepare('INSERT INTO setting VALUES (?, ?)').run(`filler ${String(row)}`, `"${'x'.repeat(300)}"`);
    } catch {
      return;
    }
  }
}

/** Makes room again. */
export function freeDisk(connection: SqliteDatabase.Database): void {
  connection.pragma('max_page_count=1000000');
}
