import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdir, rename, rm, symlink, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchFolder } from '../../../src-main/intake/folder-watcher.ts';
import { truncatedPatience } from '../../../src-main/intake/settle.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { inspectText, settleMs, temporaryFolder, textInstance, watchFixture } from './watch-fixture.ts';

async function writeExam(folder: string, study: string, count: number, from = 0): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = from; index < from + count; index += 1) {
    await writeFile(join(folder, `IM${index}`), textInstance(study, `${study}.${index}`));
  }
}

describe('watchFolder', () => {
  it('shows an exam while it is arriving and hands it over once when it is quiet', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    await writeExam(join(root, 'exam'), '1.2', 3);
    await watched.scanAfter(2000);
    expect(watched.inspected).toEqual([]);
    await watched.scanAfter(2000);
    expect(watched.arriving.at(-1)).toMatchObject({
      groupKey: '1.2/exam', studyInstanceUid: '1.2', sourcePath: join(root, 'exam'), fileCount: 3, waitingReason: null,
      quietMs: 2000, quietNeededMs: settleMs,
    });
    await watched.scanAfter(settleMs - 2001);
    expect(watched.settled).toEqual([]);
    await watched.scanAfter(1);
    await watched.scanAfter(2000);
    expect(watched.settled).toHaveLength(1);
    expect(watched.settled[0]).toMatchObject({ groupKey: '1.2/exam', problems: [], ignoredCount: 0, settledAt: watched.clock.now() - 2000 });
    expect(watched.settled[0]?.files.map(({ header }) => header.sopInstanceUid)).toEqual(['1.2.0', '1.2.1', '1.2.2']);
    expect(watched.inspected).toHaveLength(3);
  });

  it('does not start while a file grows under a folder whose time stands still', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    await writeExam(join(root, 'exam'), '1', 2);
    const growing = join(root, 'exam', 'IM9');
    await writeFile(growing, 'SLICE 1 1.9 aa');
    for (let seconds = 0; seconds < 90; seconds += 10) {
      await appendFile(growing, 'a');
      await utimes(join(root, 'exam'), 1_577_836_800, 1_577_836_800);
      await watched.scanAfter(10_000);
    }
    expect(watched.settled).toEqual([]);
    await appendFile(growing, ' END');
    await watched.settle();
    expect(watched.settled.map(({ files, problems }) => [files.length, problems.length])).toEqual([[3, 0]]);
  });

  it('waits for a half copy with an old mtime, says why, and takes it as a gap at last', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    await writeExam(join(root, 'exam'), '1', 2);
    const half = join(root, 'exam', 'IM9');
    await writeFile(half, 'SLICE 1 1.9 aa');
    await utimes(half, 1_577_836_800, 1_577_836_800);
    await watched.settle();
    expect(watched.settled).toEqual([]);
    expect(watched.arriving.at(-1)).toMatchObject({ waitingReason: 'file-truncated', quietNeededMs: settleMs * truncatedPatience });
    await watched.scanFor(settleMs * truncatedPatience);
    expect(watched.settled).toMatchObject([{ problems: [{ code: 'file-truncated', sopInstanceUid: '1.9' }] }]);
    expect(watched.settled[0]?.files).toHaveLength(2);

    await appendFile(half, ' END');
    await watched.settle();
    expect(watched.settled.map(({ files, problems }) => [files.length, problems.length])).toEqual([[2, 1], [3, 0]]);
  });

  it('hands over the whole exam again when slices come after a pause', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    await writeExam(join(root, 'exam'), '1', 2);
    await watched.settle();
    await watched.scanFor(120_000);
    await writeExam(join(root, 'exam'), '1', 3, 2);
    await watched.settle();
    expect(watched.settled.map(({ files }) => files.length)).toEqual([2, 5]);
    expect(watched.inspected).toHaveLength(5);
  });

  it('takes a renamed temporary file once and never looks into its temporary name', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    await mkdir(join(root, 'exam'));
    for (const name of ['.IM1.aB3xYz', 'IM2.part', '~$IM3', 'IM4.crdownload']) await writeFile(join(root, 'exam', name), textInstance('1', `1.${name}`));
    await watched.settle();
    expect(watched.states).toEqual(['watching 0']);
    await rename(join(root, 'exam', '.IM1.aB3xYz'), join(root, 'exam', 'IM1'));
    await rename(join(root, 'exam', 'IM2.part'), join(root, 'exam', 'IM2'));
    await watched.settle();
    expect(watched.settled.map(({ files }) => files.length)).toEqual([2]);
    expect(watched.inspected).toEqual([join(root, 'exam', 'IM1'), join(root, 'exam', 'IM2')]);
  });

  it('tells when all files of an arriving exam are gone', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    await writeExam(join(root, 'exam'), '1', 2);
    await watched.scanAfter(2000);
    await watched.scanAfter(2000);
    await unlink(join(root, 'exam', 'IM0'));
    await watched.scanAfter(2000);
    expect(watched.arriving.at(-1)).toMatchObject({ fileCount: 1, quietMs: 0 });
    await rm(join(root, 'exam'), { recursive: true });
    await watched.scanAfter(2000);
    expect(watched.gone).toEqual(['1/exam']);
    await watched.scanAfter(settleMs);
    expect([watched.settled, watched.gone]).toEqual([[], ['1/exam']]);
  });

  it('survives a file that vanishes while it is looked into', async () => {
    const root = await temporaryFolder();
    await writeExam(join(root, 'exam'), '1', 3);
    const watched = await watchFixture(root, async (path) => {
      if (path.endsWith('IM1')) await unlink(path);
      return inspectText(path);
    });
    await watched.settle();
    expect(watched.settled.map(({ files, problems }) => [files.length, problems.length])).toEqual([[2, 0]]);
  });

  it('never follows links and never opens pipes, sockets or devices', async () => {
    const root = await temporaryFolder();
    const outside = await temporaryFolder();
    await writeExam(outside, '9', 2);
    await writeExam(join(root, 'exam'), '1', 1);
    await symlink(outside, join(root, 'out'));
    await symlink(join(outside, 'IM0'), join(root, 'exam', 'link'));
    await symlink('..', join(root, 'exam', 'loop'));
    await symlink('/dev/zero', join(root, 'exam', 'zero'));
    execFileSync('mkfifo', [join(root, 'exam', 'pipe')]);
    const server = createServer().listen(join(root, 'exam', 'socket'));
    onTestFinished(() => new Promise<void>((resolve) => { server.close(() => { resolve(); }); }));
    const watched = await watchFixture(root);
    await watched.settle();
    expect(watched.inspected).toEqual([join(root, 'exam', 'IM0')]);
    expect(watched.settled.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(['1']);
  });

  it('keeps two patients in one folder and a copy in another folder apart', async () => {
    const root = await temporaryFolder();
    await writeExam(join(root, 'both'), '1', 2);
    await writeExam(join(root, 'both'), '2', 3, 2);
    await writeExam(join(root, 'copy', 'deep'), '1', 2);
    await writeExam(root, '3', 1, 7);
    const watched = await watchFixture(root);
    await watched.settle();
    expect(watched.settled.map(({ groupKey, sourcePath, files }) => [groupKey, sourcePath, files.length]).sort()).toEqual([
      ['1/both', join(root, 'both'), 2], ['1/copy', join(root, 'copy'), 2], ['2/both', join(root, 'both'), 3], ['3/.', root, 1],
    ]);
  });

  it('takes a folder that goes away for unreachable, not for emptied, and asks for quiet anew when it is back', async () => {
    const parent = await temporaryFolder();
    const root = join(parent, 'share');
    await writeExam(join(root, 'done'), '1', 1);
    const watched = await watchFixture(root);
    await watched.settle();
    await writeExam(join(root, 'exam'), '2', 1);
    await watched.scanAfter(2000);
    await watched.scanAfter(2000);
    await rename(root, join(parent, 'away'));
    await watched.scanAfter(2000);
    await watched.scanFor(60_000);
    expect(watched.states).toEqual(['watching 0', 'unreachable 0']);
    expect(watched.gone).toEqual([]);
    await rename(join(parent, 'away'), root);
    await watched.scanAfter(2000);
    expect(watched.settled).toHaveLength(1);
    await watched.scanAfter(settleMs - 1);
    expect(watched.settled).toHaveLength(1);
    await watched.scanAfter(1);
    expect(watched.states).toEqual(['watching 0', 'unreachable 0', 'watching 0']);
    expect(watched.settled.map(({ groupKey }) => groupKey)).toEqual(['1/done', '2/exam']);
    expect(watched.inspected).toHaveLength(2);
  });

  it('asks for quiet anew after the machine slept', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    await writeExam(join(root, 'exam'), '1', 1);
    await watched.scanAfter(2000);
    await watched.scanAfter(2000);
    await watched.scanAfter(8 * 3_600_000);
    expect(watched.settled).toEqual([]);
    await watched.scanAfter(settleMs);
    expect(watched.settled).toHaveLength(1);
  });

  it('takes names in any script and form', async () => {
    const root = await temporaryFolder();
    const names = ['Mu\u0308ller', 'M\u00fcller', 'שלום\u202etxt', 'two\nlines', '胸部 CT', 'back\\slash', ' leading', 'per%20cent'];
    for (const [index, name] of names.entries()) await writeExam(join(root, name), String(index), 1);
    const watched = await watchFixture(root);
    await watched.settle();
    expect(watched.settled.map(({ sourcePath }) => sourcePath).sort()).toEqual(names.map((name) => join(root, name)).sort());
  });

  it('counts a name that is not UTF-8 as a gap of the exam beside it', async () => {
    const root = await temporaryFolder();
    await writeExam(join(root, 'exam'), '1', 1);
    await writeFile(Buffer.concat([Buffer.from(`${root}/exam/`), Buffer.from([0xd0, 0xd5])]), textInstance('1', '1.9'));
    const watched = await watchFixture(root);
    await watched.settle();
    expect(watched.settled).toMatchObject([{ files: [{}], problems: [{ code: 'file-unreadable' }] }]);
  });

  it.skipIf(process.getuid?.() === 0)('counts a closed subfolder as a gap', async () => {
    const root = await temporaryFolder();
    await writeExam(join(root, 'exam', 'closed'), '1', 1);
    await writeExam(join(root, 'exam'), '1', 1, 5);
    await chmod(join(root, 'exam', 'closed'), 0);
    onTestFinished(() => chmod(join(root, 'exam', 'closed'), 0o700));
    const watched = await watchFixture(root);
    await watched.settle();
    expect(watched.settled).toMatchObject([{ files: [{}], problems: [{ code: 'file-unreadable' }] }]);
  });

  it('tries a file that could not be opened again until its exam settles', async () => {
    const root = await temporaryFolder();
    await writeExam(join(root, 'exam'), '1', 2);
    let isLocked = true;
    const watched = await watchFixture(root, (path) => (isLocked && path.endsWith('IM1')
      ? Promise.resolve({ kind: 'problem', problem: { code: 'file-unreadable', message: 'locked' }, header: null })
      : inspectText(path)));
    await watched.settle();
    expect(watched.arriving.at(-1)).toMatchObject({ waitingReason: 'file-unreadable' });
    isLocked = false;
    await watched.scanAfter(2000);
    await watched.scanAfter(2000);
    expect(watched.settled.map(({ files, problems }) => [files.length, problems.length])).toEqual([[2, 0]]);
  });

  it('makes a look that fails a problem, not a crash', async () => {
    const root = await temporaryFolder();
    await writeExam(join(root, 'exam'), '1', 2);
    const watched = await watchFixture(root, (path) => (path.endsWith('IM1') ? Promise.reject(new Error(`EIO ${path}`)) : inspectText(path)));
    await watched.settle();
    expect(watched.settled).toMatchObject([{ problems: [{ code: 'unexpected', message: 'a fault inside LungDesk' }] }]);
  });

  it('is not held up by a log file that grows for ever', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    await writeExam(join(root, 'exam'), '1', 1);
    for (let seconds = 0; seconds < 60; seconds += 2) {
      await appendFile(join(root, 'exam', 'transfer.log'), 'line\n');
      await watched.scanAfter(2000);
    }
    expect(watched.settled).toMatchObject([{ ignoredCount: 1 }]);
  });

  it('settles anew without a slice that was taken away or cut short', async () => {
    const root = await temporaryFolder();
    await writeExam(join(root, 'exam'), '1', 3);
    const watched = await watchFixture(root);
    await watched.settle();
    await unlink(join(root, 'exam', 'IM0'));
    await watched.settle();
    await truncate(join(root, 'exam', 'IM1'), 12);
    await watched.settle();
    await watched.scanFor(settleMs * truncatedPatience);
    expect(watched.settled.map(({ files, problems }) => [files.length, problems.length])).toEqual([[3, 0], [2, 0], [1, 1]]);
  });

  it('finds all exams among 5000 files and leaves an idle folder alone', async () => {
    const root = await temporaryFolder();
    for (let exam = 0; exam < 20; exam += 1) await writeExam(join(root, `exam ${exam}`), String(exam), 250);
    const watched = await watchFixture(root);
    await watched.settle();
    expect(watched.settled.map(({ files }) => files.length)).toEqual(Array.from({ length: 20 }, () => 250));
    expect(watched.inspected).toHaveLength(5000);
    const calls = watched.arriving.length;
    await watched.scanAfter(2000);
    expect([watched.inspected.length, watched.arriving.length, watched.settled.length]).toEqual([5000, calls, 20]);
  });

  it('calls nobody after stop and waits for the look that is running', async () => {
    const root = await temporaryFolder();
    const started = Promise.withResolvers<undefined>();
    const release = Promise.withResolvers<undefined>();
    let ended = 0;
    const watched = await watchFixture(root, async (path) => {
      started.resolve(undefined);
      await release.promise;
      ended += 1;
      return inspectText(path);
    });
    await writeExam(join(root, 'exam'), '1', 50);
    await watched.scanAfter(2000);
    watched.clock.pass(2000);
    const scan = watched.watcher.scanNow();
    await started.promise;
    const stopped = watched.watcher.stop().then(() => ended);
    release.resolve(undefined);
    expect(await stopped).toBe(watched.inspected.length);
    await scan;
    await watched.scanAfter(settleMs);
    expect([watched.arriving, watched.settled]).toEqual([[], []]);
    expect(watched.inspected.length).toBeLessThanOrEqual(2);
  });

  it('finds an exam by polling alone, on the real clock', async () => {
    const root = await temporaryFolder();
    const found = Promise.withResolvers<number>();
    const watcher = watchFolder({
      root, hints: false, pollMs: 20, settleMs: () => 50, clock: systemClock, inspect: inspectText,
      onArriving: () => undefined, onSettled: ({ files }) => { found.resolve(files.length); },
      onGone: () => undefined, onState: () => { void writeExam(join(root, 'exam'), '1', 1); },
    });
    onTestFinished(() => watcher.stop());
    expect(await found.promise).toBe(1);
  });

  it('looks at once when the system hints at a change', async () => {
    const root = join(await temporaryFolder(), 'root');
    await mkdir(root);
    const watching = Promise.withResolvers<undefined>();
    const unreachable = Promise.withResolvers<undefined>();
    const watcher = watchFolder({
      root, pollMs: 3_600_000, settleMs: () => settleMs, clock: systemClock, inspect: inspectText,
      onArriving: () => undefined, onSettled: () => undefined, onGone: () => undefined,
      onState: (state) => { (state === 'watching' ? watching : unreachable).resolve(undefined); },
    });
    onTestFinished(() => watcher.stop());
    await watching.promise;
    await rm(root, { recursive: true });
    await unreachable.promise;
  });
});
