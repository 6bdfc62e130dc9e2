import type { QueueRow } from '../../src-shared/domain/views.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import type { Workstation, WorkstationEvent } from '../../src-main/workstation-port.ts';

/** A workstation for tests of the shell: only the methods given exist, others throw by name. */
export interface FakeWorkstation extends Workstation {
  /** Tells all subscribers. */
  readonly emit: (event: WorkstationEvent) => void;
}

/** Makes a workstation out of the methods a test needs, with subscriptions that work. */
export function fakeWorkstation(methods: Partial<Workstation> = {}): FakeWorkstation {
  const listeners = new Set<(event: WorkstationEvent) => void>();
  const own: Partial<FakeWorkstation> = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    listQueue: () => Promise.resolve([]),
    settings: () => Promise.resolve({
      settings: defaultSettings, folders: [], key: { state: 'none', lastFour: null, keychain: 'ok' }, practice: true, relayHost: 'localhost',
      models: [], standardModel: 'practice', accurateModel: 'practice',
    }),
    ...methods,
  };
  return new Proxy(own, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (method === undefined && typeof name === 'string' && name !== 'then') throw new Error(`fakeWorkstation.${name} was not expected`);
      return method;
    },
  }) as FakeWorkstation;
}

/** A queue row in a state; everything else is of no consequence. */
export function queueRow(some: Partial<QueueRow>): QueueRow {
  return { state: 'merged', status: 'complete', ...some } as QueueRow;
}
