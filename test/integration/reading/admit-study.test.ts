import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { findReading } from '../../../src-main/store/reading-table.ts';
import { testDesk } from '../../helpers/test-desk.ts';
import { testRelay, writeExam } from '../../helpers/test-workstation.ts';

describe('admitStudy', () => {
  it('takes an exam in whole or not at all, so that a crash in between does not make it one that was read', async () => {
    const relay = await testRelay();
    const { database, admit } = await testDesk({ relay });
    const folder = writeExam(8);
    await sql`CREATE TRIGGER crash BEFORE INSERT ON reading BEGIN SELECT RAISE(ABORT, 'crash'); END`.execute(database);
    await expect(admit(folder)).rejects.toThrow('crash');
    expect(await database.selectFrom('study').selectAll().execute()).toEqual([]);
    await sql`DROP TRIGGER crash`.execute(database);
    expect(await findReading(database, await admit(folder))).toMatchObject({ state: 'settled', reason: null });
  });
});
