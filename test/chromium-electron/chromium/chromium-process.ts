import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection } from './cdp-connection.ts';
import { chromiumFlags } from './chromium-flags.ts';
import { findChromium } from './find-chromium.ts';

/** A Chromium that runs for this app and dies with it. */
export interface RunningChromium {
  readonly connection: CdpConnection;
  readonly executable: string;
  readonly profileFolder: string;
  readonly isHeadless: boolean;
  /** The ws:// address of the debugging port, when one was asked for. */
  readonly debuggerAddress: Promise<string | undefined>;
  /** Settles with the exit code when Chromium ends, for whatever reason. */
  readonly exited: Promise<number>;
}

/*
 * Chromium's parent is a shell, not Node: the shell waits on a pipe (fd 5) that closes when Node dies in any way,
 * SIGKILL included, then kills Chromium and removes the profile.
 */
const KEEPER = `profile=$1; shift
"$@" 5<&- &
browser=$!
exec 2>/dev/null 3<&- 4>&-
{ read -r _ <&5; kill -9 "$browser"; } &
wait "$browser"; code=$?
tries=0
until rm -rf "$profile" || [ $tries -ge 50 ]; do tries=$((tries + 1)); sleep 0.1; done
exit $code`;

/**
 * Starts Chromium on a fresh profile, with the DevTools pipe and, if asked, the debugging port.
 *
 * @throws {Error} naming CHROMIUM_PATH when no Chromium is found.
 */
export function startChromium(options: {
  readonly appSwitches: ReadonlyMap<string, string>;
  readonly debuggingPort: string | undefined;
  readonly proxyPort: number | undefined;
}): RunningChromium {
  const executable = findChromium(process.env);
  if (executable === undefined) {
    throw new Error('chromium-electron: no Chromium found. Install Debian\'s "chromium" or set CHROMIUM_PATH.');
  }
  const profileFolder = mkdtempSync(join(tmpdir(), 'chromium-electron-'));
  const isHeadless = !process.env['DISPLAY'] || process.env['CHROMIUM_HEADLESS'] === '1';
  const flags = chromiumFlags({ ...options, profileFolder, isHeadless, isRoot: process.getuid?.() === 0 });
  // Its own process group: a Ctrl-C in the terminal must reach the app first, which then closes its windows in order.
  const child = spawn('/bin/sh', ['-c', KEEPER, 'chromium-keeper', profileFolder, executable, ...flags], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const connection = new CdpConnection(pipeOf(child, 3), pipeOf(child, 4));
  void exited.then(() => {
    connection.close();
    pipeOf(child, 5).destroy();
  });
  return { connection, executable, profileFolder, isHeadless, exited, debuggerAddress: debuggerAddress(child, options.debuggingPort, exited) };
}

/**
 * Opens a window without tabs or address bar: a second start on the same profile hands its --app over to the first.
 *
 * @throws {Error} when the second start fails.
 */
export async function openAppWindow(running: RunningChromium, address: string, place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Promise<void> {
  const flags = [
    `--user-data-dir=${running.profileFolder}`,
    `--app=${address}`,
    `--window-size=${String(place.width)},${String(place.height)}`,
    `--window-position=${String(place.x)},${String(place.y)}`,
    '--no-first-run',
    // Without it a bar about unsupported switches covers the top of the page.
    '--test-type',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const child = spawn(running.executable, flags, { stdio: 'ignore' });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error(`chromium-electron: Chromium could not open a window (code ${String(code)})`);
}

function pipeOf(child: ChildProcess, index: number): Readable & Writable {
  return child.stdio[index] as Readable & Writable;
}

function debuggerAddress(child: ChildProcess, port: string | undefined, exited: Promise<number>): Promise<string | undefined> {
  const lines = createInterface({ input: pipeOf(child, 2) });
  return new Promise((resolve) => {
    if (port === undefined) resolve(undefined);
    void exited.then(() => resolve(undefined));
    lines.on('line', (line) => {
      const address = /^DevTools listening on (ws:\/\/.*)$/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
      // Chromium's own log is noise about D-Bus on a bare machine; CHROMIUM_LOG=1 shows it.
      else if (process.env['CHROMIUM_LOG'] === '1') process.stderr.write(`[chromium] ${line}\n`);
    });
  });
}
