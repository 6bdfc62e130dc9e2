import type * as Electron from 'electron';
import { notImplemented } from '../not-implemented.ts';

type Listener = (details: Electron.OnBeforeRequestListenerDetails, callback: (response: Electron.CallbackResponse) => void) => void;

/** electron's WebRequest: the one listener that may cancel a request. */
export class StandinWebRequest {
  #listener: Listener | null = null;
  #patterns: readonly RegExp[] = [];

  onBeforeRequest(filterOrListener: Electron.WebRequestFilter | Listener | null, listener?: Listener | null): void {
    const hasFilter = typeof filterOrListener === 'object' && filterOrListener !== null;
    this.#listener = hasFilter ? (listener ?? null) : filterOrListener;
    this.#patterns = hasFilter ? filterOrListener.urls.map(patternToRegExp) : [];
  }

  /** True when the app decides about requests. */
  get isListening(): boolean {
    return this.#listener !== null;
  }

  /** Asks the listener about one request; without a listener everything may pass. */
  decide(details: Electron.OnBeforeRequestListenerDetails): Promise<Electron.CallbackResponse> {
    const listener = this.#listener;
    const concerns = this.#patterns.length === 0 || this.#patterns.some((pattern) => pattern.test(details.url));
    if (listener === null || !concerns) return Promise.resolve({});
    return new Promise((resolve) => {
      listener(details, (response) => {
        if (response.redirectURL !== undefined) throw notImplemented('webRequest redirectURL');
        resolve(response);
      });
    });
  }
}

/** Turns a match pattern (https://developer.chrome.com/docs/extensions/develop/concepts/match-patterns) into a RegExp. */
function patternToRegExp(pattern: string): RegExp {
  if (pattern === '<all_urls>' || pattern === '*') return /^/;
  const text = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  return new RegExp(`^${text}$`, 's');
}
