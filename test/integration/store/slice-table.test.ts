import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../src-main/store/open-database.ts';
import { listAllProblems, listProblems } from '../../../src-main/store/problem-table.ts';
import { countSlices, listSlices, markSearched, partSlices, unmarkSearched } from '../../../src-main/store/slice-table.ts';
import { databaseWithReading } from '../../helpers/fresh-database.ts';

/** A reading with one slice per state given; failed ones have no voxels. */
async function withSlices(states: readonly string[]): Promise<{ readonly database: Database; readonly run: (text: string) => Promise<unknown> }> {
  const database = await databaseWithReading('preparing');
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(database);
  for (const [index, state] of states.entries()) {
    await run(`INSERT INTO slice VALUES ('r', ${String(index)}, '1.2.${String(index)}', NULL, ${String(index)}, '${state}', NULL, ${state === 'failed' ? '1' : '0'}, 1, 1, '{}', NULL)`);
  }
  return { database, run };
}

const statesOf = async (database: Database): Promise<readonly string[]> => (await listSlices(database, 'r')).map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));

describe('partSlices', () => {
  it('moves slices out of the plan with their fault, and back into it', async () => {
    const { database } = await withSlices(['planned', 'failed', 'planned', 'refused']);
    await partSlices(database, 'r', new Map([[0, null], [1, 'pixel-data-corrupt'], [3, null]]));
    expect(await statesOf(database)).toEqual(['outside-lungs', 'outside-lungs pixel-data-corrupt', 'planned', 'outside-lungs']);
    await partSlices(database, 'r', new Map([[3, null]]));
    expect(await statesOf(database)).toEqual(['planned', 'planned', 'planned', 'outside-lungs']);
    await partSlices(database, 'r', new Map());
    expect(await statesOf(database)).toEqual(['planned', 'planned', 'planned', 'planned']);
  });

  it('leaves alone what was read', async () => {
    const { database } = await withSlices(['valid', 'planned']);
    await partSlices(database, 'r', new Map([[0, null], [1, null]]));
    expect(await statesOf(database)).toEqual(['valid', 'outside-lungs']);
  });
});

describe('markSearched', () => {
  it('notes what the device searched and what it missed, and leaves alone what a model read and what lies outside', async () => {
    const { database, run } = await withSlices(['planned', 'valid', 'refused', 'failed', 'planned', 'outside-lungs']);
    await run(`UPDATE slice SET reason = 'pixel-data-corrupt' WHERE slice_index = 3`);
    await markSearched(database, 'r', { searched: [0, 1, 2, 5], missed: [3, 4] });
    expect(await statesOf(database)).toEqual(['searched', 'valid', 'searched', 'failed pixel-data-corrupt', 'failed device-search-failed', 'outside-lungs']);
    await unmarkSearched(database, 'r');
    expect(await statesOf(database)).toEqual(['planned', 'valid', 'planned', 'failed pixel-data-corrupt', 'failed device-search-failed', 'outside-lungs']);
  });
});

describe('countSlices', () => {
  it('tells failed slices without voxels from those that were sent and failed, whatever lies outside of the lungs', async () => {
    const { database, run } = await withSlices(['failed', 'failed', 'outside-lungs', 'valid']);
    await run(`UPDATE slice SET lost = 0 WHERE slice_index = 1; `);
    await run(`UPDATE slice SET lost = 1 WHERE slice_index = 2`);
    expect((await countSlices(database)).get('r')).toMatchObject({ lost: 1, counts: { failed: 2, valid: 1, 'outside-lungs': 1 } });
  });
});

describe('listProblems', () => {
  const problem = (uid: string, code = 'pixel-data-corrupt'): string =>
    `INSERT INTO problem (reading_id, code, message, sop_instance_uid, lost_slice) VALUES ('r', '${code}', 'm', '${uid}', 0);`;

  it('forgets those of slices that were read since or turned out to lie outside of the lungs', async () => {
    const { database, run } = await withSlices(['valid', 'outside-lungs', 'failed', 'planned']);
    for (const index of [0, 1, 2, 3]) await run(problem(`1.2.${String(index)}`));
    expect((await listProblems(database, 'r')).map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(['1.2.2', '1.2.3']);
    await run(`UPDATE slice SET reason = 'pixel-data-corrupt' WHERE slice_index = 1`);
    expect((await listAllProblems(database)).get('r')).toHaveLength(3);
  });

  it('keeps that of an instance one of whose frames is still lost, and those that tell of other slices', async () => {
    const { database, run } = await withSlices(['valid', 'failed', 'valid']);
    await run(`UPDATE slice SET sop_instance_uid = '1.2.0' WHERE slice_index < 2;`);
    for (const text of [problem('1.2.0'), problem('1.2.2', 'slice-conflict'), problem('1.2.2')]) await run(text);
    expect((await listProblems(database, 'r')).map(({ code, sopInstanceUid }) => `${code} ${sopInstanceUid ?? ''}`)).toEqual([
      'pixel-data-corrupt 1.2.0', 'slice-conflict 1.2.2',
    ]);
  });
});
