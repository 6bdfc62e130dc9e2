import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type SqliteDatabase from 'better-sqlite3';
import { migrations } from '../../src-main/store/migrations/index.ts';
import { connect, openDatabase } from '../../src-main/store/open-database.ts';
import type { Database } from '../../src-main/store/open-database.ts';
import { insertReading } from '../../src-main/store/reading-table.ts';
import { insertStudy } from '../../src-main/store/study-table.ts';
import type { ReadingState } from '../../src-shared/domain/reading.ts';
import { epochMs } from '../../src-shared/domain/units.ts';

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

/** A fresh database with the reading `r` of the study `s` in it, as far as a state. */
export async function databaseWithReading(state: ReadingState): Promise<Database> {
  const database = freshDatabase();
  const at = epochMs(1);
  await insertStudy(database, {
    id: 's', studyInstanceUid: '1.2', sourcePath: '/exam', contentHash: 'h', revision: 1, patientName: null, patientId: null, studyDate: null,
    modality: 'CT', studyDescription: null, attribution: null, ignoredCount: 0, settledAt: at,
  }, [], []);
  const step = { at, from: null, to: state, event: 'settle', reason: null } as const;
  await insertReading(database, { id: 'r', studyId: 's', highPriority: false, modelOverride: null, receivedAt: at, reason: null }, [step], []);
  return database;
}

/** Opens a database as an earlier version of LungDesk would: with so many of the migrations. */
export function databaseOfVersion(path: string, version: number): SqliteDatabase.Database {
  const connection = connect({ path, key: null, migrations: migrations.slice(0, version) });
  onTestFinished(() => { connection.close(); });
  return connection;
}
