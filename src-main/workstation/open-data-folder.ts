import type { Settings } from '../../src-shared/domain/settings.ts';
import type { Clock } from '../platform/clock.ts';
import { lockDataFolder } from '../platform/data-folder-lock.ts';
import { openLog } from '../platform/log.ts';
import type { Log } from '../platform/log.ts';
import { machineBootId, openOutbox, readOutbox } from '../platform/outbox.ts';
import type { Outbox } from '../platform/outbox.ts';
import { dataPaths, makeDataFolder } from '../platform/paths.ts';
import { endInterrupted } from '../store/attempt-table.ts';
import { closeDatabase, openDatabase, translate } from '../store/open-database.ts';
import type { Database } from '../store/open-database.ts';
import { readSettings } from '../store/setting-table.ts';

/** A data folder that is open and locked. */
export interface DataFolder {
  readonly paths: ReturnType<typeof dataPaths>;
  readonly log: Log;
  readonly database: Database;
  readonly outbox: Outbox;
  /** As they were when it was opened. */
  readonly settings: Settings;
  close(): Promise<void>;
}

/**
 * Opens a data folder: locks it, migrates its database, books what a crash interrupted.
 *
 * @param folder - Made when absent. One workstation at a time works on it.
 * @throws {AppError} data-folder-in-use, database-newer, database-damaged; nothing is left open then.
 */
export async function openDataFolder(folder: string, clock: Clock): Promise<DataFolder> {
  const paths = dataPaths(folder);
  makeDataFolder(paths);
  const lock = lockDataFolder(paths.lock);
  const log = openLog({ folder: paths.logs, clock });
  const bootId = machineBootId();
  let database: Database | undefined;
  try {
    const opened = openDatabase({ path: paths.database, key: null });
    database = opened;
    await endInterrupted(opened, clock.now(), readOutbox(paths.outbox, bootId));
    const settings = await readSettings(opened);
    const outbox = openOutbox(paths.outbox, bootId);
    return {
      paths, log, database: opened, outbox, settings,
      async close() {
        outbox.close();
        await closeDatabase(opened);
        lock.release();
      },
    };
  } catch (thrown) {
    await database?.destroy();
    lock.release();
    throw translate(thrown);
  }
}
