import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectFolder } from '../../../src-main/intake/collect-folder.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { inspectText, temporaryFolder, textInstance } from './watch-fixture.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);

async function failure(folder: string): Promise<{ readonly code: unknown; readonly message: string }> {
  const thrown = await collectFolder(folder, inspectText, manualClock()).then(() => null, (error: unknown) => error);
  if (!(thrown instanceof Error)) throw new Error('it did not fail');
  expect(thrown.message).not.toContain(folder);
  return { code: (thrown as Error & { code?: unknown }).code, message: thrown.message };
}

describe('collectFolder', () => {
  it('takes every exam of the folder, across subfolders, as it is', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'DIR1'));
    await mkdir(join(folder, 'DIR2'));
    await writeFile(join(folder, 'DIR1', 'A'), textInstance('1', '1.1'));
    await writeFile(join(folder, 'DIR2', 'B'), textInstance('1', '1.2'));
    await writeFile(join(folder, 'DIR2', 'C'), textInstance('2', '2.1'));
    await writeFile(join(folder, 'DIR2', 'D'), 'SLICE 2 2.2');
    await writeFile(join(folder, 'DICOMDIR'), 'index');
    await writeFile(join(folder, 'readme'), 'text');
    const clock = manualClock();
    const studies = await collectFolder(folder, inspectText, clock);
    expect(studies).toMatchObject([
      { studyInstanceUid: '1', sourcePath: folder, problems: [], ignoredCount: 1, settledAt: clock.now() },
      { studyInstanceUid: '2', sourcePath: folder, problems: [{ code: 'file-truncated', sopInstanceUid: '2.2' }] },
    ]);
    expect(studies.map(({ files }) => files.length)).toEqual([2, 1]);
  });

  it('makes links, unfinished copies and empty files gaps of the exam, but not system files', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'A'), textInstance('1', '1.1'));
    await writeFile(join(folder, 'B.part'), textInstance('1', '1.2'));
    await writeFile(join(folder, 'C'), '');
    await symlink(join(folder, 'A'), join(folder, 'D'));
    for (const name of ['.hidden', 'Thumbs.db', 'desktop.ini', 'DICOMDIR']) await writeFile(join(folder, name), '');
    const [study] = await collectFolder(folder, inspectText, manualClock());
    expect(study?.problems.map(({ code, message }) => `${code} ${message.split(' ').at(-1)}`)).toEqual(Array.from({ length: 3 }, () => 'file-skipped 1'));
    expect(study?.files).toHaveLength(1);
  });

  it('follows a link that a person gave as the folder', async () => {
    const folder = await temporaryFolder();
    const parent = await temporaryFolder();
    await writeFile(join(folder, 'A'), textInstance('1', '1.1'));
    await symlink(folder, join(parent, 'link'));
    expect(await collectFolder(join(parent, 'link'), inspectText, manualClock())).toHaveLength(1);
  });

  it('says that a folder is missing, also for a file', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'A'), textInstance('1', '1.1'));
    expect((await failure(join(folder, 'none'))).code).toBe('folder-missing');
    expect((await failure(join(folder, 'A'))).code).toBe('folder-missing');
  });

  it('says that a folder is empty, also with links and pipes in it', async () => {
    const folder = await temporaryFolder();
    expect((await failure(folder)).code).toBe('folder-empty');
    await mkdir(join(folder, 'sub'));
    await symlink('/dev/zero', join(folder, 'zero'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect((await failure(folder)).code).toBe('folder-empty');
  });

  it('counts what was found instead of DICOM', async () => {
    const folder = await temporaryFolder();
    for (let index = 0; index < 12; index += 1) await writeFile(join(folder, `${index}.dcm`), jpeg);
    expect(await failure(folder)).toEqual({ code: 'folder-without-dicom', message: '12 files, none of them DICOM (12 JPEG)' });
    await writeFile(join(folder, 'a'), Buffer.from([0x50, 0x4b, 3, 4]));
    await writeFile(join(folder, 'b'), '');
    await writeFile(join(folder, 'c'), Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]));
    expect((await failure(folder)).message)
      .toBe('15 files, none of them whole DICOM (12 JPEG, 1 ZIP, 1 empty, 1 damaged DICOM); unpack archives first');
  });
});
