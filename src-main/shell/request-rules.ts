import { isAppUrl } from './app-origin.ts';

/**
 * Tells whether the window may load an address: its own protocol and blobs it made itself; the developer tools' own
 * files while developing. Everything else (http, ws, file, data, ...) is cancelled, whoever asks for it.
 *
 * @param url - Address of the request, as webRequest reports it.
 * @param developerTools - True only in an unpackaged program.
 */
export function isAllowedWindowRequest(url: string, developerTools: boolean): boolean {
  if (url.startsWith('blob:')) return isAppUrl(url.slice('blob:'.length));
  if (developerTools && url.startsWith('devtools://devtools/')) return true;
  return isAppUrl(url);
}

/** Pages that a person can open in the system's browser, by id; the window never names an address. None is needed yet. */
const externalPages: Readonly<Record<string, `https://${string}`>> = {};

/**
 * Address of an external page LungDesk links to.
 *
 * @returns The https address, or null for an id that is not on the list.
 */
export function externalPageUrl(id: string): string | null {
  return Object.hasOwn(externalPages, id) ? (externalPages[id] ?? null) : null;
}
