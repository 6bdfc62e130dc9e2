import { chromium } from 'playwright-core';
import type { Browser, Page, Route } from 'playwright-core';
import { calls } from '../../../src-shared/ipc/contract.ts';
import type { Events } from '../../../src-shared/ipc/contract.ts';
import { securityHeaders } from '../../../src-main/shell/protocol-rules.ts';
import type { BuiltFiles } from './build-window.ts';
import { candidatePng } from './candidate-picture.ts';
import type { DecodedSlice } from './decode-series.ts';
import { answerCall } from './fake-main.ts';
import type { FakeState } from './fake-main.ts';
import { sampleCandidates } from './sample-candidates.ts';
import { sampleReading } from './sample-reading.ts';
import { sheetPng } from './sheet-picture.ts';

const origin = 'https://lungdesk.invalid';
const contentTypes: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2' };

/** The window in a browser with the fake main process behind it. */
export interface OpenWindow {
  readonly page: Page;
  /** Violations of the content security policy, errors of the console and uncaught errors, in order. */
  readonly complaints: readonly string[];
  readonly emit: <Name extends keyof Events>(name: Name, event: Events[Name]) => Promise<void>;
  readonly go: (hash: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the browser the tests use. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--enable-unsafe-swiftshader', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
}

// Runs in the page, in place of the preload.
function installDoor(names: readonly string[]): void {
  const listeners = new Map<string, Set<(event: unknown) => void>>();
  const door = window as unknown as Record<string, unknown>;
  const callMain = door['harnessCall'] as (name: string, request: unknown) => Promise<unknown>;
  const complain = door['harnessComplain'] as (text: string) => Promise<void>;
  const api: Record<string, unknown> = {
    on: (name: string, listener: (event: unknown) => void) => {
      const own = listeners.get(name) ?? new Set();
      listeners.set(name, own.add(listener));
      return () => own.delete(listener);
    },
  };
  for (const name of names) api[name] = (request: unknown) => callMain(name, request);
  door['lungdesk'] = api;
  door['harnessEmit'] = (name: string, event: unknown) => { for (const listener of listeners.get(name) ?? []) listener(event); };
  document.addEventListener('securitypolicyviolation', (event) => {
    void complain(`csp ${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
  });
}

async function serve(route: Route, files: BuiltFiles, series: readonly DecodedSlice[], state: FakeState): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const slice = series[Number(/^\/picture\/pixels-(\d+)$/.exec(pathname)?.[1])];
  const headers = { ...securityHeaders };
  if (slice !== undefined) return route.fulfill({ headers, contentType: 'application/octet-stream', body: Buffer.from(slice.hounsfield.buffer) });
  const [, plane, place] = /^\/picture\/candidate-(axial|coronal|sagittal)-(\d+)$/.exec(pathname) ?? [];
  const candidate = sampleCandidates(series)[Number(place)];
  if (candidate !== undefined) return route.fulfill({ headers, contentType: 'image/png', body: await candidatePng(series, plane as 'axial', candidate.centreMm, candidate.pictureFieldMm) });
  const [, readingId] = /^\/picture\/sheet-(.+)-\d+-\d+$/.exec(pathname) ?? [];
  const row = state.rows.find((one) => one.readingId === readingId);
  const sent = row === undefined ? undefined : sampleReading(row, series).requests.flatMap(({ pictures, mirrored }) => pictures.map((picture) => ({ picture, mirrored }))).find(({ picture }) => picture.path === pathname);
  if (sent !== undefined) return route.fulfill({ headers, contentType: 'image/png', body: await sheetPng(series, sent.picture, sent.mirrored) });
  const body = files.get(pathname === '/' ? '/index.html' : pathname);
  if (body === undefined) return route.fulfill({ status: 404, headers });
  return route.fulfill({ headers, contentType: contentTypes[pathname.split('.').at(-1) ?? ''] ?? 'text/html', body });
}

/** Opens the built window under the shell's own headers, with the network cut off but for it. */
export async function openWindow(
  browser: Browser, files: BuiltFiles, series: readonly DecodedSlice[], state: FakeState, size = { width: 1440, height: 900 },
): Promise<OpenWindow> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', locale: 'en-US', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`); });
  await page.exposeFunction('harnessCall', (name: string, request: unknown) => answerCall(state, series, name, request));
  await page.exposeFunction('harnessComplain', (text: string) => { complaints.push(text); });
  await page.addInitScript(installDoor, Object.keys(calls));
  await page.route('**/*', (route) => {
    if (route.request().url().startsWith(`${origin}/`)) return serve(route, files, series, state);
    complaints.push(`network: ${route.request().url()}`);
    return route.abort();
  });
  await page.goto(`${origin}/index.html`);
  return {
    page, complaints,
    emit: (name, event) => page.evaluate(([to, what]) => { (window as unknown as { harnessEmit: (n: unknown, e: unknown) => void }).harnessEmit(to, what); }, [name, event] as const),
    go: async (hash) => { await page.evaluate((to) => { window.location.hash = to; }, hash); },
    close: () => context.close(),
  };
}
