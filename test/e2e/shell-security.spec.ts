import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import type {} from '../../src-renderer/workstation.ts';
import { callNames } from '../../src-shared/ipc/channel-names.ts';
import { shellFixtureFolder } from '../helpers/build-shell-fixture.ts';
import { launchApp } from '../helpers/launch-app.ts';
import type { RunningApp } from '../helpers/launch-app.ts';

let running: RunningApp;
let server: Server;
let hits: string[];
let address: string;

test.beforeAll(async () => {
  running = await launchApp({ appFolder: shellFixtureFolder });
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/html' }).end('<title>outside</title>');
  });
  server.on('upgrade', (request, socket) => {
    hits.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

test.beforeEach(() => {
  hits = [];
});

test.afterAll(async () => {
  await running.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('the page loads without an error or a violation of its policy', async () => {
  await expect(running.page.locator('h1')).toHaveText('shell fixture');
  expect(running.problems(), running.output()).toEqual([]);
});

test('the window shows the program\'s name, not what the page calls itself', async () => {
  expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()))).toEqual(['LungDesk']);
});

test('window.lungdesk is the contract and nothing more', async () => {
  const surface = await running.page.evaluate(() => Object.entries(window.lungdesk).map(([name, value]) => [name, typeof value]));
  expect(Object.fromEntries(surface)).toEqual(Object.fromEntries([...callNames, 'on'].map((name) => [name, 'function'])));
});

test('the page has neither Node nor Electron', async () => {
  const found = await running.page.evaluate(() =>
    ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter((name) => name in globalThis));
  expect(found).toEqual([]);
});

test('calls answer with envelopes, and refuse what the contract does not know', async () => {
  const answers = await running.page.evaluate(async () => {
    const api = window.lungdesk as unknown as Record<string, (...request: unknown[]) => Promise<unknown>>;
    return [await api['listQueue']?.(), await api['listQueue']?.({}), await api['openReading']?.({ readingId: 'r1', path: '/etc/passwd' }), await api['openReading']?.(() => 1)];
  });
  expect(answers).toMatchObject([
    { ok: true, value: [] }, { ok: false, error: { code: 'request-invalid' } }, { ok: false, error: { code: 'request-invalid' } }, { ok: false, error: { code: 'unexpected' } },
  ]);
});

test('a fault inside gets out as a code only', async () => {
  const answer = await running.page.evaluate(async () => window.lungdesk.runDoctor());
  expect(answer).toEqual({ ok: false, error: { code: 'unexpected', message: 'a fault inside LungDesk', retryable: false } });
});

test('pictures come byte for byte, unknown paths not at all', async () => {
  const got = await running.page.evaluate(async () => {
    const picture = await fetch('/picture/picture-of-256-bytes');
    const others = await Promise.all(['/picture/unknown-token', '/../package.json', '/..%2fpackage.json', '/preload.cjs', '//etc/passwd'].map(async (path) =>
      fetch(path).then((response) => response.status, () => 'refused')));
    return { bytes: [...new Uint8Array(await picture.arrayBuffer())], others };
  });
  expect(got.bytes).toEqual(Array.from({ length: 256 }, (_, index) => index));
  for (const status of got.others) expect([404, 'refused']).toContain(status);
});

test('nothing in the page reaches the network', async () => {
  // The server can be reached at all: otherwise no hit would mean nothing.
  await fetch(`http://${address}/sanity`);
  expect(hits).toEqual(['/sanity']);
  const refused = await running.page.evaluate(async (host) => {
    const violations: string[] = [];
    let heard = (): void => undefined;
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(event.blockedURI);
      heard();
    });
    const said = async (path: string): Promise<void> => {
      while (!violations.some((uri) => uri.endsWith(path))) await new Promise<void>((resolve) => { heard = resolve; });
    };
    const add = (name: string, attributes: Record<string, string>): void => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      document.body.append(element);
    };
    const attempts: Readonly<Record<string, () => unknown>> = {
      // These do not say which address was refused; what comes after them in this list does.
      '/prefetch': () => { add('link', { rel: 'prefetch', href: `http://${host}/prefetch` }); },
      '/preconnect': () => { add('link', { rel: 'preconnect', href: `http://${host}` }); },
      '/background': () => { add('div', { style: `background: url(http://${host}/background)` }); },
      '/iframe': () => { add('iframe', { src: `http://${host}/iframe` }); },
      '/script': () => { add('script', { src: `http://${host}/script` }); },
      '/worker': () => new Worker(`http://${host}/worker`),
      '/fetch': async () => fetch(`http://${host}/fetch`, { mode: 'no-cors' }).catch(() => undefined),
      '/img': () => { add('img', { src: `http://${host}/img` }); },
      '/object': () => { add('object', { data: `http://${host}/object` }); },
      '/video': () => { add('video', { src: `http://${host}/video` }); },
      '/style': () => { add('link', { rel: 'stylesheet', href: `http://${host}/style` }); },
      '/preload': () => { add('link', { rel: 'preload', as: 'image', href: `http://${host}/preload` }); },
      '/beacon': () => navigator.sendBeacon(`http://${host}/beacon`, 'x'),
      '/websocket': () => new WebSocket(`ws://${host}/websocket`),
      '/events': () => new EventSource(`http://${host}/events`),
    };
    const silent = ['/prefetch', '/preconnect', '/background', '/iframe', '/script', '/worker'];
    for (const [path, attempt] of Object.entries(attempts)) {
      try {
        await attempt();
      } catch {
        // Trusted Types refuse the addresses of scripts and workers at once.
        continue;
      }
      if (!silent.includes(path)) await said(path);
    }
    return violations.length;
  }, address);
  expect(refused).toBeGreaterThanOrEqual(10);
  expect(hits).toEqual(['/sanity']);
});

test('the session itself refuses the network, even to the main process', async () => {
  await running.page.evaluate(() => { Object.assign(globalThis, { isOldPage: true }); });
  const shown = await running.app.evaluate(async ({ BrowserWindow }, host) => {
    const window = BrowserWindow.getAllWindows()[0];
    return window?.loadURL(`http://${host}/main-navigation`).then(() => 'reached', () => 'refused');
  }, address);
  expect(shown).toBe('refused');
  expect(hits).toEqual([]);
  await running.app.evaluate(async ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('app://lungdesk/index.html'));
  // The refused load may still be showing its error page: the tests after this one need the app's own.
  await running.page.waitForFunction(() => !('isOldPage' in globalThis) && 'lungdesk' in globalThis && document.readyState === 'complete');
});

test('the page cannot leave, open a window or be dropped on', async () => {
  const { page, app } = running;
  const before = page.url();
  const opened = await page.evaluate((host) => {
    const link = document.createElement('a');
    link.href = `http://${host}/link`;
    link.textContent = 'leave';
    link.id = 'leave';
    document.body.append(link);
    return [window.open(`http://${host}/open`), window.open('about:blank'), window.open('', '_blank'), window.open(location.href)].map((made) => made === null);
  }, address);
  expect(opened).toEqual([true, true, true, true]);
  await page.click('#leave');
  await page.click('#leave', { button: 'middle' });
  await page.click('#leave', { modifiers: ['Shift'] });
  await page.evaluate((host) => { location.href = `http://${host}/assign`; }, address);
  await page.evaluate(() => { location.href = 'file:///etc/passwd'; });
  await page.evaluate(() => { location.href = 'data:text/html,<title>data</title>'; });
  await page.evaluate((host) => {
    const form = document.createElement('form');
    form.action = `http://${host}/form`;
    document.body.append(form);
    form.submit();
  }, address);
  // A round trip to the page: it is still there and answers.
  expect(await page.evaluate(async () => (await window.lungdesk.listQueue()).ok)).toBe(true);
  expect(page.url()).toBe(before);
  expect(hits).toEqual([]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('frames inside the page get no answers', async () => {
  const results = await running.page.evaluate(async () => {
    const outcome: string[] = [];
    for (const source of [null, 'about:blank', 'about:srcdoc', 'app://lungdesk/index.html', 'data:text/html,x']) {
      const frame = document.createElement('iframe');
      if (source === 'about:srcdoc') frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
      if (source !== null && source !== 'about:srcdoc') frame.src = source;
      // A refused frame shows an error page of its own, which loads too.
      const loaded = new Promise((resolve) => { frame.onload = resolve; });
      document.body.append(frame);
      await loaded;
      let inner: { listQueue: () => Promise<{ ok: boolean; error?: { code: string } }> } | undefined;
      try {
        inner = (frame.contentWindow as unknown as { lungdesk?: typeof inner } | null)?.lungdesk;
      } catch {
        outcome.push('other origin');
        continue;
      }
      const answer = await inner?.listQueue();
      outcome.push(answer === undefined ? 'no api' : answer.ok ? 'ANSWERED' : (answer.error?.code ?? ''));
      frame.remove();
    }
    return outcome;
  });
  expect(results).toHaveLength(5);
  for (const result of results) expect(['no api', 'other origin', 'sender-untrusted']).toContain(result);
});

test('another window gets no answers, though it has the same preload and page', async () => {
  const answers = await running.app.evaluate(async ({ BrowserWindow }, preload) => {
    const other = new BrowserWindow({ show: false, webPreferences: { preload, partition: 'lungdesk', sandbox: true, contextIsolation: true } });
    const ask = async (): Promise<unknown> => other.webContents.executeJavaScript('window.lungdesk.listQueue()');
    try {
      await other.loadURL('app://lungdesk/index.html');
      const page = await ask();
      await other.loadURL('about:blank');
      return [page, await ask()];
    } finally {
      other.destroy();
    }
  }, `${shellFixtureFolder}/preload.cjs`);
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'sender-untrusted' } });
});

test('every permission is denied', async () => {
  const answers = await running.page.evaluate(async () => {
    const refused = (promise: Promise<unknown>): Promise<string> => promise.then((value) => `granted ${String(value)}`, () => 'denied');
    const states = await Promise.all(['geolocation', 'camera', 'microphone', 'midi', 'clipboard-read'].map(async (name) =>
      navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state, () => 'denied')));
    return [
      ...states.map((state) => (state === 'granted' ? 'granted' : 'denied')),
      await refused(navigator.mediaDevices.getUserMedia({ video: true })),
      (await Notification.requestPermission()) === 'granted' ? 'granted' : 'denied',
    ];
  });
  expect(new Set(answers)).toEqual(new Set(['denied']));
});
