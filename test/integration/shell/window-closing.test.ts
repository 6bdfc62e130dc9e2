import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { describe, expect, it } from 'vitest';
import { watchClosing } from '../../../src-main/shell/window-closing.ts';
import { shellTexts } from '../../../src-main/shell/shell-texts.ts';
import { fakeWorkstation, queueRow } from '../../helpers/fake-workstation.ts';

/** A window with a running or idle queue; `response` is the button that the person presses. */
function setUp(options: { readonly running: boolean; readonly response?: number; readonly platform?: NodeJS.Platform; readonly leaving?: boolean }): {
  readonly close: () => boolean; readonly log: string[]; readonly decided: Promise<void>;
} {
  const log: string[] = [];
  const decided = Promise.withResolvers<void>();
  const window = Object.assign(new EventEmitter(), { hide: () => log.push('hide') });
  function done(what: string): void {
    log.push(what);
    decided.resolve();
  }
  watchClosing({
    platform: options.platform ?? 'linux',
    window: window as unknown as BrowserWindow,
    dialog: {
      showMessageBox: (...args: unknown[]) => {
        log.push(`ask ${(args[1] as { buttons: string[] }).buttons.join('/')}`);
        if (options.response === 2) decided.resolve();
        return Promise.resolve({ response: options.response ?? 2, checkboxChecked: false });
      },
    },
    workstation: fakeWorkstation({ listQueue: () => Promise.resolve(options.running ? [queueRow({ state: 'reading', status: null })] : [queueRow({ state: 'held', status: 'held' })]) }),
    texts: () => shellTexts('en'),
    leaving: () => options.leaving ?? false,
    quit: () => done('quit'),
    finishInBackground: () => done('background'),
  });
  function close(): boolean {
    let prevented = false;
    window.emit('close', { preventDefault: () => { prevented = true; } });
    return prevented;
  }
  return { close, log, decided: decided.promise };
}

const question = 'ask Finish in background/Stop after current requests/Cancel';

describe('watchClosing', () => {
  it('quits when nothing runs, through the drain and not by closing', async () => {
    const { close, log, decided } = setUp({ running: false });
    expect(close()).toBe(true);
    await decided;
    expect(log).toEqual(['quit']);
  });

  it('asks while exams are read, once however often the person closes', async () => {
    const { close, log, decided } = setUp({ running: true, response: 1 });
    expect([close(), close(), close()]).toEqual([true, true, true]);
    await decided;
    expect(log).toEqual([question, 'quit']);
  });

  it('hides the window to finish in the background', async () => {
    const { close, log, decided } = setUp({ running: true, response: 0 });
    close();
    await decided;
    expect(log).toEqual([question, 'hide', 'background']);
  });

  it('stays when the person cancels', async () => {
    const { close, log, decided } = setUp({ running: true, response: 2 });
    close();
    await decided;
    // Whatever the answer leads to has happened once the event loop has turned.
    await new Promise(setImmediate);
    expect(log).toEqual([question]);
    close();
    await new Promise(setImmediate);
    expect(log).toEqual([question, question]);
  });

  it('hides at once on macOS', () => {
    const { close, log } = setUp({ running: true, platform: 'darwin' });
    expect(close()).toBe(true);
    expect(log).toEqual(['hide']);
  });

  it('lets the window close once quitting has begun', () => {
    const { close, log } = setUp({ running: true, leaving: true });
    expect(close()).toBe(false);
    expect(log).toEqual([]);
  });
});
