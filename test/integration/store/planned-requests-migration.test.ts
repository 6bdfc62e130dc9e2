import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFindings, listFindings } from '../../../src-main/store/finding-table.ts';
import { queriesOver } from '../../../src-main/store/open-database.ts';
import { findReading } from '../../../src-main/store/reading-table.ts';
import { listPictures, listRequests } from '../../../src-main/store/request-table.ts';
import { listSlices } from '../../../src-main/store/slice-table.ts';
import { databaseOfVersion, temporaryFolder } from '../../helpers/fresh-database.ts';

/** A reading as the version that sent whole slices left it, with a finding of its own. */
function earlier(): ReturnType<typeof databaseOfVersion> {
  const path = join(temporaryFolder(), 'lungdesk.sqlite');
  const before = databaseOfVersion(path, 3);
  before.exec(`
    INSERT INTO study VALUES ('s', '1.2', '/exam', 'hash', 1, NULL, NULL, NULL, 'CT', NULL, NULL, 0, 1);
    INSERT INTO reading VALUES ('r', 's', 'reading', NULL, NULL, 0, NULL, 'relay', 'm', 0, 'unknown', 0, 1, 2, 3, 4, 5, 'relay');
    INSERT INTO request VALUES ('q0', 'r', 0, 'nonce', 'm', 1, 0, 0, 'done'), ('q1', 'r', 1, 'nonce', 'm', 2, 1, 2, 'waiting');
    INSERT INTO tile VALUES
      ('r', 0, '1.2.0', 1, -10.25, 'valid', NULL, 'png0', 512, 512, '{}', 1.5, 'q0', '{"state":"valid","regions":[]}'),
      ('r', 1, '1.2.1', 2, -7.75, 'sent', NULL, 'png1', 512, 512, '{}', NULL, 'q1', NULL),
      ('r', 2, '1.2.2', NULL, -5.25, 'failed', 'pixel-data-corrupt', NULL, 512, 512, '{}', NULL, NULL, NULL),
      ('r', 3, '1.2.3', 3, -2.75, 'outside-lungs', NULL, NULL, 512, 512, '{}', NULL, NULL, NULL);
    INSERT INTO attempt (id, reading_id, request_id, relay_name, model_requested, state, reserved_at, max_cost_micro_usd, cost_source, billing_month, billing_day)
      VALUES ('a', 'r', 'q1', 'relay', 'm', 'unknown', 1, 10, 'price-row', '2026-11', '2026-11-23');
    INSERT INTO finding VALUES ('f', 'r', 0, 'indeterminate', 'left', 1, 2, 3, NULL, 'solid', 'urgent', '["1.2.0"]', '[]', '[]');
  `);
  before.close();
  return databaseOfVersion(path, 4);
}

describe('the migration to planned requests', () => {
  it('keeps what became of each slice; what was on its way is planned anew, and no attempt is lost', async () => {
    const database = queriesOver(earlier());
    expect((await listSlices(database, 'r')).map(({ state, isLost }) => [state, isLost])).toEqual([
      ['valid', false], ['planned', false], ['failed', true], ['outside-lungs', false],
    ]);
    expect((await listRequests(database, 'r')).map(({ state, purpose, reader }) => [state, purpose, reader])).toEqual([['done', 'slices', 0], ['failed', 'slices', 0]]);
    expect(await listPictures(database, 'q0')).toEqual([]);
    expect(await findReading(database, 'r')).toMatchObject({ mode: 'slices', forecast: null, planNotes: [] });
    expect((await database.selectFrom('attempt').select(['state', 'request_id']).execute())).toEqual([{ state: 'unknown', request_id: 'q1' }]);
  });

  it('keeps the findings of answers that cannot be merged any more, behind the new ones', async () => {
    const database = queriesOver(earlier());
    const [old] = await listFindings(database, 'r');
    if (old === undefined) throw new Error('the finding is gone');
    expect(old).toMatchObject({ id: 'f', located: 'place', priority: 'urgent' });
    await replaceFindings(database, 'r', [{ ...old, id: 'new' }, { ...old, id: 'newer' }]);
    expect((await listFindings(database, 'r')).map(({ id }) => id)).toEqual(['new', 'newer', 'f']);
    await replaceFindings(database, 'r', []);
    expect((await listFindings(database, 'r')).map(({ id }) => id)).toEqual(['f']);
  });

  it('leaves no reference open', () => {
    expect(earlier().pragma('foreign_key_check')).toEqual([]);
  });
});
