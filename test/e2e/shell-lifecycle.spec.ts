import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ElectronApplication } from '@playwright/test';
import { shellFixtureFolder } from '../helpers/build-shell-fixture.ts';
import { electronExecutable, launchApp, launchArguments, quitApp } from '../helpers/launch-app.ts';
import type { RunningApp } from '../helpers/launch-app.ts';

interface Steering { rows: unknown[]; hold: () => void; release: () => void; emit: () => void }
declare global {
  // The fixture app's main process has it.
  var steering: Steering;
}

let home: string;
test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lungdesk-shell-'));
});
test.afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

async function launch(): Promise<RunningApp> {
  return launchApp({ appFolder: shellFixtureFolder, home });
}

async function logLines(): Promise<readonly string[]> {
  return (await readFile(join(home, 'fixture.log'), 'utf8')).trim().split('\n');
}

function ended(app: ElectronApplication): Promise<number | null> {
  return new Promise((resolve) => { app.process().once('exit', resolve); });
}

/** What a second start on the same data folder may not have touched: names, sizes and times of everything but Chromium's own. */
async function footprint(): Promise<readonly string[]> {
  const names = (await readdir(home)).filter((name) => name !== 'chromium');
  return Promise.all(names.sort().map(async (name) => {
    const { size, mtimeMs } = await stat(join(home, name));
    return `${name} ${String(size)} ${String(mtimeMs)}`;
  }));
}

test('a second start focuses the first window and ends before touching data', async () => {
  const first = await launch();
  await first.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.hide(); });
  await expect.poll(() => readdir(home)).toContain('window-state.json');
  const before = await footprint();
  // Another HOME does not make another program: the data folder is what counts.
  const otherHome = await mkdtemp(join(tmpdir(), 'lungdesk-home-'));
  const { args, env } = launchArguments(home, { appFolder: shellFixtureFolder, env: { HOME: otherHome } });
  const second = spawn(electronExecutable(), args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  second.stdout.on('data', (text: Buffer) => { said += text.toString(); });
  expect(await new Promise((resolve) => { second.once('exit', resolve); })).toBe(0);
  expect(said).toContain('already running');
  expect(await footprint()).toEqual(before);
  await expect.poll(() => first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  await first.close();
  expect((await logLines()).filter((line) => line === 'opened')).toEqual(['opened']);
  await rm(otherHome, { recursive: true });
});

test('a data folder that nobody holds any more can be opened again', async () => {
  await (await launch()).close();
  await (await launch()).close();
  expect((await logLines()).filter((line) => line === 'opened' || line === 'stopped')).toEqual(['opened', 'stopped', 'opened', 'stopped']);
});

test('the window comes back where it was', async () => {
  const first = await launch();
  const bounds = { x: 40, y: 30, width: 1100, height: 720 };
  await first.app.evaluate(({ BrowserWindow }, wanted) => { BrowserWindow.getAllWindows()[0]?.setBounds(wanted); }, bounds);
  await first.close();
  expect(JSON.parse(await readFile(join(home, 'window-state.json'), 'utf8'))).toEqual({ bounds, maximized: false });
  const second = await launch();
  expect(await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(bounds);
  await second.close();
});

test('quitting waits for requests on their way, tells the window, and ignores more wishes to quit', async () => {
  const { app, page } = await launch();
  await app.evaluate(() => { globalThis.steering.hold(); });
  const end = ended(app);
  await app.evaluate(({ app: electronApp }) => { electronApp.quit(); electronApp.quit(); });
  await expect.poll(() => page.evaluate(() => (window as unknown as { events: unknown[] }).events)).toContainEqual(['closing', { readings: 0 }]);
  await app.evaluate(({ app: electronApp }) => { electronApp.quit(); });
  // Closing the window meanwhile may take the window away but not the waiting.
  expect((await logLines()).filter((line) => line.startsWith('stop'))).toEqual(['stopping']);
  expect(app.process().exitCode).toBeNull();
  await app.evaluate(() => { globalThis.steering.release(); }).catch(() => undefined);
  expect(await end).toBe(0);
  expect((await logLines()).filter((line) => line.startsWith('stop'))).toEqual(['stopping', 'stopped']);
});

test('closing the window while idle quits through the drain', async () => {
  const { app } = await launch();
  const end = ended(app);
  await app.evaluate(({ BrowserWindow }) => { setImmediate(() => { BrowserWindow.getAllWindows()[0]?.close(); }); });
  expect(await end).toBe(0);
  expect((await logLines()).filter((line) => line.startsWith('stop'))).toEqual(['stopping', 'stopped']);
});

test('closing the window while an exam is read asks, can be cancelled, and can finish in the background', async () => {
  const { app } = await launch();
  await app.evaluate(({ dialog }) => {
    const answers = [2, 0];
    globalThis.steering.rows = [{ state: 'reading', status: null }];
    globalThis.steering.emit();
    Object.assign(dialog, { asked: 0, showMessageBox: () => {
      Object.assign(dialog, { asked: (dialog as unknown as { asked: number }).asked + 1 });
      return Promise.resolve({ response: answers.shift() ?? 2, checkboxChecked: false });
    } });
  });
  const asked = (): Promise<number> => app.evaluate(({ dialog }) => (dialog as unknown as { asked: number }).asked);
  const visible = (): Promise<boolean | undefined> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  const close = (): Promise<void> => app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); });
  await close();
  await expect.poll(asked).toBe(1);
  expect(await visible()).toBe(true);
  await close();
  await expect.poll(asked).toBe(2);
  await expect.poll(visible).toBe(false);
  expect((await logLines()).filter((line) => line.startsWith('stop'))).toEqual([]);
  const end = ended(app);
  await app.evaluate(() => { globalThis.steering.rows = []; setImmediate(() => { globalThis.steering.emit(); }); });
  expect(await end).toBe(0);
  expect((await logLines()).filter((line) => line.startsWith('stop'))).toEqual(['stopping', 'stopped']);
});

test('the page comes back when its process dies, while the workstation goes on', async () => {
  const running = await launch();
  await running.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(); });
  await expect.poll(() => running.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return contents?.isCrashed() === false ? contents.executeJavaScript("document.querySelector('h1')?.textContent") as Promise<string> : 'gone';
  }).catch(() => 'gone')).toBe('shell fixture');
  await expect.poll(logLines).toContainEqual(expect.stringContaining('report window-crashed'));
  await quitApp(running.app);
  expect((await logLines()).filter((line) => line === 'opened' || line === 'stopped')).toEqual(['opened', 'stopped']);
});

test('the menu leads to the screens', async () => {
  const running = await launch();
  const labels = await running.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label));
  expect(labels).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Help']));
  await running.app.evaluate(({ Menu }) => { Menu.getApplicationMenu()?.getMenuItemById('spend')?.click(); });
  await expect.poll(() => running.page.evaluate(() => (window as unknown as { events: unknown[] }).events)).toEqual([['navigate', { screen: 'spend' }]]);
  await running.close();
});
