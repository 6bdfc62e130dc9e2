import { join } from 'node:path';
import type SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseOfVersion, temporaryFolder } from '../../helpers/fresh-database.ts';

/** A reading of the first release with two requests and three tiles in different states, every column filled once. */
function fill(connection: SqliteDatabase.Database): void {
  connection.exec(`
    INSERT INTO study VALUES ('s', '1.2', '/exam', 'hash', 1, NULL, NULL, NULL, 'CT', NULL, NULL, 0, 1);
    INSERT INTO reading VALUES ('r', 's', 'merged', NULL, NULL, 0, NULL, 'relay', 'm', 0, 'routine', 0, 1, 2, 3, 4, 5);
    INSERT INTO request VALUES ('q0', 'r', 0, 'nonce', 'm', 1, 0, 0, 'done'), ('q1', 'r', 1, 'nonce', 'm', 1, 1, 1, 'failed');
    INSERT INTO tile VALUES
      ('r', 0, '1.2.0', 1, -10.25, 'valid', NULL, 'png0', 512, 512, '{"origin":[0,0,0]}', 1.5, 'q0', '{"state":"valid","regions":[]}'),
      ('r', 1, '1.2.1', 2, -7.75, 'failed', 'answer-invalid', 'png1', 512, 512, '{}', NULL, 'q1', NULL),
      ('r', 2, '1.2.2', NULL, -5.25, 'planned', NULL, NULL, 512, 512, '{}', NULL, NULL, NULL);
  `);
}

describe('the migration to outlined lungs', () => {
  it('keeps every tile as it was', () => {
    const path = join(temporaryFolder(), 'lungdesk.sqlite');
    const before = databaseOfVersion(path, 1);
    fill(before);
    const all = 'SELECT * FROM tile ORDER BY reading_id, slice_index';
    const kept = before.prepare(all).all();
    before.close();
    const after = databaseOfVersion(path, 2);
    expect(kept).toHaveLength(3);
    expect(after.prepare(all).all()).toEqual(kept);
    expect(after.pragma('foreign_key_check')).toEqual([]);
    expect(after.prepare('SELECT count(*) AS n FROM lung_outline').get()).toEqual({ n: 0 });
  });

  it('leaves the same table behind as the first release had, but for the new state', () => {
    const folder = temporaryFolder();
    const [before, after] = [databaseOfVersion(join(folder, 'before.sqlite'), 1), databaseOfVersion(join(folder, 'after.sqlite'), 2)];
    for (const pragma of ['table_xinfo', 'foreign_key_list', 'index_list']) {
      expect(after.pragma(`${pragma}(tile)`), pragma).toEqual(before.pragma(`${pragma}(tile)`));
    }
    expect(after.prepare(`SELECT strict FROM pragma_table_list WHERE name = 'tile'`).get()).toEqual({ strict: 1 });
  });

  it('lets a tile lie outside of the lungs, and nothing else that is no state', () => {
    const path = join(temporaryFolder(), 'lungdesk.sqlite');
    const before = databaseOfVersion(path, 1);
    fill(before);
    const move = (state: string): string => `UPDATE tile SET state = '${state}' WHERE slice_index = 2`;
    expect(() => before.exec(move('outside-lungs'))).toThrow('CHECK');
    before.close();
    const after = databaseOfVersion(path, 2);
    after.exec(move('outside-lungs'));
    expect(() => after.exec(move('elsewhere'))).toThrow('CHECK');
    expect(() => after.exec(`INSERT INTO tile SELECT 'nobody', slice_index, sop_instance_uid, NULL, 0, 'planned', NULL, NULL, 1, 1, '{}', NULL, NULL, NULL FROM tile`)).toThrow('FOREIGN KEY');
  });
});
