import { makeBridgeEnd } from './bridge-end.ts';
import { decodeValue, encodeValue, type BytesAsText } from './wire.ts';

/** What the preload's world is told when a document starts. */
export interface IsolatedWorldSettings {
  /** Random event name of the one-time handshake with the page's world. */
  readonly handshake: string;
  /** Name of the DevTools binding that carries text to Node; it exists in this world only. */
  readonly binding: string;
  /** Name of the global function Node calls with text. */
  readonly receiver: string;
  readonly preloadPath: string;
  readonly process: Readonly<Record<string, unknown>>;
  readonly refusesWindows: boolean;
}

/** A CommonJS preload, as a function of its module scope. */
export type Preload = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
  setImmediate: unknown,
  clearImmediate: unknown,
) => void;

/** Text from Node to the preload's world. */
export type ToPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'reply'; readonly id: number; readonly ok: boolean; readonly value: string };

/** Text from the preload's world to Node. */
export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'window-open'; readonly url: string; readonly target: string; readonly features: string }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'focus'; readonly hasFocus: boolean }
  | { readonly kind: 'leave'; readonly url: string };

type Emitter = {
  on(name: string, listener: (...args: unknown[]) => void): unknown;
  emit(name: string, ...args: unknown[]): boolean;
};

/** Runs the preload in its own world, before any script of the page, with ipcRenderer and contextBridge. */
export function startIsolatedWorld(settings: IsolatedWorldSettings, events: new () => Emitter, preload: Preload | undefined): void {
  if (window.top !== window.self) return;
  const world = globalThis as unknown as Record<string, unknown>;
  const toNode = world[settings.binding] as (text: string) => void;
  const channel = document.createElement('template');
  document.dispatchEvent(new MouseEvent(settings.handshake, { relatedTarget: channel }));
  const bridge = makeBridgeEnd(channel, 'preload', () => undefined);
  const bytes: BytesAsText = {
    encode: (content) => (content as unknown as { toBase64(): string }).toBase64(),
    decode: (text) => (Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> }).fromBase64(text),
  };
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;

  const ipcRenderer = Object.assign(new events(), {
    send: (name: string, ...args: unknown[]) => {
      post({ kind: 'send', channel: name, args: encodeValue(args, bytes) });
    },
    invoke: async (name: string, ...args: unknown[]) => {
      const text = encodeValue(args, bytes);
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        post({ kind: 'invoke', id, channel: name, args: text });
      });
    },
    sendSync: () => {
      throw new Error('chromium-electron: ipcRenderer.sendSync is not implemented');
    },
  });

  world[settings.receiver] = (text: string): void => {
    const message = JSON.parse(text) as ToPage;
    if (message.kind === 'send') {
      ipcRenderer.emit(message.channel, { sender: ipcRenderer, ports: [], preventDefault: () => undefined }, ...(decodeValue(message.args, bytes) as unknown[]));
      return;
    }
    const entry = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) entry?.resolve(decodeValue(message.value, bytes));
    else entry?.reject(new Error(decodeValue(message.value, bytes) as string));
  };

  const modules: Record<string, unknown> = {
    electron: {
      ipcRenderer,
      contextBridge: {
        exposeInMainWorld: (name: string, api: unknown) => {
          if (name in window) throw new Error('Cannot bind an API on top of an existing property on the window object');
          bridge.expose(name, api);
        },
      },
      webUtils: { getPathForFile: () => '' },
      webFrame: { setZoomFactor: () => undefined, getZoomFactor: () => 1 },
    },
    events,
    timers: { setTimeout: setTimeout.bind(window), clearTimeout: clearTimeout.bind(window), setInterval: setInterval.bind(window), clearInterval: clearInterval.bind(window), setImmediate: later, clearImmediate: clearTimeout.bind(window) },
    url: { URL, URLSearchParams },
  };
  watchDepartures();
  document.addEventListener('DOMContentLoaded', watchTitle);
  window.addEventListener('focus', () => post({ kind: 'focus', hasFocus: true }));
  window.addEventListener('blur', () => post({ kind: 'focus', hasFocus: false }));
  if (settings.refusesWindows) {
    bridge.expose('window.open', (url: string, target: string, features: string) => {
      post({ kind: 'window-open', url, target, features });
    });
  }
  if (preload !== undefined) runPreload(preload);

  function runPreload(run: Preload): void {
    const module = { exports: {} };
    try {
      run(requireModule, module, module.exports, settings.process, later, clearTimeout.bind(window));
    } catch (error) {
      console.error(`Unable to load preload script: ${settings.preloadPath}`);
      console.error(error);
    }
  }

  function requireModule(name: string): unknown {
    const plain = name.replace(/^node:/, '').replace(/^electron\/(common|renderer)$/, 'electron');
    if (!Object.hasOwn(modules, plain)) throw new Error(`module not found: ${name}`);
    return modules[plain];
  }

  function later(task: (...args: unknown[]) => void, ...args: unknown[]): number {
    return window.setTimeout(task, 0, ...args);
  }

  function post(message: FromPage): void {
    toNode(JSON.stringify(message));
  }

  function watchTitle(): void {
    let last = '';
    report();
    new MutationObserver(report).observe(document.head, { subtree: true, childList: true, characterData: true });

    function report(): void {
      if (document.title === last) return;
      last = document.title;
      post({ kind: 'title', title: last });
    }
  }

  /** Documents without a request (about:blank, blob:) never reach the network guard: they are stopped here and put to Node. */
  function watchDepartures(): void {
    type Departure = Event & { readonly destination: { readonly url: string; readonly sameDocument: boolean }; readonly downloadRequest: string | null };
    const { navigation } = window as unknown as { navigation?: EventTarget };
    navigation?.addEventListener('navigate', (event) => {
      const { destination, cancelable, downloadRequest } = event as Departure;
      if (destination.sameDocument || !cancelable || downloadRequest !== null || /^https?:/.test(destination.url)) return;
      event.preventDefault();
      post({ kind: 'leave', url: destination.url });
    });
  }
}
