import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_CHROMIUM, launchDesk, type Launched } from './standin.ts';

describe.skipIf(!HAS_CHROMIUM)('protocol.handle', () => {
  let app: Launched;
  beforeAll(async () => {
    app = await launchDesk();
  });
  afterAll(() => app.electron.close());

  it('serves a binary megabyte byte for byte', async () => {
    const [digest, content] = await Promise.all([
      app.electron.evaluate(() => (globalThis as unknown as { desk: { digest: string } }).desk.digest),
      app.page.evaluate(async () => new Uint8Array(await (await fetch('/megabyte')).arrayBuffer())),
    ]);
    expect(content.length).toBe(1024 * 1024);
    expect(createHash('sha256').update(content).digest('hex')).toBe(digest);
  });

  it('serves 404 as 404', async () => {
    expect(await app.page.evaluate(async () => (await fetch('/nothing-here')).status)).toBe(404);
  });

  it('shows the handler app:// addresses and never the token', async () => {
    const requests = await app.electron.evaluate(() => (globalThis as unknown as { desk: { requests: { url: string; hasCookie: boolean }[] } }).desk.requests);
    expect(requests.map(({ url }) => url)).toEqual(expect.arrayContaining(['app://desk/index.html', 'app://desk/page.js']));
    expect(requests.every(({ url, hasCookie }) => url.startsWith('app://desk/') && !hasCookie)).toBe(true);
    expect(await app.page.evaluate(() => document.cookie)).toBe('');
  });

  it('keeps the content security policy in force', async () => {
    const state = await app.page.evaluate(() => {
      const { inlineRan, seen } = globalThis as unknown as { inlineRan?: boolean; seen?: object };
      return { inlineRan, pageRan: seen !== undefined, isSecureContext };
    });
    expect(state).toEqual({ inlineRan: undefined, pageRan: true, isSecureContext: true });
    // Playwright's evaluate is above the policy; a string timer of the page is not.
    expect(await app.page.evaluate(async () => {
      const violation = new Promise<string>((resolve) => document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }));
      document.body.append(Object.assign(document.createElement('img'), { src: 'data:image/png;base64,AAAA' }));
      return violation;
    })).toBe('img-src');
  });

  it('answers nobody without the token', async () => {
    const address = new URL(app.page.url());
    const statuses = await Promise.all(
      [{}, { cookie: `chromium-electron-${address.port}=${'0'.repeat(64)}` }].map(async (headers) => {
        const answer = await fetch(`http://127.0.0.1:${address.port}/index.html`, { headers: { host: address.host, ...headers } });
        return [answer.status, (await answer.text()).includes('Desk')];
      }),
    );
    expect(statuses).toEqual([[403, false], [403, false]]);
  });

  it('answers net.fetch and session.fetch from the same handler', async () => {
    const texts = await app.electron.evaluate(async ({ net, session }) => [
      await (await net.fetch('app://desk/other.html')).text(),
      (await session.defaultSession.fetch('app://desk/missing')).status,
    ]);
    expect(texts).toEqual([expect.stringContaining('Other'), 404]);
  });
});
