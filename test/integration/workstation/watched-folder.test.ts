import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { testWorkstation, until, writeExam, writeSlice } from '../../helpers/test-workstation.ts';
import type { Workstation } from '../../../src-main/workstation-port.ts';
import type { QueueRow } from '../../../src-shared/domain/views.ts';

function row(workstation: Workstation, wanted: (row: QueueRow) => boolean): Promise<QueueRow> {
  return until(workstation, async () => (await workstation.listQueue()).find(wanted) ?? null);
}

async function watching(settleSeconds = 1): Promise<{ readonly workstation: Workstation; readonly folder: string }> {
  const folder = join(temporaryFolder(), 'watched');
  mkdirSync(folder);
  const workstation = await testWorkstation();
  await workstation.updateSettings({ settleSeconds });
  await workstation.start();
  await workstation.addFolder(folder);
  return { workstation, folder };
}

describe('a watched folder', () => {
  it('shows an exam while it arrives, under the name it keeps, and reads it without a click', async () => {
    // Nothing settles until the rest of the exam is there.
    const { workstation, folder } = await watching(3600);
    writeExam(6, {}, join(folder, 'exam'));
    const arriving = await row(workstation, (one) => one.state === 'arriving');
    for (let index = 6; index < 12; index += 1) writeSlice(join(folder, 'exam'), index);
    await row(workstation, (one) => one.state === 'arriving' && one.sliceCount === 12);
    await workstation.updateSettings({ settleSeconds: 1 });
    const done = await row(workstation, (one) => one.state === 'merged');
    expect(done).toMatchObject({ readingId: arriving.readingId, status: 'complete', sliceCount: 12 });
    const detail = await workstation.openReading(done.readingId);
    expect(detail.transitions.map((step) => step.to)).toEqual(['settled', 'preparing', 'planned', 'reading', 'merged']);
    const picture = await workstation.picture((detail.requests[0]?.pictures[0]?.path ?? '').replace('/picture/', ''));
    expect(Buffer.from(picture?.bytes ?? []).subarray(1, 4).toString()).toBe('PNG');
    const pixels = await workstation.picture((detail.slices[3]?.pixelsPath ?? '').replace('/picture/', ''));
    expect(pixels?.bytes.byteLength).toBe(detail.rows * detail.columns * 2);
  });

  it('asks before it reads late slices, and reads them when told to', async () => {
    const { workstation, folder } = await watching();
    writeExam(10, {}, join(folder, 'exam'));
    await row(workstation, (one) => one.status === 'complete');
    writeSlice(join(folder, 'exam'), 10);
    const asking = await row(workstation, (one) => one.state === 'needs-attention');
    expect(asking).toMatchObject({ reason: 'late-slices', revision: 2 });
    await workstation.acceptRevision(asking.readingId);
    const done = await row(workstation, (one) => one.readingId === asking.readingId && one.status !== null && one.state === 'merged');
    expect(done).toMatchObject({ status: 'complete', sliceCount: 11 });
  });

  it('recognises a copy, says so once, and sends nothing', async () => {
    const { workstation, folder } = await watching();
    writeExam(10, {}, join(folder, 'exam'));
    const first = await row(workstation, (one) => one.status === 'complete');
    const before = (await workstation.spendMonth(null)).attemptCount;
    const copy = writeExam(10);
    renameSync(copy, join(folder, 'copy'));
    const recognised = await row(workstation, (one) => one.reason === 'already-read');
    expect(recognised.readingId).not.toBe(first.readingId);
    expect((await workstation.spendMonth(null)).attemptCount).toBe(before);
    await expect(workstation.resumeReading(recognised.readingId)).rejects.toMatchObject({ code: 'already-read' });
    expect((await workstation.openReading(recognised.readingId)).row.state).toBe('cancelled');
  });

  it('reads an exam once that lies in two places from the start', async () => {
    const { workstation, folder } = await watching(3600);
    writeExam(10, {}, join(folder, 'exam'));
    writeExam(10, {}, join(folder, 'copy'));
    await row(workstation, (one) => one.state === 'arriving' && one.sliceCount === 10);
    await workstation.updateSettings({ settleSeconds: 1 });
    await row(workstation, (one) => one.reason === 'already-read');
    await row(workstation, (one) => one.status === 'complete');
    expect((await workstation.spendMonth(null)).attemptCount).toBe(1);
  });

  it('follows an exam that was moved, without a word', async () => {
    const { workstation, folder } = await watching();
    writeExam(10, {}, join(folder, 'exam'));
    const first = await row(workstation, (one) => one.status === 'complete');
    renameSync(join(folder, 'exam'), join(folder, 'moved'));
    writeExam(10, { studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.3.4' }, join(folder, 'next'));
    await row(workstation, (one) => one.status === 'complete' && one.readingId !== first.readingId);
    expect((await workstation.listQueue()).filter((one) => one.state !== 'arriving')).toHaveLength(2);
    const detail = await workstation.openReading(first.readingId);
    expect(await workstation.picture((detail.slices[3]?.pixelsPath ?? '').replace('/picture/', ''))).not.toBeNull();
  });
});
