import { contextBridge, ipcRenderer } from 'electron';
import { callNames, eventNames } from '../../src-shared/ipc/channel-names.ts';
import type { Envelope } from '../../src-shared/ipc/contract.ts';

// One function per call and one subscription: the page never sees a channel, an event object or Electron.
const api: Record<string, unknown> = {};
for (const name of callNames) api[name] = (...request: readonly unknown[]) => invoke(name, request);
api['on'] = subscribe;
contextBridge.exposeInMainWorld('lungdesk', api);

async function invoke(name: string, request: readonly unknown[]): Promise<Envelope<unknown>> {
  try {
    return (await ipcRenderer.invoke(name, ...request)) as Envelope<unknown>;
  } catch {
    // Something that cannot be copied between the processes, or a main process that is ending.
    return { ok: false, error: { code: 'unexpected', message: 'the call could not be made', retryable: false } };
  }
}

function subscribe(name: unknown, listener: unknown): () => void {
  const known = eventNames.find((event) => event === name);
  if (known === undefined || typeof listener !== 'function') return () => undefined;
  const forward = (_event: unknown, value: unknown): void => {
    (listener as (value: unknown) => void)(value);
  };
  ipcRenderer.on(known, forward);
  return () => {
    ipcRenderer.off(known, forward);
  };
}
