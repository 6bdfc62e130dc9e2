import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../../src-main/store/open-database.ts';
import type { Database } from '../../src-main/store/open-database.ts';

/** A temporary folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lungdesk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real, migrated database in a folder of its own. */
export function freshDatabase(): Database {
  const database = openDatabase({ path: join(temporaryFolder(), 'lungdesk.sqlite'), key: null });
  onTestFinished(() => database.destroy());
  return database;
}
