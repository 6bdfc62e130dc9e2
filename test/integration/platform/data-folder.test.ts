import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDataFolder } from '../../../src-main/platform/data-folder-lock.ts';
import { openLog } from '../../../src-main/platform/log.ts';
import { dataPaths, makeDataFolder } from '../../../src-main/platform/paths.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

function temporaryPaths() {
  const parent = mkdtempSync(join(tmpdir(), 'lungdesk-home-'));
  onTestFinished(() => { rmSync(parent, { recursive: true, force: true }); });
  const paths = dataPaths(join(parent, 'data'));
  makeDataFolder(paths);
  return paths;
}

/** Another process that takes the lock and says so; resolves with what it said first. */
async function lockElsewhere(path: string) {
  const module = fileURLToPath(new URL('../../../src-main/platform/data-folder-lock.ts', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', `
    const { lockDataFolder } = await import(${JSON.stringify(module)});
    try {
      lockDataFolder(${JSON.stringify(path)});
      // A lock that nobody refers to must not be collected.
      for (let round = 0; round < 3; round += 1) { gc(); await new Promise(setImmediate); }
      console.log('locked');
      setInterval(() => {}, 1000);
    } catch (error) { console.log(error.code); }`], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, HOME: '/nonexistent' } });
  onTestFinished(() => { child.kill('SIGKILL'); });
  const said = await new Promise<string>((resolve) => { child.stdout.once('data', (bytes: Buffer) => { resolve(bytes.toString().trim()); }); });
  return {
    said,
    killed: () => new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); child.kill('SIGKILL'); }),
  };
}

const inUse: unknown = expect.objectContaining({ code: 'data-folder-in-use' });

describe('lockDataFolder', () => {
  it('refuses a second holder in this process until the first lets go', () => {
    const { lock } = temporaryPaths();
    const held = lockDataFolder(lock);
    expect(() => lockDataFolder(lock)).toThrow(inUse);
    held.release();
    lockDataFolder(lock).release();
  });

  it('refuses another process, whatever its HOME', async () => {
    const { lock } = temporaryPaths();
    const held = lockDataFolder(lock);
    expect((await lockElsewhere(lock)).said).toBe('data-folder-in-use');
    held.release();
    expect((await lockElsewhere(lock)).said).toBe('locked');
    expect(() => lockDataFolder(lock)).toThrow(inUse);
  });

  it('is free again at once after the holder was killed', async () => {
    const { lock, folder } = temporaryPaths();
    for (let round = 0; round < 3; round += 1) {
      const holder = await lockElsewhere(lock);
      expect(holder.said).toBe('locked');
      await holder.killed();
      lockDataFolder(lock).release();
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('lock'))).toEqual(['lock.db']);
  });

  it('says that a folder cannot be used', () => {
    expect(() => lockDataFolder('/nonexistent/lock.db')).toThrow(expect.objectContaining({ code: 'data-folder-unusable' }));
  });
});

describe('makeDataFolder', () => {
  it('makes folders that only this user may enter', () => {
    const paths = temporaryPaths();
    for (const folder of [paths.folder, paths.logs, paths.backups]) expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('says that a folder cannot be made', () => {
    const { folder } = temporaryPaths();
    writeFileSync(join(folder, 'file'), '');
    expect(() => { makeDataFolder(dataPaths(join(folder, 'file', 'data'))); }).toThrow(expect.objectContaining({ code: 'data-folder-unusable' }));
  });
});

describe('openLog', () => {
  it('appends JSON lines and keeps three files of bounded size', () => {
    const { logs } = temporaryPaths();
    const log = openLog({ folder: logs, clock: manualClock(), maxBytes: 1000 });
    for (let count = 0; count < 100; count += 1) log.write({ level: 'info', room: 'intake', event: 'study-settled', count });
    expect(readdirSync(logs).sort()).toEqual(['lungdesk.log', 'lungdesk.log.1', 'lungdesk.log.2']);
    const counts = ['lungdesk.log.2', 'lungdesk.log.1', 'lungdesk.log'].flatMap((name) => {
      const text = readFileSync(join(logs, name), 'utf8');
      expect(text.length).toBeLessThanOrEqual(1000);
      return text.trim().split('\n').map((line) => (JSON.parse(line) as { count: number }).count);
    });
    expect(counts).toEqual(Array.from({ length: counts.length }, (_, index) => 100 - counts.length + index));
    expect(statSync(join(logs, 'lungdesk.log')).mode & 0o777).toBe(0o600);
  });

  it('does not throw where it cannot write', () => {
    const { folder } = temporaryPaths();
    writeFileSync(join(folder, 'file'), '');
    const log = openLog({ folder: join(folder, 'file'), clock: manualClock() });
    expect(() => { log.write({ level: 'info', room: 'cli', event: 'started' }); }).not.toThrow();
  });
});
