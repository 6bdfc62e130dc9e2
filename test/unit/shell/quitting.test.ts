import { describe, expect, it } from 'vitest';
import { createQuitting } from '../../../src-main/shell/quitting.ts';
import type { QuitParts } from '../../../src-main/shell/quitting.ts';

function setUp(some: Partial<QuitParts> = {}): { readonly log: string[]; readonly beforeQuit: () => boolean; readonly drained: PromiseWithResolvers<void>; readonly ended: Promise<unknown>; readonly hasBegun: () => boolean } {
  const log: string[] = [];
  const drained = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const quitting = createQuitting({
    drain: async () => { log.push('drain'); await drained.promise; },
    announce: () => log.push('announce'),
    quit: () => { log.push('quit'); ended.resolve(); },
    fail: (thrown) => { log.push(`fail: ${(thrown as Error).message}`); ended.resolve(); },
    deadline: async () => new Promise(() => undefined),
    ...some,
  });
  function beforeQuit(): boolean {
    let prevented = false;
    quitting.onBeforeQuit({ preventDefault: () => { prevented = true; } });
    return prevented;
  }
  return { log, beforeQuit, drained, ended: ended.promise, hasBegun: quitting.hasBegun };
}

describe('createQuitting', () => {
  it('holds the first quit back, drains once, and lets the last one through', async () => {
    const { log, beforeQuit, drained, ended, hasBegun } = setUp();
    expect(hasBegun()).toBe(false);
    expect(beforeQuit()).toBe(true);
    expect(hasBegun()).toBe(true);
    expect(beforeQuit()).toBe(true);
    expect(beforeQuit()).toBe(true);
    expect(log).toEqual(['drain', 'announce']);
    drained.resolve();
    await ended;
    expect(beforeQuit()).toBe(false);
    expect(log).toEqual(['drain', 'announce', 'quit']);
  });

  it('ends with a failure when draining fails', async () => {
    const { log, beforeQuit, drained, ended } = setUp();
    beforeQuit();
    drained.reject(new Error('no'));
    await ended;
    expect(log).toEqual(['drain', 'announce', 'fail: no']);
    expect(beforeQuit()).toBe(false);
  });

  it('ends with a failure when draining hangs', async () => {
    const { log, beforeQuit, ended } = setUp({ deadline: async () => Promise.resolve() });
    beforeQuit();
    await ended;
    expect(log).toEqual(['drain', 'announce', 'fail: draining took too long']);
  });

  it('drains also when announcing fails', async () => {
    const { log, beforeQuit, drained, ended } = setUp({ announce: () => { throw new Error('gone'); } });
    beforeQuit();
    expect(log).toEqual(['drain']);
    drained.resolve();
    await ended;
    expect(log).toEqual(['drain', 'fail: gone']);
  });
});
