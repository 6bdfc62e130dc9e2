import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_CHROMIUM, launchDesk, type Launched } from './standin.ts';

/* The page tries every way out it has; each resolves when the attempt is over, however it ended. */
const WAYS: Readonly<Record<string, (address: string) => Promise<string>>> = {
  fetch: (address) => fetch(`${address}fetch`, { mode: 'no-cors' }).then(() => 'out', () => 'refused'),
  worker: (address) =>
    new Promise((resolve) => {
      const worker = new Worker('/worker.js');
      worker.onmessage = ({ data }) => resolve(data === 'sent' ? 'out' : 'refused');
      worker.postMessage(`${address}worker`);
    }),
  websocket: (address) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${address.replace('http', 'ws')}websocket`);
      socket.onopen = () => resolve('out');
      socket.onerror = () => resolve('refused');
    }),
  xhr: (address) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('POST', `${address}xhr`);
      xhr.onload = () => resolve('out');
      xhr.onerror = () => resolve('refused');
      xhr.send('x');
    }),
};

describe.skipIf(!HAS_CHROMIUM)('session.webRequest.onBeforeRequest', () => {
  let app: Launched;
  let server: Server;
  const hits: string[] = [];
  let address = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      hits.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('hit');
    });
    server.on('upgrade', (request, socket) => {
      hits.push(request.url ?? '');
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    app = await launchDesk();
  });
  afterAll(async () => {
    await app.electron.close();
    server.close();
  });

  it.each(Object.keys(WAYS))('without a listener the page reaches a server by %s', async (name) => {
    await app.page.evaluate(WAYS[name]!, address);
    expect(hits).toContain(`/${name}`);
  });

  it.each(Object.keys(WAYS))('with a listener that cancels, the server sees nothing of %s', async (name) => {
    await app.electron.evaluate(({ session }) => {
      const seen: string[] = ((globalThis as unknown as { asked: string[] }).asked = []);
      session.defaultSession.webRequest.onBeforeRequest((details, callback) => {
        seen.push(details.url);
        callback({ cancel: !details.url.startsWith('app://') });
      });
    });
    hits.length = 0;
    expect(await app.page.evaluate(WAYS[name]!, address)).toBe('refused');
    expect(hits).toEqual([]);
    const asked = await app.electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    expect(asked.some((url) => new URL(url).host === new URL(address).host)).toBe(true);
  });

  it('still lets the app through, seen as app://', async () => {
    expect(await app.page.evaluate(async () => (await fetch('/other.html')).status)).toBe(200);
    expect(await app.electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toContain('app://desk/other.html');
  });

  it('asks only about the addresses of its filter', async () => {
    await app.electron.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest({ urls: ['http://*/never/*'] }, (_details, callback) => callback({ cancel: true })));
    expect(await app.page.evaluate(WAYS['fetch']!, address)).toBe('out');
  });
});

describe.skipIf(!HAS_CHROMIUM)('permission handlers', () => {
  it('decide what the page may do', async () => {
    const { electron } = await launchDesk();
    try {
      const states = await electron.evaluate(async ({ session, BrowserWindow }) => {
        session.defaultSession.setPermissionCheckHandler((_contents, permission) => permission !== 'geolocation');
        session.defaultSession.setPermissionRequestHandler((_contents, permission, callback) => callback(permission === 'notifications'));
        const window = BrowserWindow.fromId(1)!;
        await window.loadURL('app://desk/index.html');
        const query = `Promise.all(['geolocation', 'notifications', 'camera'].map(async (name) => (await navigator.permissions.query({ name })).state))`;
        return (await window.webContents.executeJavaScript(query)) as string[];
      });
      expect(states).toEqual(['denied', 'granted', 'denied']);
    } finally {
      await electron.close();
    }
  });
});
