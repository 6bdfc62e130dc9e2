import type { Settings } from '../../src-shared/domain/settings.ts';
import { settingsFromRows } from '../../src-shared/domain/stored-settings.ts';
import type { Database } from './open-database.ts';

/** Settings as stored; a missing or no longer valid value is the default's. */
export async function readSettings(database: Database): Promise<Settings> {
  const rows = await database.selectFrom('setting').selectAll().execute();
  return settingsFromRows(rows.map(({ key, value_json: value }) => [key, JSON.parse(value) as unknown] as const));
}

/** Stores the given settings; keys that are undefined stay as they are. */
export async function writeSettings(
  database: Database,
  patch: { readonly [Key in keyof Settings]?: Settings[Key] | undefined },
): Promise<void> {
  const rows = Object.entries(patch)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, value_json: JSON.stringify(value) }));
  if (rows.length === 0) return;
  await database
    .insertInto('setting')
    .values(rows)
    .onConflict((conflict) => conflict.column('key').doUpdateSet((row) => ({ value_json: row.ref('excluded.value_json') })))
    .execute();
}
