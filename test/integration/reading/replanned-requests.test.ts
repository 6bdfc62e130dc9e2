import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { readingDocument } from '../../../src-main/reading/reading-document.ts';
import type { Fault } from '../../../src-main/relay/practice-relay/faults.ts';
import { listAttempts } from '../../../src-main/store/attempt-table.ts';
import { listFindings } from '../../../src-main/store/finding-table.ts';
import { listSteps } from '../../../src-main/store/reading-table.ts';
import { listRequests } from '../../../src-main/store/request-table.ts';
import { listSlices } from '../../../src-main/store/slice-table.ts';
import { listTiles } from '../../../src-main/store/tile-table.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { chestDevice, chestSlices, writeChestExam } from '../../helpers/chest-exam.ts';
import { outlinedAs, testDesk, tileAPicture, toldMask } from '../../helpers/test-desk.ts';
import type { TestDesk, TestDeskOptions } from '../../helpers/test-desk.ts';
import { testRelay, writeExam } from '../../helpers/test-workstation.ts';

const blank: Fault = { kind: 'blank-positive' };
const ok: Fault = { kind: 'none' };
const cut: Fault = { kind: 'reset' };
const gone: Fault = { kind: 'status', status: 404, body: JSON.stringify({ error: { message: 'the model does not exist', code: 'model_not_found' } }) };

/** Nothing waits at random. */
const clock = { ...systemClock, random: () => 0 };

/** Two requests of four slices each. */
const fourSlicesEach: Pick<TestDeskOptions, 'settings' | 'change'> = {
  settings: { imagesPerRequest: 6 }, change: (desk) => ({ ...tileAPicture(desk), ...outlinedAs(toldMask)(desk) }),
};
const chest: Pick<TestDeskOptions, 'settings' | 'change'> = { settings: { readingMode: 'sweep-and-verify', imagesPerRequest: 20 }, change: chestDevice() };

async function read(script: readonly Fault[], options: Pick<TestDeskOptions, 'settings' | 'change'>, folder: string, repeatLast = false) {
  const relay = await testRelay({ faults: { script: [...script], repeatLast } });
  const test = await testDesk({ relay, clock, ...options });
  const readingId = await test.admit(folder);
  await test.queue.whenSettled(readingId);
  return { test, relay, readingId, document: await readingDocument(test.database, readingId) };
}

async function states({ database }: TestDesk, readingId: string): Promise<string> {
  return (await listSlices(database, readingId)).map(({ state }) => state.charAt(0)).join('');
}

describe('a request that calls its blank positive', () => {
  it('is planned anew once, dealt in another way, and believed in nothing', async () => {
    const { test, relay, readingId, document } = await read([blank, blank], chest, writeChestExam());
    expect(document).toMatchObject({ status: 'complete', coverage: { valid: chestSlices, failed: 0 }, verification: { planned: 3, valid: 3 } });
    const requests = await listRequests(test.database, readingId);
    expect(requests.map(({ purpose, state }) => `${purpose} ${state}`)).toEqual(['sweep failed', 'verify failed', 'sweep done', 'verify done']);
    expect(new Set(requests.map(({ nonce }) => nonce)).size).toBe(4);
    expect(relay.requestCount()).toBe(4);
    const tiles = await listTiles(test.database, readingId);
    const failed = tiles.filter(({ requestId }) => requests.slice(0, 2).some(({ id }) => id === requestId));
    expect(failed.every(({ state, reason, answer }) => state === 'failed' && reason === 'control-failed' && answer === null)).toBe(true);
    // Every tile was called positive: only what the second deal showed is a finding.
    expect((await listFindings(test.database, readingId)).filter(({ side }) => side === 'right')).toEqual([]);
    expect((await listSteps(test.database, readingId)).map(({ to, reason }) => (to === 'preparing' ? reason : to))).toEqual([
      'settled', null, 'planned', 'reading', 'control-failed', 'planned', 'reading', 'merged',
    ]);
  });

  it('stays failed with its code when the second deal is called positive too, however many there were', async () => {
    const { test, relay, readingId, document } = await read([blank], fourSlicesEach, writeExam(8), true);
    expect(document).toMatchObject({ status: 'failed', reason: 'control-failed', priority: 'unknown', findings: [], coverage: { planned: 8, failed: 8, valid: 0 } });
    expect((await listSlices(test.database, readingId)).every(({ reason }) => reason === 'control-failed')).toBe(true);
    expect(relay.requestCount()).toBe(2 + 2);
    // A person may ask for it again: then it is planned anew as often.
    await test.database.updateTable('reading').set({ state: 'preparing' }).where('id', '=', readingId).execute();
    await test.database.insertInto('transition').values({ reading_id: readingId, at: 1, from_state: 'merged', to_state: 'preparing', event: 'prepare', reason: null }).execute();
    await test.queue.whenSettled(readingId);
    expect(relay.requestCount()).toBe(2 * (2 + 2));
  });

  it('sends nothing else again by itself: what may have been paid for twice waits for a person', async () => {
    const { test, relay, readingId, document } = await read([cut, cut, blank], fourSlicesEach, writeExam(8));
    expect(document).toMatchObject({ status: 'incomplete', coverage: { planned: 8, failed: 4, valid: 4 } });
    expect(await states(test, readingId)).toBe('ffffvvvv');
    expect(relay.requestCount()).toBe(2 + 1 + 1);
    expect((await listAttempts(test.database, { readingId })).filter(({ state }) => state === 'unknown')).toHaveLength(2);
  });

  it('is not believed either when its answer comes from before a crash', async () => {
    const crash = new AppError('database-full', 'the disk is full', { retryable: true });
    const before = await testDesk({
      relay: await testRelay({ faults: { script: [blank] } }), clock, settings: { readingMode: 'sweep' },
      change: (desk) => ({
        ...chestDevice()(desk),
        sender: {
          async send(...request) {
            await desk.sender.send(...request);
            throw crash;
          },
        },
      }),
    });
    const readingId = await before.admit(writeChestExam());
    await expect(before.queue.whenSettled(readingId)).rejects.toMatchObject({ code: 'database-full' });
    expect((await listRequests(before.database, readingId)).map(({ state }) => state)).toEqual(['waiting']);
    await before.queue.stop();
    const relay = await testRelay();
    const { queue, database } = await testDesk({ relay, clock, after: before, settings: { readingMode: 'sweep' }, change: chestDevice() });
    expect(await queue.whenSettled(readingId)).toMatchObject({ state: 'merged' });
    expect((await listRequests(database, readingId)).map(({ state }) => state)).toEqual(['failed', 'done']);
    expect((await listTiles(database, readingId)).filter(({ reason }) => reason === 'control-failed').length).toBeGreaterThan(0);
    expect(relay.requestCount()).toBe(1);
    expect((await readingDocument(database, readingId)).status).toBe('complete');
  });
});

describe('a model that is not to be had any more', () => {
  it('leaves the rest of the reading to the next one that the clinic allows', async () => {
    const { test, relay, readingId, document } = await read([ok, gone], {
      ...fourSlicesEach, settings: { ...fourSlicesEach.settings, allowedFallbacks: [{ relayId: 'override', model: 'stand-in' }] },
    }, writeExam(12));
    expect(document).toMatchObject({ status: 'complete', coverage: { valid: 12 } });
    expect((await listRequests(test.database, readingId)).map(({ model, state }) => [model, state])).toEqual([
      ['some-vision-model', 'done'], ['stand-in', 'done'], ['stand-in', 'done'],
    ]);
    const tiles = await listTiles(test.database, readingId);
    expect([...new Set(tiles.map(({ modelServed }) => modelServed))]).toEqual(['some-vision-model', 'stand-in']);
    expect(relay.requestCount()).toBe(4);
  });

  it('has no stand-in on the practice relay: the reading is held, not tried for ever', async () => {
    const { relay, document } = await read([], {
      change: (desk) => ({
        // The practice relay offers its own models only.
        chooseRelay: async (reading) => {
          const choice = await desk.chooseRelay(reading);
          return choice.kind === 'target' ? { ...choice, target: { ...choice.target, practice: true } } : choice;
        },
      }),
    }, writeExam(8));
    expect(document).toMatchObject({ status: 'held', heldFor: 'relay', reason: 'relay-model-unknown' });
    expect(relay.requestCount()).toBe(0);
  });

  it('holds the reading where the clinic allows no other', async () => {
    const held = await read([ok, gone], fourSlicesEach, writeExam(8));
    expect(held.document).toMatchObject({ status: 'held', heldFor: 'relay', reason: 'relay-model-unknown', coverage: { valid: 4 } });
    expect(held.relay.requestCount()).toBe(2);
  });
});
