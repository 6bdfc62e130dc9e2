import { copyFile, mkdir, open, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { admit } from '../../../src-main/intake/admission.ts';
import type { KnownStudy } from '../../../src-main/intake/admission.ts';
import { collectFolder } from '../../../src-main/intake/collect-folder.ts';
import { contentHash } from '../../../src-main/intake/content-hash.ts';
import type { SettledStudy } from '../../../src-shared/domain/study.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { sharedData } from '../../helpers/shared-data.ts';
import { settleMs, temporaryFolder, watchFixture } from './watch-fixture.ts';

const lidc = sharedData('dev-ct-lidc-0001');
const series = lidc === null ? null : join(lidc, 'series');

function knownFrom(study: SettledStudy): KnownStudy {
  return {
    studyId: 'known', studyInstanceUid: study.studyInstanceUid, contentHash: contentHash(study.files), sourcePath: study.sourcePath,
    revision: 1, instances: new Map(study.files.map(({ header, pixelSha256 }) => [header.sopInstanceUid, pixelSha256])),
  };
}

describe.skipIf(series === null)('intake of a real exam (LIDC-IDRI-0001)', () => {
  async function copySlices(target: string, from: number, to: number): Promise<void> {
    await mkdir(target, { recursive: true });
    for (const name of (await readdir(series ?? '')).sort().slice(from, to)) await copyFile(join(series ?? '', name), join(target, name));
  }

  it('shows it while a slice is still growing, settles when whole, and asks about late slices', async () => {
    const root = await temporaryFolder();
    const watched = await watchFixture(root, inspectFile);
    await copySlices(join(root, 'exam'), 0, 5);
    const names = (await readdir(series ?? '')).sort();
    const bytes = await readFile(join(series ?? '', names[5] ?? ''));
    const growing = await open(join(root, 'exam', names[5] ?? ''), 'w');
    for (let part = 0; part < 4; part += 1) {
      await growing.write(bytes, part * 100_000, 100_000, part * 100_000);
      await watched.scanAfter(2000);
      await watched.scanAfter(2000);
    }
    expect(watched.arriving.at(-1)).toMatchObject({ fileCount: 6, waitingReason: 'pixel-data-truncated', header: { modality: 'CT' } });
    await growing.write(bytes, 400_000, bytes.length - 400_000, 400_000);
    await growing.close();
    await watched.settle();
    expect(watched.settled.map(({ files, problems }) => [files.length, problems.length])).toEqual([[6, 0]]);
    const first = watched.settled[0];
    if (first === undefined) throw new Error('nothing settled');
    expect(admit(first, [])).toEqual({ kind: 'new' });

    await copySlices(join(root, 'copy'), 0, 6);
    await copySlices(join(root, 'exam'), 6, 8);
    await watched.settle();
    const admissions = new Map(watched.settled.slice(1).map((study) => [study.sourcePath, admit(study, [knownFrom(first)])]));
    expect(admissions).toEqual(new Map([
      [join(root, 'copy'), { kind: 'copy', studyId: 'known' }],
      [join(root, 'exam'), { kind: 'revision', studyId: 'known', addedCount: 2, sameUidOtherPixels: 0 }],
    ]));
  });

  it('flags an instance that comes back with other pixels', async () => {
    const folder = await temporaryFolder();
    await copySlices(folder, 0, 2);
    const [before] = await collectFolder(folder, inspectFile, manualClock());
    const name = (await readdir(folder)).sort()[0] ?? '';
    const file = await open(join(folder, name), 'r+');
    await file.write(Buffer.from([1, 2]), 0, 2, 400_000);
    await file.close();
    const [after] = await collectFolder(folder, inspectFile, manualClock());
    if (before === undefined || after === undefined) throw new Error('no exam');
    expect(admit(after, [knownFrom(before)])).toEqual({ kind: 'revision', studyId: 'known', addedCount: 0, sameUidOtherPixels: 1 });
  });

  it('collects it for the headless command and names a slice that is cut short', async () => {
    const folder = await temporaryFolder();
    await copySlices(join(folder, 'a'), 0, 3);
    await copySlices(join(folder, 'b'), 3, 5);
    const whole = await collectFolder(folder, inspectFile, manualClock());
    expect(whole.map(({ files, problems, sourcePath }) => [files.length, problems.length, sourcePath])).toEqual([[5, 0, folder]]);
    const name = (await readdir(join(folder, 'a'))).sort()[0] ?? '';
    const cut = await inspectFile(join(folder, 'a', name));
    await truncate(join(folder, 'a', name), 300_000);
    const [study] = await collectFolder(folder, inspectFile, manualClock());
    expect(study?.files).toHaveLength(4);
    expect(study?.problems).toMatchObject([{
      code: 'pixel-data-truncated', sopInstanceUid: cut.kind === 'instance' ? cut.file.header.sopInstanceUid : 'none',
    }]);
  });

  it('waits for a half copy before it counts it as a gap', async () => {
    const root = await temporaryFolder();
    await copySlices(join(root, 'exam'), 0, 3);
    const name = (await readdir(join(root, 'exam'))).sort()[0] ?? '';
    await truncate(join(root, 'exam', name), 200_000);
    const watched = await watchFixture(root, inspectFile);
    await watched.settle();
    expect(watched.settled).toEqual([]);
    await watched.scanFor(settleMs * 6);
    expect(watched.settled.map(({ files, problems }) => [files.length, problems.length])).toEqual([[2, 1]]);
  });
});
