import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a test starts LungDesk. */
export interface LaunchOptions {
  /** Folder with the app's package.json; the built LungDesk unless given. */
  readonly appFolder?: string;
  /** Data folder; a fresh one, removed in the end, unless given. */
  readonly home?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** False where the first load is what is measured; errors in its first moments are then not seen. */
  readonly reload?: boolean;
}

/** A running LungDesk with its window. */
export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** Errors of the page since its first byte: console errors, exceptions, violations of the content security policy. */
  readonly problems: () => readonly string[];
  /** What the main process wrote, for failure messages. */
  readonly output: () => string;
  /** Quits as a person does, and removes the data folder if it was made here. */
  readonly close: () => Promise<void>;
}

/**
 * Path of the Electron executable: the real binary where it is installed, the stand-in otherwise; ELECTRON_OVERRIDE_DIST_PATH
 * decides before both.
 */
export function electronExecutable(): string {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return join(override, 'electron');
  const real = join(root, 'node_modules/electron/dist', process.platform === 'win32' ? 'electron.exe' : 'electron');
  return existsSync(real) ? real : join(root, 'test/chromium-electron/electron');
}

/** Arguments and environment every start of LungDesk in a test has; for tests that start it without Playwright. */
export function launchArguments(home: string, options: LaunchOptions = {}): { readonly args: string[]; readonly env: Record<string, string> } {
  // Chromium refuses to run as root with its sandbox; development builds only.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const headless: Record<string, string> = process.platform === 'linux' && (process.env['DISPLAY'] ?? '') === '' ? { CHROMIUM_HEADLESS: '1' } : {};
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    args: [options.appFolder ?? root, '--home', home, ...sandbox, ...(options.args ?? [])],
    env: { ...Object.fromEntries(inherited), ...headless, LUNGDESK_HOME: home, LANGUAGE: 'en', LC_ALL: 'C.UTF-8', ...options.env },
  };
}

/** Starts LungDesk with a data folder of its own and waits for its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'lungdesk-e2e-')));
  const { args, env } = launchArguments(home, options);
  const app = await _electron.launch({ executablePath: electronExecutable(), args, env, cwd: root });
  let output = '';
  app.process().stdout?.on('data', (text: Buffer) => { output += text.toString(); });
  app.process().stderr?.on('data', (text: Buffer) => { output += text.toString(); });
  const problems: string[] = [];
  const page = await app.firstWindow();
  page.on('console', (message) => { if (message.type() === 'error') problems.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // The console is how the page reaches the test from its first byte on.
      console.error(`policy ${event.violatedDirective} refused ${event.blockedURI}`);
    });
  });
  // A window begins as an empty page of some kind; to reload that would be to reload nothing.
  await page.waitForURL((url) => url.hostname.split('.')[0] === 'lungdesk');
  await page.waitForLoadState();
  // The window may have begun to load before anybody listened; the second load is watched from its first byte.
  if (options.reload !== false) {
    await Promise.all([
      page.waitForEvent('load'),
      app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.webContents.reload(); }),
    ]);
  }
  return {
    app, page, home,
    problems: () => problems,
    output: () => output,
    close: async () => {
      await quitApp(app);
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

/** Asks LungDesk to quit and waits until its process has ended. */
export async function quitApp(app: ElectronApplication): Promise<number | null> {
  const child = app.process();
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => { child.once('exit', resolve); });
  // The connection may end before the answer is back.
  await app.evaluate(({ app: electronApp }) => { setImmediate(() => { electronApp.quit(); }); }).catch(() => undefined);
  return ended;
}
