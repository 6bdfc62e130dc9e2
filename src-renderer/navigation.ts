import { useSyncExternalStore } from 'react';

/** A screen of the window. */
export type Route =
  | { readonly screen: 'queue' | 'spend' | 'settings' }
  | { readonly screen: 'exam'; readonly readingId: string };

/**
 * Reads a route from the address's hash; anything unknown is the queue.
 *
 * @param hash - Such as `#/exam/abc`.
 */
export function routeOf(hash: string): Route {
  const [screen, readingId] = hash.replace(/^#\/?/, '').split('/');
  if (screen === 'exam' && readingId !== undefined && readingId !== '') return { screen, readingId: decodeURIComponent(readingId) };
  if (screen === 'spend' || screen === 'settings') return { screen };
  return { screen: 'queue' };
}

/** Writes a route as the address's hash. */
export function hashOf(route: Route): string {
  return route.screen === 'exam' ? `#/exam/${encodeURIComponent(route.readingId)}` : `#/${route.screen}`;
}

/** Goes to a screen; the system's back gesture leads back. */
export function navigate(route: Route): void {
  window.location.hash = hashOf(route);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => { window.removeEventListener('hashchange', listener); };
}

/** The screen the window shows. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => window.location.hash));
}
