import { join } from 'node:path';
import type { ConsoleMessage } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK, HAS_CHROMIUM, launchDesk, type Launched } from './standin.ts';

describe.skipIf(!HAS_CHROMIUM)('the electron module', () => {
  let app: Launched;
  const complaints: string[] = [];
  beforeAll(async () => {
    app = await launchDesk();
    app.page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    app.page.on('pageerror', (error) => complaints.push(error.message));
    await app.page.reload();
  });
  afterAll(() => app.electron.close());

  it('loads a page without a console error other than the fixture\'s forbidden inline script', () => {
    expect(complaints.filter((text) => !text.includes('inline script'))).toEqual([]);
  });

  it('is honest about what it is', async () => {
    const facts = await app.electron.evaluate(({ app: desk }) => ({
      electron: process.versions.electron, chrome: process.versions.chrome, type: process.type, marker: process.env['LUNGDESK_ELECTRON_STANDIN'],
      name: desk.getName(), version: desk.getVersion(), isPackaged: desk.isPackaged, path: desk.getAppPath(), isReady: desk.isReady(),
    }));
    expect(facts).toEqual({ electron: '45.4.1-chromium-standin', chrome: expect.stringMatching(/^\d+\./) as string, type: 'browser', marker: '1', name: 'Standin Fixture', version: '3.2.1', isPackaged: false, path: DESK, isReady: true });
  });

  it('names what it does not implement, and leaves unknown names alone', async () => {
    const messages = await app.electron.evaluate((electron) => {
      const window = electron.BrowserWindow.fromId(1)!;
      const attempts: (() => unknown)[] = [
        () => electron.app.getGPUInfo('basic'), () => electron.safeStorage.getSelectedStorageBackend(), () => window.setVibrancy('menu'), () => window.webContents.debugger,
        () => electron.session.defaultSession.cookies, () => new electron.BaseWindow(), () => window.webContents.print(), () => (electron.app as unknown as { fooBar?: unknown }).fooBar, () => (window as unknown as { then?: unknown }).then,
      ];
      return attempts.map((attempt) => { try { return String(attempt()); } catch (error) { return (error as Error).message; } });
    });
    expect(messages).toEqual([
      ...['app.getGPUInfo', 'safeStorage.getSelectedStorageBackend', 'BrowserWindow.setVibrancy', 'webContents.debugger', 'session.cookies', 'BaseWindow', 'webContents.print'].map((name) => `chromium-electron: ${name} is not implemented`),
      'undefined', 'undefined',
    ]);
  });

  it('tells the story of a load in order', async () => {
    const log = await app.electron.evaluate(async ({ BrowserWindow }) => {
      const { desk } = globalThis as unknown as { desk: { log: string[] } };
      // The first load may still be telling its end; a load that has been awaited has nothing more to tell.
      await BrowserWindow.fromId(1)?.loadURL('app://desk/other.html');
      desk.log.length = 0;
      await BrowserWindow.fromId(1)?.loadURL('app://desk/other.html');
      return desk.log.filter((line) => !line.startsWith('will-'));
    });
    expect(log).toEqual(['did-start-loading', 'dom-ready', 'did-finish-load']);
    await expect.poll(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(1)?.getTitle())).toBe('Other');
  });

  it('gives the page the size the app asked for, and pictures of it', async () => {
    // Waits over a load whose end this side has not heard of yet.
    await app.page.waitForFunction(() => innerWidth === 640 && innerHeight === 480);
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(1)?.setBounds({ width: 800, height: 500 }));
    await app.page.waitForFunction(() => innerWidth === 800 && innerHeight === 500);
    const picture = await app.electron.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.fromId(1)!.webContents.capturePage();
      return { size: image.getSize(), signature: image.toPNG().subarray(1, 4).toString() };
    });
    expect(picture).toEqual({ size: { width: 800, height: 500 }, signature: 'PNG' });
  });

  it('finds windows and contents by id and by DevTools target', async () => {
    const window = await app.electron.browserWindow(app.page);
    expect(await window.evaluate((found, id) => found.id === id, 1)).toBe(true);
    const same = await app.electron.evaluate(({ BrowserWindow, webContents }) => {
      const only = BrowserWindow.getAllWindows()[0]!;
      return webContents.fromId(only.webContents.id) === only.webContents && BrowserWindow.fromWebContents(only.webContents) === only && webContents.getAllWebContents().length === 1;
    });
    expect(same).toBe(true);
  });

  it('draws WebGL', async () => {
    expect(await app.page.evaluate(() => document.createElement('canvas').getContext('webgl2')?.getParameter(WebGL2RenderingContext.MAX_3D_TEXTURE_SIZE) as number)).toBeGreaterThan(255);
  });

  it('tells of a download and saves nothing', async () => {
    await app.electron.evaluate(({ session }) => {
      session.defaultSession.once('will-download', (event, item) => {
        event.preventDefault();
        (globalThis as unknown as { downloads: string[] }).downloads = [item.getURL(), item.getFilename()];
      });
    });
    await app.page.evaluate(() => Object.assign(document.createElement('a'), { href: '/megabyte', download: 'scan.bin' }).click());
    await expect.poll(() => app.electron.evaluate(() => (globalThis as unknown as { downloads?: string[] }).downloads)).toEqual(['app://desk/megabyte', 'scan.bin']);
  });

  it('carries the theme to the page', async () => {
    await app.electron.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'dark'));
    await app.page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await app.electron.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'light'));
    await app.page.waitForFunction(() => matchMedia('(prefers-color-scheme: light)').matches);
  });

  it('lets tests replace a dialog, and cancels one nobody replaced', async () => {
    const answers = await app.electron.evaluate(async ({ dialog }) => {
      const before = await dialog.showMessageBox({ message: 'Delete?', buttons: ['Delete', 'Cancel'] });
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/studies'] });
      return [before.response, (await dialog.showOpenDialog({})).filePaths];
    });
    expect(answers).toEqual([1, ['/studies']]);
  });

  it('keeps menus that can be clicked from code', async () => {
    const clicked = await app.electron.evaluate(({ Menu }) => {
      const calls: string[] = [];
      Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'File', submenu: [{ id: 'import', label: 'Import', click: (item) => calls.push(item.label) }, { type: 'separator' }, { role: 'quit' }] }]));
      Menu.getApplicationMenu()?.getMenuItemById('import')?.click();
      return [calls, Menu.getApplicationMenu()?.items[0]?.submenu?.items.map(({ type, role }) => role ?? type)];
    });
    expect(clicked).toEqual([['Import'], ['normal', 'separator', 'quit']]);
  });

  it('talks to a utility process and sees it end', async () => {
    const told = await app.electron.evaluate(async ({ utilityProcess }, file) => {
      const child = utilityProcess.fork(file, [], { serviceName: 'sum' });
      const answer = new Promise((resolve) => child.once('message', resolve));
      child.postMessage({ numbers: [1, 2, 39], bytes: new Uint8Array([7]) });
      const message = await answer;
      const ended = new Promise<number>((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      return { message, pid: child.pid };
    }, join(DESK, 'utility.js'));
    expect(told).toEqual({ message: { type: 'utility', sum: 42, bytes: new Uint8Array([7]) }, pid: undefined });
  });

  it('says when a page crashed, and loads it again', async () => {
    const reason = await app.electron.evaluate(async ({ app: desk, BrowserWindow }) => {
      const window = BrowserWindow.fromId(1)!;
      const gone = new Promise<string>((resolve) => desk.once('render-process-gone', (_event, _contents, details) => resolve(details.reason)));
      window.webContents.forcefullyCrashRenderer();
      const why = await gone;
      await window.loadURL('app://desk/index.html');
      return [why, (await window.webContents.executeJavaScript('document.title')) as string];
    });
    expect(reason).toEqual(['crashed', 'Desk']);
  });
});
