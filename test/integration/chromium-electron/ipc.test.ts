import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_CHROMIUM, launchDesk, type Launched } from './standin.ts';

type Desk = { invoke(channel: string, ...args: unknown[]): Promise<unknown>; subscribe(listener: (...args: unknown[]) => void): () => void; send(channel: string, ...args: unknown[]): void };
declare const desk: Desk;

function read(): unknown[] {
  return (globalThis as unknown as { news: unknown[] }).news;
}

describe.skipIf(!HAS_CHROMIUM)('ipc between a page and the main process', () => {
  let app: Launched;
  beforeAll(async () => {
    app = await launchDesk();
  });
  afterAll(() => app.electron.close());

  it('carries everything structured clone carries, there and back', async () => {
    const verdict = await app.page.evaluate(async () => {
      const cyclic: { self?: unknown } = {};
      cyclic.self = cyclic;
      const sent = {
        missing: undefined, nan: NaN, minusZero: -0, infinite: -Infinity, big: 12345678901234567890n, date: new Date(86_400_000), pattern: /a+/gi,
        map: new Map<unknown, unknown>([[{ key: 1 }, new Set([1, 'two'])]]), bytes: new Uint8Array([0, 255, 128]), floats: new Float32Array([1.5, -2]),
        buffer: new Uint8Array([9, 8]).buffer, view: new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2), list: [1, undefined, null], text: 'ä\u0000漢\ud83d\ude00', cyclic,
        error: new RangeError('out'),
      };
      const got = (await desk.invoke('echo', sent)) as typeof sent;
      return [
        ...(Object.hasOwn(got, 'missing') && (got as { missing: unknown }).missing === undefined ? [] : ['undefined']),
        ...(Number.isNaN(got.nan) && Object.is(got.minusZero, -0) && got.infinite === -Infinity ? [] : ['numbers']),
        ...(got.big === sent.big && got.text === sent.text && got.pattern.source === 'a+' && got.pattern.flags === 'gi' ? [] : ['bigint, text, pattern']),
        ...(got.date instanceof Date && got.date.getTime() === 86_400_000 ? [] : ['date']),
        ...(got.map instanceof Map && [...got.map.values()][0] instanceof Set && ([...got.map.keys()][0] as { key: number }).key === 1 ? [] : ['map and set']),
        ...(got.bytes instanceof Uint8Array && got.bytes.join() === '0,255,128' && got.floats instanceof Float32Array && got.floats.join() === '1.5,-2' ? [] : ['typed arrays']),
        ...(got.buffer instanceof ArrayBuffer && new Uint8Array(got.buffer).join() === '9,8' && got.view.byteLength === 2 && got.view.getUint8(0) === 2 ? [] : ['buffers']),
        ...(got.list.length === 3 && got.list[1] === undefined && got.list[2] === null ? [] : ['list']),
        ...(got.cyclic.self === got.cyclic && got.cyclic !== cyclic ? [] : ['cycle']),
        ...(got.error instanceof RangeError && got.error.message === 'out' ? [] : ['error']),
      ];
    });
    expect(verdict).toEqual([]);
  });

  it('keeps only the message of an error thrown in a handler', async () => {
    const error = await app.page.evaluate(() => desk.invoke('fail').catch((reason: unknown) => ({ message: (reason as Error).message, code: (reason as { code?: string }).code })));
    expect(error).toEqual({ message: "Error invoking remote method 'fail': TypeError: it broke", code: undefined });
  });

  it.each([
    ['an unknown channel', 'nowhere', "Error invoking remote method 'nowhere': Error: No handler registered for 'nowhere'"],
    ['an answer that cannot be cloned', 'uncloneable', "Error invoking remote method 'uncloneable': Error: An object could not be cloned."],
  ])('refuses %s', async (_what, channel, message) => {
    expect(await app.page.evaluate((name) => desk.invoke(name).catch((reason: unknown) => (reason as Error).message), channel)).toBe(message);
  });

  it('refuses a symbol as an argument', async () => {
    expect(await app.page.evaluate(() => { try { void desk.invoke('echo', Symbol('s')); return 'sent'; } catch (error) { return (error as Error).message; } })).toBe('An object could not be cloned.');
  });

  it('answers handleOnce once', async () => {
    const answers = await app.page.evaluate(async () => [await desk.invoke('once'), await desk.invoke('once').catch(() => 'gone')]);
    expect(answers).toEqual(['first', 'gone']);
  });

  it('tells the handler which window and which app address asks', async () => {
    expect(await app.page.evaluate(() => desk.invoke('who'))).toEqual({ window: 1, url: 'app://desk/index.html', origin: 'app://desk', hasParent: false });
  });

  it('reaches the right one of two windows', async () => {
    const opening = app.electron.waitForEvent('window');
    await app.electron.evaluate(() => (globalThis as unknown as { desk: { open(): Promise<void> } }).desk.open().then(() => undefined));
    const second = await opening;
    await second.waitForURL(/index\.html$/);
    expect(await second.evaluate(() => desk.invoke('who'))).toMatchObject({ window: 2 });
    await Promise.all([app.page.evaluate(listen), second.evaluate(listen)]);
    function listen(): void {
      const news: unknown[] = ((globalThis as unknown as { news: unknown[] }).news = []);
      const stop = desk.subscribe((...args) => {
        news.push(args);
        if (args[0] === 'last') stop();
      });
    }
    await app.electron.evaluate(({ BrowserWindow }) => {
      const [one, two] = [BrowserWindow.fromId(1), BrowserWindow.fromId(2)];
      one?.webContents.send('news', 'for one', new Uint8Array([1]));
      two?.webContents.send('news', 'last');
      two?.webContents.send('news', 'after unsubscribing');
      one?.webContents.send('news', 'last');
    });
    await Promise.all([app.page, second].map((page) => page.waitForFunction(() => (globalThis as unknown as { news: unknown[][] }).news.some(([word]) => word === 'last'))));
    expect(await app.page.evaluate(read)).toEqual([['for one', new Uint8Array([1])], ['last']]);
    expect(await second.evaluate(read)).toEqual([['last']]);
    await second.close();
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ id }) => id))).toEqual([1]);
  });
});
