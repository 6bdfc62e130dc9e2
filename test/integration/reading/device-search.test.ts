import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { sampleExamFolder } from '../../../src-main/intake/sample-exam.ts';
import { dataPaths } from '../../../src-main/platform/paths.ts';
import { readingDocument } from '../../../src-main/reading/reading-document.ts';
import type { ReadingDesk } from '../../../src-main/reading/reading-desk.ts';
import { createPictureTokens } from '../../../src-main/reading/picture-tokens.ts';
import { queueRows, readingDetail } from '../../../src-main/reading/reading-views.ts';
import { findSearch, listCandidates } from '../../../src-main/store/candidate-table.ts';
import type { StoredCandidate } from '../../../src-main/store/candidate-table.ts';
import { listFindings } from '../../../src-main/store/finding-table.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ReadingDocument } from '../../../src-shared/domain/reading.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { sampleCandidate } from '../../helpers/sample-candidate.ts';
import { outlinedAs, testDesk, toldMask } from '../../helpers/test-desk.ts';
import type { TestDesk } from '../../helpers/test-desk.ts';
import { testRelay, writeExam, writeSlice } from '../../helpers/test-workstation.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A finder that has looked into so many slices and found one place; everything else is real. */
function finds(searchedSlices: number): (desk: ReadingDesk) => Partial<ReadingDesk> {
  const search = { searchedSlices, spacingNote: null, foundCount: 1 };
  return (desk) => ({ ...outlinedAs(toldMask)(desk), findCandidates: () => Promise.resolve({ candidates: [sampleCandidate({ centreMm: [0, 0, 10] })], search }) });
}

const breaks = (): Partial<ReadingDesk> => ({ findCandidates: () => Promise.reject(new AppError('worker-crashed', 'the background worker took too long')) });
const asksNoRelay = (): Promise<never> => Promise.reject(new Error('a relay was chosen'));

async function readOnDevice(test: TestDesk, folder: string): Promise<ReadingDocument> {
  const readingId = await test.admit(folder, 'device-only');
  await test.queue.whenSettled(readingId);
  return readingDocument(test.database, readingId);
}

describe('an exam that a relay reads', () => {
  it('shows the device’s candidates before the first request leaves, and names the device where a model points at one', async () => {
    const seen: Promise<readonly StoredCandidate[]>[] = [];
    const relay = await testRelay({ onRequest: ({ index }) => { if (index === 0) seen.push(listCandidates(test.database, readingId)); } });
    const test = await testDesk({ relay, settings: { readingMode: 'sweep-and-verify', imagesPerRequest: 20 } });
    const readingId = await test.admit(sampleExamFolder());
    await test.queue.whenSettled(readingId);
    const before = await seen[0];
    expect(before?.length).toBe(40);
    expect(before?.every(({ crops }) => crops !== null)).toBe(true);
    expect(await listCandidates(test.database, readingId)).toEqual(before);
    const document = await readingDocument(test.database, readingId);
    expect(document).toMatchObject({ status: 'complete', plan: 'relay', search: { state: 'done' }, coverage: { valid: 32, searched: 0 } });
    expect(document.candidates.map(({ rank }) => rank)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    const findings = await listFindings(test.database, readingId);
    const shared = findings.filter(({ sources }) => sources.some(({ kind }) => kind === 'device'));
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.every(({ sources }) => sources.some(({ kind }) => kind === 'model'))).toBe(true);
    expect(findings.some(({ diameterMm }) => diameterMm !== null && diameterMm > 3)).toBe(true);
  }, 120_000);

  it('is read on where the device’s search fails, and says that it failed', async () => {
    const test = await testDesk({ relay: await testRelay(), change: breaks });
    const readingId = await test.admit(writeExam(8));
    await test.queue.whenSettled(readingId);
    expect(await readingDocument(test.database, readingId)).toMatchObject({
      status: 'complete', search: { state: 'failed' }, candidates: [], problems: [{ code: 'device-search-failed' }],
    });
    expect((await queueRows(test.database, test.desk.searches))[0]).toMatchObject({ searchState: 'failed', candidateCount: null });
  });
});

describe('an exam that the device alone reads', () => {
  it('is complete without a relay, at no cost, and never routine', async () => {
    const relay = await testRelay();
    const test = await testDesk({ relay, change: () => ({ chooseRelay: asksNoRelay }) });
    const document = await readOnDevice(test, sampleExamFolder());
    expect(document).toMatchObject({
      status: 'complete', priority: 'unknown', plan: 'device-only', practice: false, findings: [], models: [], problems: [],
      coverage: { planned: 32, searched: 32, sent: 0, valid: 0, failed: 0, unreadRanges: [] },
      search: { state: 'done', searchedSlices: 32 }, cost: { knownMicroUsd: 0, possibleMicroUsd: 0 }, unpricedAttempts: 0,
    });
    expect(document.notice).toContain('no model and no reader has judged them');
    expect(relay.requestCount()).toBe(0);
    expect((await queueRows(test.database, test.desk.searches))[0]).toMatchObject({ plan: 'device-only', candidateCount: 40, searchState: 'done', status: 'complete' });
  }, 120_000);

  it('fails when the search does, and is complete once it succeeds', async () => {
    const test = await testDesk({ relay: await testRelay(), change: breaks });
    const document = await readOnDevice(test, writeExam(8));
    expect(document).toMatchObject({ status: 'failed', priority: 'unknown', reason: 'device-search-failed', coverage: { planned: 8, failed: 8, searched: 0 } });
    expect(document.problems.filter(({ sopInstanceUid }) => sopInstanceUid === undefined).map(({ code }) => code)).toEqual(['device-search-failed']);
    await test.queue.stop();
    const again = await testDesk({ relay: await testRelay(), after: test, change: finds(8) });
    again.connection.exec(`UPDATE reading SET state = 'preparing', reason = NULL`);
    await again.queue.whenSettled(document.readingId ?? '');
    expect(await readingDocument(again.database, document.readingId ?? '')).toMatchObject({ status: 'complete', problems: [], coverage: { searched: 8, failed: 0 } });
  });

  it('never looks complete when the search did not cover every slice', async () => {
    const gap = await testDesk({ relay: await testRelay(), change: finds(7) });
    const folder = writeExam(8);
    writeSlice(folder, 3, { elements: new Map([[0x00281053, null]]) });
    expect(await readOnDevice(gap, folder)).toMatchObject({
      status: 'incomplete', coverage: { planned: 8, searched: 7, failed: 1, unreadRanges: [{ fromIndex: 3, toIndex: 3 }] },
    });
    const short = await testDesk({ relay: await testRelay(), change: finds(7) });
    expect(await readOnDevice(short, writeExam(8))).toMatchObject({ status: 'failed', coverage: { planned: 8, searched: 0, failed: 8 } });
  });

  it('waits for a fault of the machine to pass, and counts as not searched meanwhile', async () => {
    const busy = () => Promise.reject(new AppError('imaging-busy', 'too many slices wait', { retryable: true }));
    const test = await testDesk({ relay: await testRelay(), change: () => ({ findCandidates: busy }) });
    await expect(readOnDevice(test, writeExam(8))).rejects.toMatchObject({ code: 'imaging-busy' });
    expect((await queueRows(test.database, test.desk.searches))[0]).toMatchObject({ state: 'preparing', searchState: null });
  });
});

describe('a search that is stopped', () => {
  it('leaves nothing behind when the reading is cancelled, and is done anew when it is taken up again', async () => {
    const begun = Promise.withResolvers<undefined>();
    const test = await testDesk({
      relay: await testRelay(),
      change: ({ findCandidates }) => ({
        findCandidates: (...given) => {
          const found = findCandidates(...given);
          begun.resolve(undefined);
          return found;
        },
      }),
    });
    const readingId = await test.admit(sampleExamFolder(), 'device-only');
    const settled = test.queue.whenSettled(readingId);
    await begun.promise;
    expect(await findSearch(test.database, readingId)).toMatchObject({ state: 'running' });
    expect((await queueRows(test.database, test.desk.searches))[0]).toMatchObject({ state: 'preparing', searchState: 'running', candidateCount: null });
    const searching = { tokens: createPictureTokens(), searches: test.desk.searches, profiles: test.desk.profiles };
    test.desk.searches.note(readingId, 0.25);
    expect((await queueRows(test.database, test.desk.searches))[0]?.searchProgress).toBe(0.25);
    expect((await readingDetail(test.database, readingId, searching)).row.searchProgress).toBe(0.25);
    await test.queue.cancel(readingId);
    expect(await settled).toMatchObject({ state: 'cancelled' });
    expect([await findSearch(test.database, readingId), await listCandidates(test.database, readingId)]).toEqual([null, []]);
    expect(await readingDetail(test.database, readingId, searching)).toMatchObject({ search: null, row: { searchState: null, searchProgress: null } });
    test.connection.exec(`UPDATE reading SET state = 'preparing', reason = NULL`);
    await test.queue.whenSettled(readingId);
    expect(await readingDocument(test.database, readingId)).toMatchObject({ status: 'complete', search: { state: 'done' } });
  }, 120_000);

  it('is done anew after a crash in its middle', async () => {
    const home = join(temporaryFolder(), 'home');
    const command = [join(root, 'src-main/cli.ts'), 'read', sampleExamFolder(), '--device-only', '--json', '--home', home];
    const first = spawn(process.execPath, command, { stdio: 'ignore' });
    const ended = once(first, 'exit');
    const look = setInterval(() => { if (searchState(home) === 'running') first.kill('SIGKILL'); }, 5);
    await ended;
    clearInterval(look);
    expect([first.signalCode, searchState(home)]).toEqual(['SIGKILL', 'running']);
    const second = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    for await (const chunk of second.stdout) text += String(chunk);
    expect(JSON.parse(text)).toMatchObject({ status: 'complete', search: { state: 'done', searchedSlices: 32 }, coverage: { searched: 32 } });
    expect((JSON.parse(text) as ReadingDocument).candidates).toHaveLength(40);
  }, 120_000);
});

/** State of the search in the database of a running process; null before there is one. */
function searchState(home: string): string | null {
  try {
    const connection = new SqliteDatabase(dataPaths(home).database, { readonly: true });
    try {
      return (connection.prepare('SELECT state FROM candidate_search').pluck().get() as string | undefined) ?? null;
    } finally {
      connection.close();
    }
  } catch {
    return null;
  }
}
