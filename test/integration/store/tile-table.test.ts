import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect, queriesOver } from '../../../src-main/store/open-database.ts';
import type { Database } from '../../../src-main/store/open-database.ts';
import { listAllProblems, listProblems } from '../../../src-main/store/reading-table.ts';
import { countTiles, listTiles, markSearched, partTiles, unmarkSearched } from '../../../src-main/store/tile-table.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';

/** A reading with one tile per state given; one of a waiting request is marked by its index. */
function withTiles(states: readonly string[], held: readonly number[] = []): { readonly database: Database; readonly run: (sql: string) => void } {
  const connection = connect({ path: join(temporaryFolder(), 'lungdesk.sqlite'), key: null });
  const database = queriesOver(connection);
  onTestFinished(() => database.destroy());
  connection.exec(`
    INSERT INTO study VALUES ('s', '1.2', '/exam', 'hash', 1, NULL, NULL, NULL, 'CT', NULL, NULL, 0, 1);
    INSERT INTO reading VALUES ('r', 's', 'preparing', NULL, NULL, 0, NULL, NULL, NULL, 0, 'unknown', 0, 1, 2, 3, 4, 5, 'relay');
    INSERT INTO request VALUES ('waits', 'r', 0, 'n', 'm', 1, 0, 0, 'waiting'), ('failed', 'r', 1, 'n', 'm', 1, 0, 0, 'failed');
  `);
  const insert = connection.prepare(`INSERT INTO tile VALUES ('r', ?, ?, NULL, ?, ?, NULL, ?, 1, 1, '{}', NULL, ?, NULL)`);
  for (const [index, state] of states.entries()) {
    insert.run(index, `1.2.${String(index)}`, index, state, state === 'failed' ? null : 'png', held.includes(index) ? 'waits' : state === 'refused' ? 'failed' : null);
  }
  return { database, run: (sql) => { connection.exec(sql); } };
}

const statesOf = async (database: Database): Promise<readonly string[]> => (await listTiles(database, 'r')).map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));

describe('partTiles', () => {
  it('moves tiles out of the plan with their fault, and back into it', async () => {
    const { database } = withTiles(['planned', 'failed', 'planned', 'refused']);
    await partTiles(database, 'r', new Map([[0, null], [1, 'pixel-data-corrupt'], [3, null]]));
    expect(await statesOf(database)).toEqual(['outside-lungs', 'outside-lungs pixel-data-corrupt', 'planned', 'outside-lungs']);
    await partTiles(database, 'r', new Map([[3, null]]));
    expect(await statesOf(database)).toEqual(['planned', 'planned', 'planned', 'outside-lungs']);
    await partTiles(database, 'r', new Map());
    expect(await statesOf(database)).toEqual(['planned', 'planned', 'planned', 'planned']);
  });

  it('leaves alone what was read and what a waiting request holds', async () => {
    const { database } = withTiles(['valid', 'planned', 'planned'], [1]);
    await partTiles(database, 'r', new Map([[0, null], [1, null], [2, null]]));
    expect(await statesOf(database)).toEqual(['valid', 'planned', 'outside-lungs']);
  });
});

describe('markSearched', () => {
  it('notes what the device searched and what it missed, and leaves alone what a model read and what lies outside', async () => {
    const { database, run } = withTiles(['planned', 'valid', 'refused', 'failed', 'planned', 'outside-lungs']);
    run(`UPDATE tile SET reason = 'pixel-data-corrupt' WHERE slice_index = 3`);
    await markSearched(database, 'r', { searched: [0, 1, 2, 5], missed: [3, 4] });
    expect(await statesOf(database)).toEqual(['searched', 'valid', 'searched', 'failed pixel-data-corrupt', 'failed device-search-failed', 'outside-lungs']);
    await unmarkSearched(database, 'r');
    expect(await statesOf(database)).toEqual(['planned', 'valid', 'planned', 'failed pixel-data-corrupt', 'failed device-search-failed', 'outside-lungs']);
  });
});

describe('countTiles', () => {
  it('tells failed tiles without a picture from those that were sent and failed, whatever lies outside of the lungs', async () => {
    const { database, run } = withTiles(['failed', 'failed', 'outside-lungs', 'valid']);
    run(`UPDATE tile SET png_sha256 = 'png' WHERE slice_index = 1; UPDATE tile SET png_sha256 = NULL WHERE slice_index = 2`);
    expect((await countTiles(database)).get('r')).toMatchObject({ prepared: 2, unprepared: 1, counts: { failed: 2, valid: 1, 'outside-lungs': 1 } });
  });
});

describe('listProblems', () => {
  const problem = (uid: string, code = 'pixel-data-corrupt'): string =>
    `INSERT INTO problem (reading_id, code, message, sop_instance_uid, lost_slice) VALUES ('r', '${code}', 'm', '${uid}', 0);`;

  it('forgets those of slices that were read since or turned out to lie outside of the lungs', async () => {
    const { database, run } = withTiles(['valid', 'outside-lungs', 'failed', 'planned']);
    run([0, 1, 2, 3].map((index) => problem(`1.2.${String(index)}`)).join(''));
    expect((await listProblems(database, 'r')).map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['1.2.2', '1.2.3']);
    run(`UPDATE tile SET reason = 'pixel-data-corrupt' WHERE slice_index = 1`);
    expect((await listAllProblems(database)).get('r')).toHaveLength(3);
  });

  it('keeps that of an instance one of whose frames is still lost, and those that tell of other slices', async () => {
    const { database, run } = withTiles(['valid', 'failed', 'valid']);
    run(`UPDATE tile SET sop_instance_uid = '1.2.0' WHERE slice_index < 2;`);
    run(problem('1.2.0') + problem('1.2.2', 'slice-conflict') + problem('1.2.2'));
    expect((await listProblems(database, 'r')).map(({ code, sopInstanceUid }) => `${code} ${sopInstanceUid ?? ''}`)).toEqual([
      'pixel-data-corrupt 1.2.0', 'slice-conflict 1.2.2',
    ]);
  });
});
