import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_CHROMIUM, launchDesk } from './standin.ts';

const XVFB = '/usr/bin/Xvfb';
const hasDisplay = HAS_CHROMIUM && existsSync(XVFB);
if (!hasDisplay) console.warn('skipped: windows on a display need Chromium and Xvfb');

describe.skipIf(!hasDisplay)('windows on a display', () => {
  let server: ChildProcess;
  let display = '';
  beforeAll(async () => {
    server = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1600x1000x24'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const [line] = await createInterface({ input: server.stdio[3] as Readable })[Symbol.asyncIterator]().next().then(({ value }) => [String(value)]);
    display = `:${line ?? ''}`;
  });
  afterAll(() => void server.kill());

  it('have the asked size, no tab strip, and close when the person closes them', async () => {
    const { electron, page } = await launchDesk({ DISPLAY: display, CHROMIUM_HEADLESS: '0' });
    await page.waitForFunction(() => innerWidth === 640 && innerHeight === 480);
    // A tab strip and an address bar take some 85 px; an app window's own title bar less than half of that.
    expect(await page.evaluate(() => outerHeight - innerHeight)).toBeLessThan(45);
    expect(await page.evaluate(() => matchMedia('(display-mode: standalone)').matches)).toBe(true);
    const isQuit = electron.waitForEvent('close');
    const chromium = await page.context().newCDPSession(page);
    await chromium.send('Page.close').catch(() => undefined);
    await isQuit;
  });
});
