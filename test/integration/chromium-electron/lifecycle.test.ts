import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DESK, HAS_CHROMIUM, launchDesk, standinEnv, STANDIN, startPlainly } from './standin.ts';

const scratch = mkdtempSync(join(tmpdir(), 'standin-test-'));
const electronCli = createRequire(import.meta.url).resolve('electron/cli.js');
const executable = join(STANDIN, 'electron');

/** Chromium's living processes whose command line names this run's profile. */
function chromiumsOf(profile: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile);
    } catch {
      return false;
    }
  });
}

describe.skipIf(!HAS_CHROMIUM)('the life of the app', () => {
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('`electron .` finds the app and hands over what comes after it', async () => {
    const run = startPlainly(process.execPath, [electronCli, '.', '--flag', 'study folder'], { cwd: DESK });
    expect(JSON.parse((await run.line('argv ')).slice(5))).toEqual(['.', '--flag', 'study folder']);
    await run.line('shown');
    run.child.kill('SIGTERM');
    expect(await run.exited).toBe(0);
  });

  it('says its version, and refuses to start without an app', () => {
    expect(execFileSync(executable, ['--version'], { encoding: 'utf8' })).toBe('v45.4.1-chromium-standin\n');
    expect(() => execFileSync(executable, [], { stdio: 'pipe' })).toThrow(/name an app/);
    expect(() => execFileSync(executable, ['/no/such/app'], { stdio: 'pipe' })).toThrow(/Unable to find Electron app at \/no\/such\/app/);
  });

  it('quits in the order of Electron: before-quit, close, closed, will-quit, quit', async () => {
    const run = startPlainly(executable, [DESK], { env: standinEnv({ FIXTURE_SAYS: '1' }) });
    await run.line('shown');
    run.child.kill('SIGINT');
    expect(await run.exited).toBe(0);
    expect(run.lines.slice(-5)).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit']);
  });

  it('tells window-all-closed when the last window closes, and quits by itself where nobody listens', async () => {
    const orders = await Promise.all([{ FIXTURE_SAYS: '1' }, { FIXTURE_SAYS: '1', FIXTURE_NO_ALL_CLOSED: '1' }].map(async (env) => {
      const { electron } = await launchDesk(env);
      const lines: string[] = [];
      electron.process().stdout?.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trim().split('\n')));
      const closed = electron.waitForEvent('close');
      await electron.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(1)?.close()).catch(() => undefined);
      await closed;
      return lines.slice(lines.indexOf('close'));
    }));
    expect(orders).toEqual([
      ['close', 'closed', 'window-all-closed', 'before-quit', 'will-quit', 'quit'],
      ['close', 'closed', 'before-quit', 'will-quit', 'quit'],
    ]);
  });

  it('stays when a window refuses to close, or the app refuses to quit', async () => {
    const { electron, page } = await launchDesk();
    const state = await electron.evaluate(({ app, BrowserWindow }) => {
      const window = BrowserWindow.fromId(1)!;
      window.once('close', (event) => event.preventDefault());
      app.quit();
      const afterWindow = BrowserWindow.getAllWindows().length;
      app.once('before-quit', (event) => event.preventDefault());
      app.quit();
      return [afterWindow, BrowserWindow.getAllWindows().length, window.isDestroyed()];
    });
    expect(state).toEqual([1, 1, false]);
    expect(await page.title()).toBe('Desk');
    await electron.close();
  });

  it('lets one instance run and hands it the words of the second', async () => {
    const env = standinEnv({ FIXTURE_LOCKS: '1', FIXTURE_USER_DATA: join(scratch, 'data') });
    const first = startPlainly(executable, [DESK], { env });
    await first.line('shown');
    const second = startPlainly(executable, [DESK, 'second study'], { env, cwd: scratch });
    await second.line('refused');
    expect(await second.exited).toBe(0);
    expect(JSON.parse((await first.line('second-instance ')).slice('second-instance '.length))).toEqual({ last: 'second study', cwd: scratch });
    first.child.kill('SIGKILL');
    await first.exited;
    const third = startPlainly(executable, [DESK], { env });
    await third.line('shown');
    third.child.kill('SIGTERM');
    expect(await third.exited).toBe(0);
  });

  it('leaves no Chromium and no profile behind after kill -9', async () => {
    const temporary = mkdtempSync(join(scratch, 'tmp-'));
    const run = startPlainly(executable, [DESK], { env: standinEnv({ TMPDIR: temporary }) });
    await run.line('shown');
    const [folder = ''] = readdirSync(temporary).filter((name) => name.startsWith('chromium-electron-'));
    const profile = join(temporary, folder);
    expect(existsSync(profile) && chromiumsOf(profile).length).toBeGreaterThan(0);
    run.child.kill('SIGKILL');
    await expect.poll(() => [existsSync(profile), chromiumsOf(profile).length], { timeout: 20_000 }).toEqual([false, 0]);
  });

  it('says so and ends with 1 when Chromium dies', async () => {
    const temporary = mkdtempSync(join(scratch, 'tmp-'));
    const run = startPlainly(executable, [DESK], { env: standinEnv({ TMPDIR: temporary }) });
    await run.line('shown');
    const profile = join(temporary, readdirSync(temporary).find((name) => name.startsWith('chromium-electron-')) ?? '');
    const browser = chromiumsOf(profile).find((pid) => !/--type=|chromium-keeper/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')));
    process.kill(Number(browser), 'SIGKILL');
    expect(await run.exited).toBe(1);
  });
});
