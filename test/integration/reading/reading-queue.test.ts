import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../src-shared/domain/units.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import type { Clock } from '../../../src-main/platform/clock.ts';
import { startPracticeRelay } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { endInterrupted, insertReserved, listAttempts, updateAttempt } from '../../../src-main/store/attempt-table.ts';
import { findReading, listSteps, updateReading } from '../../../src-main/store/reading-table.ts';
import { listRequests } from '../../../src-main/store/request-table.ts';
import { listSlices } from '../../../src-main/store/slice-table.ts';
import { listTiles, markTilesSent } from '../../../src-main/store/tile-table.ts';
import { testDesk, tileAPicture } from '../../helpers/test-desk.ts';
import type { TestDesk } from '../../helpers/test-desk.ts';
import { testRelay, writeExam } from '../../helpers/test-workstation.ts';

/** Longer waits than this are pauses between two looks at what is held or lost. */
const longestRetryMs = 10_000;

/** A clock whose pauses between two looks at held readings and lost relays end when the test says so. */
function recheckClock(): { readonly clock: Clock; readonly pauses: (() => void)[]; readonly paused: Promise<void> } {
  const pauses: (() => void)[] = [];
  const first = Promise.withResolvers<undefined>();
  function pause(): Promise<void> {
    return new Promise((resolve) => {
      pauses.push(resolve);
      first.resolve(undefined);
    });
  }
  return {
    pauses,
    paused: first.promise,
    clock: { ...systemClock, random: () => 0, wait: (ms, signal) => (ms > longestRetryMs ? pause() : systemClock.wait(ms, signal)) },
  };
}

/** One request for each slice. */
const sliceBySlice = { settings: { imagesPerRequest: 3 }, change: tileAPicture } as const;

/** Leaves a reading as a crash does: one request was sent and nobody knows what became of it. */
async function crashWhileSending({ database }: TestDesk, readingId: string): Promise<void> {
  const [request] = await listRequests(database, readingId);
  const id = systemClock.newId();
  await markTilesSent(database, request?.id ?? '');
  await insertReserved(database, {
    id, reading_id: readingId, request_id: request?.id ?? '', relay_name: 'relay', model_requested: 'm', state: 'reserved', reserved_at: 1,
    max_cost_micro_usd: 7, cost_source: 'forecast', billing_month: '2026-11', billing_day: '2026-11-23',
  }, null);
  await updateAttempt(database, id, { state: 'sent', sent_at: 1 });
  await endInterrupted(database, epochMs(2));
}

describe('cancel', () => {
  it('sends nothing more, also while the reading was on its way', async () => {
    const arrived = Promise.withResolvers<undefined>();
    const relay = await testRelay({ faults: { script: [{ kind: 'slow', ms: 50 }], repeatLast: true }, onRequest: () => { arrived.resolve(undefined); } });
    const { queue, admit, database } = await testDesk({ relay, ...sliceBySlice });
    const readingId = await admit(writeExam(12));
    const settled = queue.whenSettled(readingId);
    await arrived.promise;
    await queue.cancel(readingId);
    expect(await settled).toMatchObject({ state: 'cancelled', reason: 'cancelled' });
    await queue.whenSettled(await admit(writeExam(8, { studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.3.4' })));
    expect(relay.requestCount()).toBe(1 + 8);
    expect(await findReading(database, readingId)).toMatchObject({ state: 'cancelled' });
    expect((await listSteps(database, readingId)).at(-1)?.to).toBe('cancelled');
  });
});

describe('a fault of one request', () => {
  it('stops the others before the reading fails', async () => {
    const relay = await testRelay({ faults: { script: [{ kind: 'slow', ms: 200 }], repeatLast: true } });
    let looks = 0;
    const { queue, admit, database } = await testDesk({
      relay,
      settings: { imagesPerRequest: 3, requestsInFlight: 2 },
      change: (desk) => ({
        ...tileAPicture(desk),
        pictures: {
          ...desk.pictures,
          get: async (sha256) => {
            looks += 1;
            if (looks === 1) throw new Error('EIO');
            return desk.pictures.get(sha256);
          },
        },
      }),
    });
    const readingId = await admit(writeExam(8));
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'failed', reason: 'unexpected' });
    expect(relay.requestCount()).toBe(1);
    expect((await listAttempts(database, { readingId })).map((attempt) => attempt.state)).toEqual(['settled']);
  });
});

describe('after a crash', () => {
  it('tries once more at most where the outcome is unknown', async () => {
    const held = await testRelay({ faults: { script: [{ kind: 'status', status: 402 }], repeatLast: true } });
    const before = await testDesk({ relay: held });
    const readingId = await before.admit(writeExam(8));
    await before.queue.whenSettled(readingId);
    await before.queue.stop();
    await crashWhileSending(before, readingId);
    const relay = await testRelay({ faults: { script: [{ kind: 'reset' }], repeatLast: true } });
    const { queue, database } = await testDesk({ relay, after: before });
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged', priority: 'unknown' });
    expect(relay.requestCount()).toBe(1);
    expect((await listTiles(database, readingId)).every((tile) => tile.state === 'failed')).toBe(true);
  });

  it('does not send a third time what was twice cut off by a crash', async () => {
    const held = await testRelay({ faults: { script: [{ kind: 'status', status: 402 }], repeatLast: true } });
    const before = await testDesk({ relay: held });
    const readingId = await before.admit(writeExam(8));
    await before.queue.whenSettled(readingId);
    await before.queue.stop();
    await crashWhileSending(before, readingId);
    await crashWhileSending(before, readingId);
    const relay = await testRelay();
    const { queue, database } = await testDesk({ relay, after: before });
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged', priority: 'unknown' });
    expect(relay.requestCount()).toBe(0);
    expect((await listTiles(database, readingId)).every((tile) => tile.reason === 'outcome-unknown')).toBe(true);
  });

  it.each(['settled', 'preparing', 'planned', 'reading'] as const)('parks a %s reading that two runs ended with, and reads the others', async (state) => {
    const relay = await testRelay();
    const { queue, admit, database } = await testDesk({ relay, ...sliceBySlice });
    const poison = await admit(writeExam(8));
    await updateReading(database, poison, { crash_count: 2 });
    await database.updateTable('reading').set({ state }).where('id', '=', poison).execute();
    const other = await admit(writeExam(8, { studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.3.4' }));
    expect(await queue.whenSettled(poison)).toMatchObject({ state: 'needs-attention', reason: 'unexpected' });
    expect(await queue.whenSettled(other)).toMatchObject({ state: 'merged', crashCount: 0 });
    expect(relay.requestCount()).toBe(8);
  });
});

describe('a held reading', () => {
  it('is not tried again by itself where a person has to act first', async () => {
    const relay = await testRelay({ faults: { script: [{ kind: 'status', status: 402 }], repeatLast: true } });
    const { clock, pauses } = recheckClock();
    const { queue, admit } = await testDesk({ relay, clock });
    expect(await queue.whenSettled(await admit(writeExam(8)))).toMatchObject({ state: 'held', heldFor: 'relay' });
    await queue.whenSettled(await admit(writeExam(8, { studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.3.4' })));
    expect(pauses).toEqual([]);
    expect(relay.requestCount()).toBe(2);
  });

  it('goes on by itself when the network is back', async () => {
    const relay = await startPracticeRelay({ models: 'any' });
    const port = Number(relay.baseUrl.port);
    await relay.close();
    const { clock, pauses, paused } = recheckClock();
    const { queue, admit, database } = await testDesk({ relay, clock });
    const readingId = await admit(writeExam(8));
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'held', heldFor: 'offline' });
    await paused;
    await testRelay({ port, token: relay.token });
    await expect.poll(async () => {
      for (const end of pauses.splice(0)) end();
      return (await findReading(database, readingId))?.state;
    }, { interval: 20, timeout: 30_000 }).toBe('merged');
  });
});

describe('preparing', () => {
  it('waits for a person, and sends nothing, when files of the exam are gone', async () => {
    const relay = await testRelay();
    const { queue, admit, database } = await testDesk({ relay });
    const folder = writeExam(10);
    const readingId = await admit(folder);
    rmSync(join(folder, 'slice-4.dcm'));
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'needs-attention', reason: 'file-unreadable' });
    expect(relay.requestCount()).toBe(0);
    writeExam(10, {}, folder);
    await database.updateTable('reading').set({ state: 'preparing' }).where('id', '=', readingId).execute();
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged', reason: null });
  });

  it('makes a picture again that was lost', async () => {
    const relay = await testRelay();
    let lost = true;
    const { queue, admit, database } = await testDesk({
      relay,
      change: ({ pictures }) => ({ pictures: { ...pictures, get: async (sha256) => (lost ? null : pictures.get(sha256)) } }),
    });
    const readingId = await admit(writeExam(8));
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged', reason: 'file-unreadable' });
    expect((await listTiles(database, readingId)).every(({ state, reason }) => state === 'failed' && reason === 'file-unreadable')).toBe(true);
    expect(relay.requestCount()).toBe(0);
    lost = false;
    await database.updateTable('reading').set({ state: 'preparing' }).where('id', '=', readingId).execute();
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged', reason: null });
    expect((await listSlices(database, readingId)).every(({ state }) => state === 'valid')).toBe(true);
    expect((await listRequests(database, readingId)).map(({ state }) => state)).toEqual(['failed', 'done']);
    expect(relay.requestCount()).toBe(1);
  });
});
