/* eslint-disable @typescript-eslint/unbound-method -- captured before the page can replace them, and called with Reflect.apply only */
import { makeBridgeEnd } from './bridge-end.ts';

/** What the page's world is told when a document starts. */
export interface MainWorldSettings {
  /** Random event name of the one-time handshake with the preload's world. */
  readonly handshake: string;
  /** True when the app decides about new windows, which for the stand-in means: window.open returns null. */
  readonly refusesWindows: boolean;
}

/**
 * Runs in the page's own world before any script of the page: waits for the preload's world to hand over the private
 * element, and defines what it exposes.
 */
export function startMainWorld(settings: MainWorldSettings): void {
  if (window.top !== window.self) return;
  const { defineProperty, apply } = Reflect;
  const stop = Event.prototype.stopImmediatePropagation;
  const SafeUrl = URL;
  document.addEventListener(settings.handshake, take);

  function take(event: Event): void {
    apply(stop, event, []);
    document.removeEventListener(settings.handshake, take);
    const channel = (event as MouseEvent).relatedTarget;
    if (channel === null) return;
    makeBridgeEnd(channel, 'page', (name, value) => {
      if (name === 'window.open' && settings.refusesWindows) {
        const report = value as (url: string, target: string, features: string) => void;
        window.open = function open(url, target, features) {
          report(url === undefined ? '' : new SafeUrl(`${url}`, document.baseURI).href, target ?? '', features ?? '');
          return null;
        };
        return;
      }
      defineProperty(window, name, { value: freeze(value), enumerable: true });
    });
  }

  function freeze(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    for (const key of Object.keys(value)) freeze((value as Record<string, unknown>)[key]);
    return Object.freeze(value);
  }
}
