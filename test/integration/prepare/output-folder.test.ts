import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openOutputFolder } from '../../../src-main/prepare/output-folder.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { filesIn } from '../../helpers/prepare-desk.ts';

const plain = { overwrite: false } as const;
const picture = new Uint8Array([1, 2, 3]);

/** A file system of 64 KiB, taken away with the test; null where this machine lets nobody make one. */
function smallDisk(): string | null {
  const folder = join(temporaryFolder(), 'small');
  mkdirSync(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  if (mounted.status !== 0) return null;
  onTestFinished(() => { spawnSync('umount', [folder]); });
  return folder;
}

describe('openOutputFolder', () => {
  it('changes nothing until something is written', async () => {
    const out = join(temporaryFolder(), 'a', 'b');
    const output = await openOutputFolder(out, plain);
    expect(existsSync(out)).toBe(false);
    await output.write('exam-1/slice-0001.png', picture);
    await output.finish('{}');
    expect(filesIn(out)).toEqual(['exam-1/slice-0001.png', 'manifest.json']);
  });

  it('refuses a folder that holds a manifest, whatever that is', async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, 'manifest.json'), 'not ours');
    await expect(openOutputFolder(out, plain)).rejects.toMatchObject({ code: 'output-occupied' });
  });

  it('takes away the pictures of an earlier run and nothing else', async () => {
    const out = temporaryFolder();
    const first = await openOutputFolder(out, plain);
    for (const name of ['slab-0001.png', 'slab-0002.png']) await first.write(name, picture);
    writeFileSync(join(out, 'notes.txt'), 'keep');
    writeFileSync(join(out, 'slab-0003.png'), 'not in the manifest');
    await first.finish(JSON.stringify({ pictures: ['slab-0001.png', 'slab-0002.png', 'notes.txt', '../slab-0001.png'].map((file) => ({ file })) }, null, 2));
    const second = await openOutputFolder(out, { overwrite: true });
    await second.write('slice-0001.png', picture);
    expect(filesIn(out)).toEqual(['notes.txt', 'slab-0003.png', 'slice-0001.png']);
  });

  it('does not leave the folder to take away what a manifest names', async () => {
    const parent = temporaryFolder();
    const out = join(parent, 'out');
    mkdirSync(out);
    writeFileSync(join(parent, 'slab-0001.png'), 'elsewhere');
    writeFileSync(join(out, 'manifest.json'), JSON.stringify({ file: '../slab-0001.png' }, null, 2));
    await (await openOutputFolder(out, { overwrite: true })).write('slab-0001.png', picture);
    expect(readFileSync(join(parent, 'slab-0001.png'), 'utf8')).toBe('elsewhere');
  });

  it('replaces a link instead of writing through it', async () => {
    const parent = temporaryFolder();
    const out = join(parent, 'out');
    mkdirSync(out);
    writeFileSync(join(parent, 'precious'), 'precious');
    symlinkSync(join(parent, 'precious'), join(out, 'slab-0001.png'));
    await (await openOutputFolder(out, plain)).write('slab-0001.png', picture);
    expect(readFileSync(join(parent, 'precious'), 'utf8')).toBe('precious');
    expect([...readFileSync(join(out, 'slab-0001.png'))]).toEqual([1, 2, 3]);
  });

  it('takes away what a run wrote that came to nothing', async () => {
    const out = join(temporaryFolder(), 'out');
    const output = await openOutputFolder(out, plain);
    await output.write('exam-1/slice-0001.png', picture);
    await output.write('slice-0001.png', picture);
    await output.discard();
    expect(filesIn(out)).toEqual([]);
    expect(existsSync(join(out, 'exam-1'))).toBe(false);
  });

  it('says that a path is no folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(openOutputFolder(file, plain)).rejects.toMatchObject({ code: 'file-not-saved' });
    const output = await openOutputFolder(join(file, 'below'), plain);
    await expect(output.write('slice-0001.png', picture)).rejects.toMatchObject({ code: 'file-not-saved' });
  });

  it('says that the disk is full and leaves no half file and no manifest', async (context) => {
    const disk = smallDisk();
    if (disk === null) return context.skip('needs the right to mount a small disk');
    const output = await openOutputFolder(disk, plain);
    await output.write('slice-0001.png', picture);
    await expect(output.write('slice-0002.png', new Uint8Array(200_000))).rejects.toMatchObject({ code: 'output-full' });
    expect(filesIn(disk)).toEqual(['slice-0001.png']);
    await expect(output.finish('x'.repeat(200_000))).rejects.toMatchObject({ code: 'output-full' });
    expect(filesIn(disk)).toEqual(['slice-0001.png']);
  });
});
