import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { findChromium } from '../../chromium-electron/chromium/find-chromium.ts';

/** The folder ELECTRON_OVERRIDE_DIST_PATH points at. */
export const STANDIN = fileURLToPath(new URL('../../chromium-electron', import.meta.url));

/** The small app most of these tests drive. */
export const DESK = `${STANDIN}/fixtures/desk`;

/** True where a Chromium is installed; says so once where there is none. */
export const HAS_CHROMIUM: boolean = findChromium(process.env) !== undefined;
if (!HAS_CHROMIUM) console.warn('skipped: no Chromium on this machine (apt-get install chromium, or set CHROMIUM_PATH)');

/** What these tests start the stand-in with: the stand-in's folder, and no display. */
export function standinEnv(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return { ...inherited, ELECTRON_OVERRIDE_DIST_PATH: STANDIN, CHROMIUM_HEADLESS: '1', ...more };
}

/** A launched fixture app and its first window, loaded. */
export interface Launched {
  readonly electron: ElectronApplication;
  readonly page: Page;
}

/** Launches the desk through Playwright exactly as against real Electron. */
export async function launchDesk(more: Readonly<Record<string, string>> = {}): Promise<Launched> {
  // Playwright finds the executable through the electron package, which reads this process's environment.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = STANDIN;
  const electron = await _electron.launch({ args: [DESK], env: standinEnv(more) });
  const page = await electron.firstWindow();
  await page.waitForURL(/index\.html$/);
  await page.waitForLoadState('load');
  return { electron, page };
}

/** A plainly started app whose stdout lines can be awaited. */
export interface Started {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly exited: Promise<number | null>;
  /** Resolves with the first line, past or future, that starts with the text; rejects if the app ends without it. */
  line(start: string): Promise<string>;
}

/** Starts a command that runs the stand-in, and collects its stdout. */
export function startPlainly(command: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: Record<string, string> } = {}): Started {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'], env: options.env ?? standinEnv(), ...(options.cwd === undefined ? {} : { cwd: options.cwd }) });
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  const reader = createInterface({ input: child.stdout });
  const drained = new Promise<void>((resolve) => reader.once('close', resolve));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => void drained.then(() => resolve(code))));
  reader.on('line', (line) => {
    lines.push(line);
    for (const look of watchers) look();
  });
  return {
    child,
    lines,
    exited,
    line: (start) =>
      new Promise((resolve, reject) => {
        watchers.add(look);
        look();
        void exited.then((code) => reject(new Error(`ended with ${String(code)} before "${start}": ${lines.join(' | ')}`)));

        function look(): void {
          const found = lines.find((line) => line.startsWith(start));
          if (found !== undefined) resolve(found);
        }
      }),
  };
}
