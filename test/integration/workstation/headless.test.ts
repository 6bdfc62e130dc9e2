import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src-main/store/open-database.ts';
import { dataPaths } from '../../../src-main/platform/paths.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { testRelay, testWorkstation, until, writeExam, writeSlice } from '../../helpers/test-workstation.ts';

const plain = { model: null, highPriority: false };
const named = { model: 'glm-5.3-flash', highPriority: false };
const other = { studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.3.4' };

function home(): string {
  return join(temporaryFolder(), 'home');
}

describe('reading one folder headless', () => {
  it('sends no other exam to the relay that was named for this one', async () => {
    const dataFolder = home();
    const first = await testRelay();
    const before = await testWorkstation({ dataFolder, relay: { ...first.override, key: 'wrong' } });
    await before.readFolder(writeExam(8), named);
    await before.stop();
    const second = await testRelay();
    const workstation = await testWorkstation({ dataFolder, relay: second.override });
    const [document] = await workstation.readFolder(writeExam(8, other), named);
    expect(document?.status).toBe('complete');
    await workstation.stop();
    expect(second.requestCount()).toBe(1);
  });

  it('sends nothing when it was called off before it began', async () => {
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: relay.override });
    const [document] = await workstation.readFolder(writeExam(8), { ...named, signal: AbortSignal.abort() });
    expect(document).toMatchObject({ status: 'failed', reason: 'cancelled' });
    expect(relay.requestCount()).toBe(0);
  });

  it('reads what a watched folder would ask about, because a person named the folder', async () => {
    const dataFolder = home();
    const folder = join(temporaryFolder(), 'watched');
    const exam = writeExam(8, {}, join(folder, 'exam'));
    const watching = await testWorkstation({ dataFolder });
    await watching.updateSettings({ settleSeconds: 1 });
    await watching.start();
    await watching.addFolder(folder);
    await until(watching, async () => (await watching.listQueue()).find((row) => row.status === 'complete') ?? null);
    writeSlice(exam, 8);
    await until(watching, async () => (await watching.listQueue()).find((row) => row.state === 'needs-attention') ?? null);
    await watching.stop();
    const [document] = await (await testWorkstation({ dataFolder })).readFolder(exam, plain);
    expect(document).toMatchObject({ status: 'complete', series: { slices: 9 } });
  });

  it('counts no crash of a reading that was merely there while something else was asked', async () => {
    const dataFolder = home();
    const first = await testRelay();
    const before = await testWorkstation({ dataFolder, relay: { ...first.override, key: 'wrong' } });
    await before.readFolder(writeExam(8), named);
    await before.stop();
    const database = openDatabase({ path: dataPaths(dataFolder).database, key: null });
    await database.updateTable('reading').set({ state: 'preparing', held_for: null, reason: null }).execute();
    await database.destroy();
    for (let time = 0; time < 6; time += 1) {
      const history = await testWorkstation({ dataFolder });
      await history.listQueue();
      await history.stop();
    }
    const relay = await testRelay();
    const workstation = await testWorkstation({ dataFolder, relay: relay.override });
    await workstation.start();
    const [row] = await until(workstation, async () => {
      const rows = await workstation.listQueue();
      return rows.every(({ state }) => state === 'merged' || state === 'needs-attention') ? rows : null;
    });
    expect(row).toMatchObject({ state: 'merged', status: 'complete' });
  });

  it('tries again, because a person asks, what LungDesk has ended with twice', async () => {
    const dataFolder = home();
    const first = await testRelay();
    const folder = writeExam(8);
    const before = await testWorkstation({ dataFolder, relay: { ...first.override, key: 'wrong' } });
    await before.readFolder(folder, named);
    await before.stop();
    const database = openDatabase({ path: dataPaths(dataFolder).database, key: null });
    await database.updateTable('reading').set({ state: 'reading', held_for: null, reason: null, crash_count: 2 }).execute();
    await database.destroy();
    const relay = await testRelay();
    const [document] = await (await testWorkstation({ dataFolder, relay: relay.override })).readFolder(folder, named);
    expect(document?.status).toBe('complete');
  });

  it('does not call an exam complete that came to hold a damaged slice since it was read', async () => {
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: relay.override });
    const folder = writeExam(8);
    expect((await workstation.readFolder(folder, named))[0]).toMatchObject({ status: 'complete', priority: expect.not.stringMatching('unknown') as string });
    writeSlice(folder, 8);
    truncateSync(join(folder, 'slice-8.dcm'), 3000);
    const [document] = await workstation.readFolder(folder, named);
    expect(document?.status).toBe('incomplete');
    expect(document?.priority).not.toBe('routine');
    expect(document?.coverage).toMatchObject({ planned: 9, valid: 8, failed: 1 });
    expect(document?.problems.map((problem) => problem.sopInstanceUid)).toContain('1.2.826.0.1.3680043.10.999.2.9');
    expect(relay.requestCount()).toBe(1);
  });

  it('counts every damaged file, also those that do not say which slice they were, whatever model reads the rest', async () => {
    const folder = writeExam(8);
    for (const index of [8, 9]) {
      writeSlice(folder, index);
      truncateSync(join(folder, `slice-${String(index)}.dcm`), 400);
    }
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: relay.override });
    for (const model of ['glm-5.3-flash', 'qwen3.8-flash']) {
      const [document] = await workstation.readFolder(folder, { model, highPriority: false });
      expect(document).toMatchObject({ status: 'incomplete', coverage: { planned: 10, valid: 8, failed: 2 } });
    }
    expect(relay.requestCount()).toBe(2);
  });

  it('says where slices are missing', async () => {
    const folder = writeExam(0);
    for (const index of [0, 1, 2, 3, 6, 7, 8, 9]) writeSlice(folder, index);
    const [document] = await (await testWorkstation()).readFolder(folder, plain);
    expect(document).toMatchObject({ status: 'incomplete', coverage: { unreadRanges: [{ fromIndex: 3, toIndex: 4, fromMm: 7.5, toMm: 15 }] } });
  });

  it('keeps telling that an instance was there twice with different pixels', async () => {
    const folder = writeExam(8);
    writeSlice(join(writeExam(0, {}, join(folder, 'twice'))), 3, { pixels: new Int16Array(64 * 64).fill(40) });
    const [document] = await (await testWorkstation()).readFolder(folder, plain);
    expect(document?.problems.map((problem) => problem.code)).toEqual(['same-uid-other-pixels']);
  });
});

describe('a reading that is taken up again', () => {
  it('stays what it is when there is nothing left to send', async () => {
    const dataFolder = home();
    const relay = await testRelay();
    const before = await testWorkstation({ dataFolder, relay: relay.override });
    const [read] = await before.readFolder(writeExam(8), named);
    await before.stop();
    const workstation = await testWorkstation({ dataFolder, relay: { baseUrl: 'https://relay.example', key: null } });
    const [row] = await workstation.listQueue();
    const readingId = row?.readingId ?? '';
    await workstation.resumeReading(readingId);
    const again = await until(workstation, async () => {
      const { row: now } = await workstation.openReading(readingId);
      return now.status === null ? null : now;
    });
    expect(again).toMatchObject({ state: 'merged', status: 'complete', priority: read?.priority });
    expect(relay.requestCount()).toBe(1);
  });
});
