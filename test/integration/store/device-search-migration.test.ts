import { join } from 'node:path';
import type SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseOfVersion, temporaryFolder } from '../../helpers/fresh-database.ts';

/** A reading as the version with outlined lungs left it: a tile in every kind of state, an outline, an attempt, a finding. */
function fill(connection: SqliteDatabase.Database): void {
  connection.exec(`
    INSERT INTO study VALUES ('s', '1.2', '/exam', 'hash', 1, NULL, NULL, NULL, 'CT', NULL, NULL, 0, 1);
    INSERT INTO reading VALUES ('r', 's', 'held', 'offline', 'relay-unreachable', 1, 'm2', 'relay', 'm', 0, 'urgent', 1, 1, 2, 3, 4, 5);
    INSERT INTO request VALUES ('q0', 'r', 0, 'nonce', 'm', 1, 0, 0, 'done'), ('q1', 'r', 1, 'nonce', 'm', 1, 1, 1, 'waiting');
    INSERT INTO tile VALUES
      ('r', 0, '1.2.0', 1, -10.25, 'valid', NULL, 'png0', 512, 512, '{"origin":[0,0,0]}', 1.5, 'q0', '{"state":"valid","regions":[]}'),
      ('r', 1, '1.2.1', 2, -7.75, 'planned', NULL, 'png1', 512, 512, '{}', NULL, 'q1', NULL),
      ('r', 2, '1.2.2', NULL, -5.25, 'failed', 'pixel-data-corrupt', NULL, 512, 512, '{}', NULL, NULL, NULL),
      ('r', 3, '1.2.3', 3, -2.75, 'outside-lungs', NULL, NULL, 512, 512, '{}', NULL, NULL, NULL);
    INSERT INTO lung_outline VALUES ('r', 'lungs', NULL, '[]', 2.5, 2.5, 0, 2, -10.25, -5.25, 4, 1, 1, 1, '[512,512,4]', x'00');
    INSERT INTO problem VALUES (1, 'r', 'pixel-data-corrupt', 'm', '1.2.2', 0);
  `);
}

const tables = ['study', 'request', 'tile', 'lung_outline', 'problem'] as const;
const contents = (connection: SqliteDatabase.Database) =>
  tables.map((table) => connection.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all());

describe('the migration to the device’s own search', () => {
  it('keeps everything as it was; earlier readings asked a relay and were not searched', () => {
    const path = join(temporaryFolder(), 'lungdesk.sqlite');
    const before = databaseOfVersion(path, 2);
    fill(before);
    const kept = contents(before);
    const reading = before.prepare('SELECT * FROM reading').get() as Record<string, unknown>;
    before.close();
    const after = databaseOfVersion(path, 3);
    expect(kept.map((rows) => rows.length)).toEqual([1, 2, 4, 1, 1]);
    expect(contents(after)).toEqual(kept);
    expect(after.prepare('SELECT * FROM reading').get()).toEqual({ ...reading, plan: 'relay' });
    expect(after.pragma('foreign_key_check')).toEqual([]);
    expect(after.prepare('SELECT (SELECT count(*) FROM candidate_search) + (SELECT count(*) FROM candidate) AS n').get()).toEqual({ n: 0 });
  });

  it('leaves the same table of tiles behind, but for the new state', () => {
    const folder = temporaryFolder();
    const [before, after] = [databaseOfVersion(join(folder, 'before.sqlite'), 2), databaseOfVersion(join(folder, 'after.sqlite'), 3)];
    for (const pragma of ['table_xinfo', 'foreign_key_list', 'index_list']) {
      expect(after.pragma(`${pragma}(tile)`), pragma).toEqual(before.pragma(`${pragma}(tile)`));
    }
    for (const table of ['tile', 'candidate_search', 'candidate']) {
      expect(after.prepare(`SELECT strict FROM pragma_table_list WHERE name = ?`).get(table), table).toEqual({ strict: 1 });
    }
  });

  it('lets a tile be searched and a reading ask no relay, and nothing else that is none', () => {
    const path = join(temporaryFolder(), 'lungdesk.sqlite');
    const before = databaseOfVersion(path, 2);
    fill(before);
    const search = `UPDATE tile SET state = 'searched' WHERE slice_index = 1`;
    expect(() => before.exec(search)).toThrow('CHECK');
    before.close();
    const after = databaseOfVersion(path, 3);
    after.exec(search);
    after.exec(`UPDATE reading SET plan = 'device-only'`);
    expect(() => after.exec(`UPDATE tile SET state = 'elsewhere'`)).toThrow('CHECK');
    expect(() => after.exec(`UPDATE reading SET plan = 'nobody'`)).toThrow('CHECK');
    expect(() => after.exec(`INSERT INTO candidate VALUES ('nobody', 1, '{}', NULL, NULL, NULL)`)).toThrow('FOREIGN KEY');
  });
});
