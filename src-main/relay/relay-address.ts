import { AppError } from '../../src-shared/domain/errors.ts';

/**
 * Parses a relay's base URL: https, or http on this machine only; no credentials, query or fragment; the path stays.
 *
 * @param text - Such as https://relay.example/v1.
 * @returns The URL without a trailing slash on its path.
 * @throws {AppError} 'relay-address-refused'
 */
export function parseRelayBaseUrl(text: string): URL {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) throw refused('the relay address is not a web address');
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    throw refused('the relay address must begin with https');
  }
  if (url.username !== '' || url.password !== '') throw refused('the relay address must not hold a user name or password');
  if (/[?#]/.test(trimmed)) throw refused('the relay address must not hold a query or a fragment');
  if (url.hostname === '') throw refused('the relay address has no host');
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/**
 * Whether a host is this machine itself.
 *
 * @param hostname - As URL.hostname gives it, IPv6 in brackets.
 */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/**
 * Address of one of the relay's endpoints.
 *
 * @param baseUrl - From parseRelayBaseUrl.
 * @param path - Such as 'chat/completions', without a leading slash.
 */
export function relayEndpoint(baseUrl: URL, path: string): URL {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  return url;
}

function refused(message: string): AppError {
  return new AppError('relay-address-refused', message);
}
