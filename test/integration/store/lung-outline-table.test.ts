import { describe, expect, it } from 'vitest';
import { findLungGrid, findLungOutline, replaceLungOutline } from '../../../src-main/store/lung-outline-table.ts';
import type { LungOutline } from '../../../src-shared/domain/lungs.ts';
import { databaseWithReading } from '../../helpers/fresh-database.ts';

const outline: LungOutline = {
  kind: 'lungs', reason: null, notes: ['cut-at-the-bottom'], rightMl: 2710.5, leftMl: 2490.25,
  extent: { fromIndex: 3, toIndex: 90, fromMm: -267.5, toMm: -50 }, sliceCount: 107,
};
const labels = Uint8Array.from({ length: 4 * 3 * 2 }, (_, index) => index % 5);
const grid = { columns: 4, rows: 3, slices: 2, step: [4, 4, 2], labels } as const;

describe('the lung outline of a reading', () => {
  it('comes back as it was kept, with its cells', async () => {
    const database = await databaseWithReading('settled');
    expect([await findLungOutline(database, 'r'), await findLungGrid(database, 'r')]).toEqual([null, null]);
    await replaceLungOutline(database, 'r', outline, { ...grid, labels: new Uint8Array(labels) });
    expect(await findLungOutline(database, 'r')).toEqual(outline);
    const kept = await findLungGrid(database, 'r');
    expect({ ...kept, labels: [...(kept?.labels ?? [])] }).toEqual({ ...grid, labels: [...labels] });
  });

  it('takes labels out of shared memory, and the place of an earlier outline', async () => {
    const database = await databaseWithReading('settled');
    const shared = new Uint8Array(new SharedArrayBuffer(labels.length));
    shared.set(labels);
    await replaceLungOutline(database, 'r', outline, { ...grid, labels: new Uint8Array(labels.length) });
    const body: LungOutline = { kind: 'body', reason: 'no-body', notes: [], rightMl: 0, leftMl: 0, extent: null, sliceCount: 107 };
    await replaceLungOutline(database, 'r', body, { ...grid, labels: shared });
    expect(await findLungOutline(database, 'r')).toEqual(body);
    expect([...((await findLungGrid(database, 'r'))?.labels ?? [])]).toEqual([...labels]);
  });
});
