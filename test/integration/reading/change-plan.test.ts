import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changePlan } from '../../../src-main/reading/change-plan.ts';
import { readingDocument } from '../../../src-main/reading/reading-document.ts';
import type { RelayChoice, ReadingDesk } from '../../../src-main/reading/reading-desk.ts';
import { listRequests } from '../../../src-main/store/request-table.ts';
import { findReading, listSteps } from '../../../src-main/store/reading-table.ts';
import type { ReadingDocument, ReadingPlan } from '../../../src-shared/domain/reading.ts';
import { sampleCandidate } from '../../helpers/sample-candidate.ts';
import { outlinedAs, testDesk, tileAPicture, toldMask } from '../../helpers/test-desk.ts';
import type { TestDesk } from '../../helpers/test-desk.ts';
import { testRelay, writeExam } from '../../helpers/test-workstation.ts';

const search = { searchedSlices: 8, spacingNote: null, foundCount: 1 };
const lungs = outlinedAs(toldMask);
const finds: ReadingDesk['findCandidates'] = () => Promise.resolve({ candidates: [sampleCandidate()], search });
const deviceFinds = (desk: ReadingDesk): Partial<ReadingDesk> => ({ ...lungs(desk), findCandidates: finds });
/** Requests of so many slices. */
const slicesEach = (slices: number) => ({
  settings: { imagesPerRequest: slices + 2 }, change: (desk: ReadingDesk): Partial<ReadingDesk> => ({ ...deviceFinds(desk), ...tileAPicture(desk) }),
});
const offline: RelayChoice = { kind: 'hold', holdFor: 'offline', code: 'relay-unreachable' };

async function change(test: TestDesk, readingId: string, plan: ReadingPlan): Promise<ReadingDocument> {
  await test.queue.change(readingId, () => changePlan(test.desk, readingId, plan));
  await test.queue.whenSettled(readingId);
  return readingDocument(test.database, readingId);
}

describe('finishing a relay’s reading on the device', () => {
  it('needs neither the network nor the files, and lets the relay read it after all', async () => {
    const relay = await testRelay();
    const way: { choice: RelayChoice | null } = { choice: offline };
    const test = await testDesk({
      relay,
      change: (plain) => ({ ...lungs(plain), findCandidates: finds, chooseRelay: (reading) => (way.choice === null ? plain.chooseRelay(reading) : Promise.resolve(way.choice)) }),
    });
    const folder = writeExam(8);
    const readingId = await test.admit(folder);
    expect(await test.queue.whenSettled(readingId)).toMatchObject({ state: 'held', heldFor: 'offline' });
    test.desk.volumes.release();
    rmSync(folder, { recursive: true });
    expect(await change(test, readingId, 'device-only')).toMatchObject({
      status: 'complete', plan: 'device-only', priority: 'unknown', coverage: { planned: 8, searched: 8, valid: 0 }, cost: { knownMicroUsd: 0 },
    });
    expect(relay.requestCount()).toBe(0);
    way.choice = null;
    expect(await change(test, readingId, 'relay')).toMatchObject({ status: 'complete', plan: 'relay', coverage: { planned: 8, searched: 0, valid: 8 } });
    expect(relay.requestCount()).toBe(1);
    expect((await listSteps(test.database, readingId)).map(({ to }) => to)).toEqual([
      'settled', 'preparing', 'planned', 'held', 'preparing', 'planned', 'merged', 'preparing', 'planned', 'reading', 'merged',
    ]);
  });

  it('keeps what a model has read, and sends only the rest when a relay is asked again', async () => {
    const relay = await testRelay({ faults: { script: [{ kind: 'none' }, { kind: 'status', status: 402 }] } });
    const test = await testDesk({ relay, ...slicesEach(2) });
    const readingId = await test.admit(writeExam(8));
    expect(await test.queue.whenSettled(readingId)).toMatchObject({ state: 'held', heldFor: 'relay' });
    expect(await change(test, readingId, 'device-only')).toMatchObject({ status: 'complete', coverage: { planned: 8, valid: 2, searched: 6 } });
    // What was planned stays: it can be sent without the files, and an answer to what was tried may have been paid for.
    expect((await listRequests(test.database, readingId)).map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting', 'waiting']);
    expect(await change(test, readingId, 'relay')).toMatchObject({ status: 'complete', coverage: { valid: 8, searched: 0 } });
    expect(relay.requestCount()).toBe(2 + 3);
    expect((await listRequests(test.database, readingId)).every(({ state }) => state === 'done')).toBe(true);
  });

  it('leaves alone what a relay has read whole', async () => {
    const relay = await testRelay();
    const test = await testDesk({ relay, change: deviceFinds });
    const readingId = await test.admit(writeExam(8));
    await test.queue.whenSettled(readingId);
    const before = await readingDocument(test.database, readingId);
    expect(await change(test, readingId, 'device-only')).toEqual(before);
    expect(relay.requestCount()).toBe(1);
  });

  it('stops a relay’s reading where it is: what comes back counts, nothing more is sent', async () => {
    const arrived = Promise.withResolvers<undefined>();
    const relay = await testRelay({ faults: { script: [{ kind: 'slow', ms: 50 }], repeatLast: true }, onRequest: () => { arrived.resolve(undefined); } });
    const test = await testDesk({ relay, ...slicesEach(1) });
    const readingId = await test.admit(writeExam(8));
    const settled = test.queue.whenSettled(readingId);
    await arrived.promise;
    const document = await change(test, readingId, 'device-only');
    expect(document.coverage.valid + document.coverage.searched).toBe(8);
    expect([document.status, relay.requestCount(), (await settled).state]).toEqual(['complete', 1, 'merged']);
  });

  it('asks for the files where they are gone before they were searched', async () => {
    const test = await testDesk({ relay: await testRelay(), change: (plain) => ({ ...lungs(plain), findCandidates: finds, chooseRelay: () => Promise.resolve(offline) }) });
    const folder = writeExam(8);
    const readingId = await test.admit(folder);
    await test.queue.whenSettled(readingId);
    test.connection.exec('DELETE FROM candidate; DELETE FROM candidate_search');
    test.desk.volumes.release();
    rmSync(folder, { recursive: true });
    expect(await change(test, readingId, 'device-only')).toMatchObject({ status: 'failed', reason: 'file-unreadable', coverage: { searched: 0 } });
    expect(await findReading(test.database, readingId)).toMatchObject({ state: 'needs-attention' });
  });

  it('searches first where that has not been done, and refuses a copy of another exam', async () => {
    let searches = 0;
    const test = await testDesk({
      relay: await testRelay(),
      change: (plain) => ({ ...lungs(plain), findCandidates: (...given) => { searches += 1; return finds(...given); }, chooseRelay: () => Promise.resolve(offline) }),
    });
    const readingId = await test.admit(writeExam(8));
    await test.queue.whenSettled(readingId);
    test.connection.exec('DELETE FROM candidate; DELETE FROM candidate_search');
    expect(await change(test, readingId, 'device-only')).toMatchObject({ status: 'complete', candidates: [{ rank: 1 }] });
    expect(searches).toBe(2);
    test.connection.exec(`UPDATE reading SET reason = 'already-read', state = 'cancelled'`);
    await expect(changePlan(test.desk, readingId, 'relay')).rejects.toMatchObject({ code: 'already-read' });
  });
});
