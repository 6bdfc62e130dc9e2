import { appendFile, mkdir, rename, rm, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchFolder } from '../../../src-main/intake/folder-watcher.ts';
import { truncatedPatience } from '../../../src-main/intake/settle.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { inspectText, settleMs, temporaryFolder, textInstance, watchFixture, writeExam } from './watch-fixture.ts';

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

  it('waits for an unfinished copy, and takes it as a gap when it stays', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root);
    for (const name of ['renamed', 'stays']) {
      await writeExam(join(root, name), name, 2);
      await writeFile(join(root, name, 'IM9.part'), textInstance(name, `${name}.9`));
    }
    await watched.settle();
    expect(watched.settled).toEqual([]);
    await rename(join(root, 'renamed', 'IM9.part'), join(root, 'renamed', 'IM9'));
    await watched.scanFor(settleMs * truncatedPatience);
    expect(watched.settled.map(({ groupKey, files, problems }) => [groupKey, files.length, problems.map(({ code }) => code)]))
      .toEqual([['renamed/renamed', 3, []], ['stays/stays', 2, ['file-skipped']]]);
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
