import { describe, expect, it } from 'vitest';
import {
  beginSearch, countCandidates, endSearch, findSearch, forgetSearch, listCandidates, markCropped,
} from '../../../src-main/store/candidate-table.ts';
import type { StoredSearch } from '../../../src-main/store/candidate-table.ts';
import { addProblems, listProblems } from '../../../src-main/store/problem-table.ts';
import { epochMs } from '../../../src-shared/domain/units.ts';
import { databaseWithReading } from '../../helpers/fresh-database.ts';
import { sampleCandidate } from '../../helpers/sample-candidate.ts';

const done: StoredSearch = {
  state: 'done', startedAt: epochMs(5), searchedSlices: 30, missedSlices: [4, 7], spacingNote: 'only-large-nodules', foundCount: 120, tookMs: 900,
};
const failed: StoredSearch = { ...done, state: 'failed', searchedSlices: 0, missedSlices: [], spacingNote: null, foundCount: 0 };
const crops = { axial: 'a'.repeat(64), coronal: 'b'.repeat(64), sagittal: 'c'.repeat(64) };

describe('the device’s search of a reading', () => {
  it('comes back as it ended, with its candidates and their pictures', async () => {
    const database = await databaseWithReading('preparing');
    expect([await findSearch(database, 'r'), await listCandidates(database, 'r'), await countCandidates(database)]).toEqual([null, [], new Map()]);
    const candidates = [sampleCandidate(), sampleCandidate({ rank: 2, size: { kind: 'no-region', reason: 'no-boundary-found' } })];
    await endSearch(database, 'r', done, candidates);
    await markCropped(database, 'r', 2, crops);
    expect(await findSearch(database, 'r')).toEqual(done);
    expect(await listCandidates(database, 'r')).toEqual([{ candidate: candidates[0], crops: null }, { candidate: candidates[1], crops }]);
    expect(await countCandidates(database)).toEqual(new Map([['r', { state: 'done', candidates: 2 }]]));
  });

  it('keeps what an earlier one found until a new one has ended, and nothing of it then', async () => {
    const database = await databaseWithReading('preparing');
    await endSearch(database, 'r', done, [sampleCandidate(), sampleCandidate({ rank: 2 })]);
    await markCropped(database, 'r', 1, crops);
    await beginSearch(database, 'r', epochMs(9));
    expect(await findSearch(database, 'r')).toMatchObject({ state: 'running', startedAt: 9, searchedSlices: 0 });
    expect(await listCandidates(database, 'r')).toHaveLength(2);
    await endSearch(database, 'r', done, [sampleCandidate()]);
    expect(await listCandidates(database, 'r')).toEqual([{ candidate: sampleCandidate(), crops: null }]);
    await endSearch(database, 'r', failed, []);
    expect(await countCandidates(database)).toEqual(new Map([['r', { state: 'failed', candidates: 0 }]]));
  });

  it('is forgotten only while it runs', async () => {
    const database = await databaseWithReading('preparing');
    await beginSearch(database, 'r', epochMs(9));
    await forgetSearch(database, 'r');
    expect(await findSearch(database, 'r')).toBeNull();
    await endSearch(database, 'r', done, []);
    await forgetSearch(database, 'r');
    expect(await findSearch(database, 'r')).toEqual(done);
  });

  it('ends the problem of a failed one when it succeeds', async () => {
    const database = await databaseWithReading('preparing');
    await endSearch(database, 'r', failed, []);
    await addProblems(database, 'r', [{ code: 'device-search-failed', message: 'm', lostSlice: false }, { code: 'series-gap', message: 'm', lostSlice: false }]);
    expect((await listProblems(database, 'r')).map(({ code }) => code)).toEqual(['device-search-failed', 'series-gap']);
    await endSearch(database, 'r', done, []);
    expect((await listProblems(database, 'r')).map(({ code }) => code)).toEqual(['series-gap']);
  });
});
