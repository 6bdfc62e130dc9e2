import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, chmod, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inspectText, settleMs, temporaryFolder, textInstance, watchFixture, writeExam } from './watch-fixture.ts';

describe('watchFolder in a hostile folder', () => {
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

  it.skipIf(!existsSync('/dev/shm'))('takes the empty folder that an unmounted share leaves for unreachable', async () => {
    const root = join(await temporaryFolder(), 'root');
    const share = await temporaryFolder();
    const mountPoint = await mkdtemp('/dev/shm/lungdesk-');
    onTestFinished(() => rm(mountPoint, { recursive: true }));
    await writeExam(join(share, 'exam'), '1', 1);
    await symlink(share, root);
    const watched = await watchFixture(root);
    await watched.scanAfter(2000);
    await unlink(root);
    await symlink(mountPoint, root);
    await watched.scanAfter(2000);
    expect([watched.states, watched.gone]).toEqual([['watching 0', 'unreachable 0'], []]);
    await unlink(root);
    await symlink(share, root);
    await watched.settle();
    expect(watched.settled).toHaveLength(1);
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

  it('counts a folder that lies too deep as a gap', async () => {
    const root = await temporaryFolder();
    await writeExam(join(root, 'exam'), '1', 1);
    await writeExam(join(root, 'exam', ...Array.from({ length: 64 }, () => 'd')), '1', 1, 5);
    const watched = await watchFixture(root);
    await watched.settle();
    expect(watched.settled).toMatchObject([{ files: [{}], problems: [{ code: 'file-unreadable' }] }]);
  });

  // Root may enter every folder.
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
});
