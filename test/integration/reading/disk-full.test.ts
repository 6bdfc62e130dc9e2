import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ReadingQueue } from '../../../src-main/reading/reading-queue.ts';
import { startPracticeRelay } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { listAttempts } from '../../../src-main/store/attempt-table.ts';
import { listProblems } from '../../../src-main/store/problem-table.ts';
import { fillDisk, freeDisk, testDesk, tileAPicture } from '../../helpers/test-desk.ts';
import { testRelay, writeExam } from '../../helpers/test-workstation.ts';

/** One request for each slice. */
const sliceBySlice = { settings: { imagesPerRequest: 3 }, change: tileAPicture } as const;

/** Held where there was still room for that, else a fault: the reading waits either way. */
async function parkedFor(queue: ReadingQueue, readingId: string): Promise<unknown> {
  return queue.whenSettled(readingId).then(({ state, reason }) => (state === 'held' ? reason : state), (thrown: unknown) => (thrown as AppError).code);
}

describe('a full disk', () => {
  it('sends nothing before there is a row for it, says so, and goes on when there is room', async () => {
    const relay = await testRelay();
    const { connection, database, queue, admit } = await testDesk({ relay, ...sliceBySlice });
    const readingId = await admit(writeExam(8));
    fillDisk(connection);
    expect(await parkedFor(queue, readingId)).toBe('database-full');
    expect(relay.requestCount()).toBe((await listAttempts(database, { readingId })).filter((attempt) => attempt.sentAt !== null).length);
    expect(relay.requestCount()).toBeLessThan(8);
    freeDisk(connection);
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged', reason: null });
    expect(queue.faultOf(readingId)).toBeNull();
    expect(await listProblems(database, readingId)).toEqual([]);
    expect(relay.requestCount()).toBe(8);
  });

  it('neither loses nor pays twice for an answer that came when it could not be stored', async () => {
    let fill = (): void => undefined;
    const relay = await startPracticeRelay({ models: 'any', onRequest: ({ index }) => { if (index === 3) fill(); } });
    const { connection, database, queue, admit } = await testDesk({ relay, ...sliceBySlice });
    fill = () => { fillDisk(connection); };
    const readingId = await admit(writeExam(8));
    expect(await parkedFor(queue, readingId)).toBe('database-full');
    freeDisk(connection);
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged' });
    expect(relay.requestCount()).toBe(8);
    const attempts = await listAttempts(database, { readingId });
    expect(attempts.map((attempt) => attempt.state)).toEqual(Array.from({ length: 8 }, () => 'settled'));
    await relay.close();
  });

  it('parks the reading for the disk, not for good, when only the ledger finds it full', async () => {
    const relay = await testRelay();
    let full = true;
    const { queue, admit } = await testDesk({
      relay,
      change: ({ sender }) => ({
        sender: {
          send: async (request, target, options) => {
            const result = await sender.send(request, target, options);
            return full ? { ...result, stop: { code: 'database-full', hold: 'disk', fallback: false, scope: 'relay', said: null } } : result;
          },
        },
      }),
    });
    const readingId = await admit(writeExam(8));
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'held', heldFor: 'disk', reason: 'database-full' });
    full = false;
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged' });
  });

  it('makes no gap of a slice whose picture there was no room for', async () => {
    const relay = await testRelay();
    let full = true;
    const { queue, admit, database } = await testDesk({
      relay,
      settings: { imagesPerRequest: 3 },
      change: (desk) => ({
        ...tileAPicture(desk),
        pictures: {
          ...desk.pictures,
          put: async (sha256, png) => {
            if (full) throw new AppError('database-full', 'the disk is full', { retryable: true });
            await desk.pictures.put(sha256, png);
          },
        },
      }),
    });
    const readingId = await admit(writeExam(8));
    await expect(queue.whenSettled(readingId)).rejects.toMatchObject({ code: 'database-full' });
    expect(queue.faultOf(readingId)).toBe('database-full');
    full = false;
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged' });
    expect(await listProblems(database, readingId)).toEqual([]);
    expect(relay.requestCount()).toBe(8);
  });
});
