import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HAS_CHROMIUM, launchDesk, type Launched } from './standin.ts';

type DeskGlobals = { desk: { log: string[]; lets: boolean } };

describe.skipIf(!HAS_CHROMIUM)('navigation', () => {
  let app: Launched;
  beforeAll(async () => {
    app = await launchDesk();
  });
  beforeEach(() => log());
  afterAll(() => app.electron.close());

  it.each([
    ['a script', () => { location.href = '/other.html'; }, 'will-navigate app://desk/other.html'],
    ['a link', () => { document.getElementById('out')?.click(); }, 'will-navigate https://example.invalid/'],
    ['a form', () => { document.body.append(Object.assign(document.createElement('form'), { action: '/sent', id: 'f' })); (document.getElementById('f') as HTMLFormElement).submit(); }, 'will-navigate app://desk/sent?'],
    ['an empty document', () => { location.href = 'about:blank'; }, 'will-navigate about:blank'],
  ])('by %s is announced and prevented', async (_name, leave, line) => {
    await app.page.evaluate(leave);
    expect((await logged(line)).filter((entry) => entry.startsWith('will-'))).toEqual([line]);
    expect(await app.page.evaluate(() => document.title)).toBe('Desk');
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(1)?.webContents.getURL())).toBe('app://desk/index.html');
  });

  it('window.open is put to the handler and opens nothing', async () => {
    expect(await app.page.evaluate(() => window.open('https://example.invalid/a', 'x', 'width=10'))).toBeNull();
    expect(await logged('window-open https://example.invalid/a')).toHaveLength(1);
    expect(app.electron.windows()).toHaveLength(1);
  });

  it('a link to a new window opens nothing and asks for nothing', async () => {
    await app.electron.evaluate(() => ((globalThis as unknown as { desk: { requests: unknown[] } }).desk.requests.length = 0));
    await app.page.click('#blank');
    expect(await logged('window-open app://desk/other.html')).toHaveLength(1);
    await expect.poll(() => app.electron.windows().length).toBe(1);
    expect(await app.electron.evaluate(() => (globalThis as unknown as { desk: { requests: unknown[] } }).desk.requests)).toEqual([]);
  });

  it("Playwright's reload is not the page's doing: no will-navigate", async () => {
    await app.page.reload();
    expect((await log()).filter((line) => line.startsWith('will-'))).toEqual([]);
  });

  it('a redirect is announced and prevented', async () => {
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(1)?.loadURL('app://desk/away').catch(() => undefined));
    expect((await log()).filter((line) => line.startsWith('will-'))).toEqual(['will-redirect app://desk/other.html']);
  });

  it('goes where the page wants when nobody prevents it', async () => {
    await app.electron.evaluate(() => void ((globalThis as unknown as DeskGlobals).desk.lets = true));
    await app.page.evaluate(() => { location.href = '/other.html'; });
    await app.page.waitForURL(/other\.html$/);
    expect(await app.page.title()).toBe('Other');
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(1)?.webContents.getURL())).toBe('app://desk/other.html');
  });

  it('loadURL of an unreachable address rejects by name', async () => {
    const message = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.fromId(1)?.loadURL('http://127.0.0.1:1/').catch((error: unknown) => (error as Error).message));
    expect(message).toContain("loading 'http://127.0.0.1:1/'");
  });

  /** Takes what the fixture has written down so far. */
  function log(): Promise<string[]> {
    return app.electron.evaluate(() => (globalThis as unknown as DeskGlobals).desk.log.splice(0));
  }

  /** Waits in the main process, which Chromium's events reach in their own time, until a line is written down. */
  async function logged(line: string): Promise<string[]> {
    await app.electron.evaluate(async (_electron, wanted) => {
      const { desk } = globalThis as unknown as DeskGlobals;
      while (!desk.log.includes(wanted)) await new Promise((resolve) => setImmediate(resolve));
    }, line);
    return log();
  }
});
