import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../src-main/shell/start-app.ts';
import type { AppPlan } from '../../../src-main/shell/start-app.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lungdesk-start-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Starts with an Electron that records what is asked of it and never becomes ready. */
function start(options: { readonly isPackaged: boolean; readonly argv: readonly string[]; readonly lock?: boolean }): { readonly log: string[]; readonly made: readonly string[] } {
  const log: string[] = [];
  const app = {
    isPackaged: options.isPackaged, commandLine: { hasSwitch: () => false }, getLocale: () => 'en', exit: (code: number) => log.push(`exit ${String(code)}`),
    enableSandbox: () => log.push('sandbox'), setPath: (name: string) => log.push(`path ${name}`), on: (name: string) => log.push(`on ${name}`),
    requestSingleInstanceLock: () => { log.push('lock'); return options.lock ?? true; }, whenReady: async () => new Promise(() => undefined),
  };
  startApp({
    electron: { app, dialog: { showErrorBox: () => log.push('error box') }, protocol: { registerSchemesAsPrivileged: (schemes: unknown) => log.push(JSON.stringify(schemes)) } },
    dataFolder: join(folder, 'data'), launch: { argv: options.argv, environment: {}, platform: 'linux' }, demo: null,
    openWorkstation: () => { throw new Error('must not be opened before ready'); }, report: (event: string) => log.push(`report ${event}`), write: (line: string) => log.push(line),
  } as unknown as AppPlan);
  return { log, made: readdirSync(folder) };
}

describe('startApp', () => {
  it('refuses a packaged start without its sandbox before it touches anything', () => {
    const { log, made } = start({ isPackaged: true, argv: ['--no-sandbox', '--inspect=0'] });
    expect(log).toEqual(['LungDesk does not start with inspect, no-sandbox (launch-refused)', 'error box', 'exit 1']);
    expect(made).toEqual([]);
  });

  it('enables the sandbox, names its scheme and takes the lock of the data folder, in this order', () => {
    expect(start({ isPackaged: true, argv: ['--home', '/data'] }).log).toEqual([
      'sandbox', '[{"scheme":"app","privileges":{"standard":true,"secure":true,"supportFetchAPI":true}}]', 'path userData', 'lock', 'on web-contents-created', 'on second-instance',
    ]);
  });

  it('ends a second start at once, with nothing in the log', () => {
    expect(start({ isPackaged: false, argv: [], lock: false }).log.slice(-3)).toEqual(['lock', 'LungDesk is already running on this data folder.', 'exit 0']);
  });
});
