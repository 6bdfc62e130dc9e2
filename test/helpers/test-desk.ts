import { join } from 'node:path';
import type SqliteDatabase from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { createImagingPool } from '../../src-main/workers/imaging-pool.ts';
import { createVolumeStore } from '../../src-main/workers/volume-store.ts';
import { collectFolder } from '../../src-main/intake/collect-folder.ts';
import { createAttemptLedger } from '../../src-main/ledger/attempt-ledger.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import type { Clock } from '../../src-main/platform/clock.ts';
import { createPreparingProgress } from '../../src-main/reading/preparing-progress.ts';
import { admitStudy } from '../../src-main/reading/admit-study.ts';
import type { ReadingDesk } from '../../src-main/reading/reading-desk.ts';
import { createReadingQueue } from '../../src-main/reading/reading-queue.ts';
import type { ReadingQueue } from '../../src-main/reading/reading-queue.ts';
import { shippedCatalogue } from '../../src-main/relay/catalogue.ts';
import { createLadderMemory } from '../../src-main/relay/ladder-memory.ts';
import { createLimiter } from '../../src-main/relay/limiter.ts';
import { createNodeTransport } from '../../src-main/relay/node-transport.ts';
import type { PracticeRelay } from '../../src-main/relay/practice-relay/practice-relay.ts';
import { createRelaySender } from '../../src-main/relay/sender.ts';
import { connect, queriesOver } from '../../src-main/store/open-database.ts';
import type { Database } from '../../src-main/store/open-database.ts';
import { createPictureStore } from '../../src-main/store/picture-store.ts';
import { readSettings, writeSettings } from '../../src-main/store/setting-table.ts';
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
  readonly admit: (folder: string) => Promise<string>;
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
  await writeSettings(database, { imagesPerRequest: 1, requestsInFlight: 1, ...options.settings });
  const pool = createImagingPool();
  const catalogue = shippedCatalogue();
  const ledger = createAttemptLedger(database, clock, async () => ({ timeZone: 'UTC', monthlyBudgetMicroUsd: (await readSettings(database)).monthlyBudgetMicroUsd }), { note: () => undefined }, () => undefined);
  const target = { name: 'relay', baseUrl: relay.baseUrl, key: relay.token, practice: false, transport: createNodeTransport({ clock }) };
  const plain: ReadingDesk = {
    database,
    clock,
    pool,
    volumes: createVolumeStore({ pool }),
    progress: createPreparingProgress(),
    pictures: after?.desk.pictures ?? createPictureStore(join(temporaryFolder(), 'pictures')),
    sender: createRelaySender({ clock, book: ledger, limiter: createLimiter(clock, 8), ladders: createLadderMemory(), catalogue, drainMs: 0 }),
    catalogue,
    settings: () => readSettings(database),
    chooseRelay: async () => ({ kind: 'target', target, model: 'some-vision-model' }),
    bookOwed: () => ledger.bookOwed(),
    changed: () => undefined,
  };
  const desk = { ...plain, ...options.change?.(plain) };
  const faults: unknown[] = [];
  const queue = createReadingQueue(desk, (_, thrown) => faults.push(thrown));
  onTestFinished(async () => {
    await queue.stop();
    await pool.close();
    if (after === undefined) await database.destroy();
  });
  return {
    connection,
    database,
    desk,
    queue,
    faults,
    async admit(folder) {
      const [study] = await collectFolder(folder, (path) => pool.run('inspect', path), clock);
      if (study === undefined) throw new Error('the folder holds no exam');
      const arrival = { readingId: clock.newId(), study, asked: true, practiceCounts: true, highPriority: false, model: null, attribution: null, receivedAt: clock.now() };
      return admitStudy(database, clock, arrival);
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
