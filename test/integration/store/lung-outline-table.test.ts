import { describe, expect, it } from 'vitest';
import { findLungGrid, findLungOutline, replaceLungOutline } from '../../../src-main/store/lung-outline-table.ts';
import type { Database } from '../../../src-main/store/open-database.ts';
import { insertReading } from '../../../src-main/store/reading-table.ts';
import { insertStudy } from '../../../src-main/store/study-table.ts';
import type { LungOutline } from '../../../src-shared/domain/lungs.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';
import { freshDatabase } from '../../helpers/fresh-database.ts';

const outline: LungOutline = {
  kind: 'lungs', reason: null, notes: ['cut-at-the-bottom'], rightMl: 2710.5, leftMl: 2490.25,
  extent: { fromIndex: 3, toIndex: 90, fromMm: -267.5, toMm: -50 }, sliceCount: 107,
};
const labels = Uint8Array.from({ length: 4 * 3 * 2 }, (_, index) => index % 5);
const grid = { columns: 4, rows: 3, slices: 2, step: [4, 4, 2], labels } as const;

async function withReading(): Promise<Database> {
  const database = freshDatabase();
  const at = epochMs(1);
  await insertStudy(database, {
    id: 's', studyInstanceUid: '1.2', sourcePath: '/exam', contentHash: 'h', revision: 1, patientName: null, patientId: null, studyDate: null,
    modality: 'CT', studyDescription: null, attribution: null, ignoredCount: 0, settledAt: at,
  }, [], []);
  const step = { at, from: null, to: 'settled', event: 'settle', reason: null } as const;
  await insertReading(database, { id: 'r', studyId: 's', highPriority: false, modelOverride: null, receivedAt: at, reason: null }, [step], []);
  return database;
}

describe('the lung outline of a reading', () => {
  it('comes back as it was kept, with its cells', async () => {
    const database = await withReading();
    expect([await findLungOutline(database, 'r'), await findLungGrid(database, 'r')]).toEqual([null, null]);
    await replaceLungOutline(database, 'r', outline, { ...grid, labels: new Uint8Array(labels) });
    expect(await findLungOutline(database, 'r')).toEqual(outline);
    const kept = await findLungGrid(database, 'r');
    expect({ ...kept, labels: [...(kept?.labels ?? [])] }).toEqual({ ...grid, labels: [...labels] });
  });

  it('takes labels out of shared memory, and the place of an earlier outline', async () => {
    const database = await withReading();
    const shared = new Uint8Array(new SharedArrayBuffer(labels.length));
    shared.set(labels);
    await replaceLungOutline(database, 'r', outline, { ...grid, labels: new Uint8Array(labels.length) });
    const body: LungOutline = { kind: 'body', reason: 'no-body', notes: [], rightMl: 0, leftMl: 0, extent: null, sliceCount: 107 };
    await replaceLungOutline(database, 'r', body, { ...grid, labels: shared });
    expect(await findLungOutline(database, 'r')).toEqual(body);
    expect([...((await findLungGrid(database, 'r'))?.labels ?? [])]).toEqual([...labels]);
  });
});
