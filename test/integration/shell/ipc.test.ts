import type { IpcMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { callNames } from '../../../src-shared/ipc/channel-names.ts';
import type { CallHandlers } from '../../../src-shared/ipc/contract.ts';
import { answerCalls } from '../../../src-main/shell/ipc.ts';

type Listener = (event: unknown, ...args: unknown[]) => Promise<unknown>;

function setUp(): { readonly channels: Map<string, Listener>; readonly reports: string[] } {
  const channels = new Map<string, Listener>();
  const reports: string[] = [];
  const ipc = { handle: (name: string, listener: Listener) => channels.set(name, listener) } as unknown as IpcMain;
  const handlers = { listQueue: () => Promise.resolve([]) } as unknown as CallHandlers;
  answerCalls(ipc, handlers, () => new Set([7]), (event, code) => reports.push(`${event} ${code ?? ''}`));
  return { channels, reports };
}

const ours = { sender: { id: 7 }, senderFrame: { url: 'app://lungdesk/index.html', parent: null } };

describe('answerCalls', () => {
  it('listens on the contract\'s channels and no other', () => {
    expect([...setUp().channels.keys()].sort()).toEqual([...callNames].sort());
  });

  it('answers the program\'s own window', async () => {
    const { channels, reports } = setUp();
    expect(await channels.get('listQueue')?.(ours)).toEqual({ ok: true, value: [] });
    expect(reports).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a frame that is gone', { ...ours, senderFrame: null }],
    ['an iframe', { ...ours, senderFrame: { ...ours.senderFrame, parent: {} } }],
    ['about:blank', { ...ours, senderFrame: { url: 'about:blank', parent: null } }],
    ['another window', { ...ours, sender: { id: 8 } }],
  ])('refuses %s on every channel without running anything, and reports it', async (_name, event) => {
    const { channels, reports } = setUp();
    for (const listener of channels.values()) {
      expect(await listener(event)).toMatchObject({ ok: false, error: { code: 'sender-untrusted' } });
      expect(reports.at(-1)).toBe('sender-refused sender-untrusted');
    }
  });

  it('reports a request that does not keep to the contract', async () => {
    const { channels, reports } = setUp();
    expect(await channels.get('openReading')?.(ours, { readingId: '' })).toMatchObject({ ok: false, error: { code: 'request-invalid' } });
    expect(reports).toEqual(['request-refused request-invalid']);
  });
});
