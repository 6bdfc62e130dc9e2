import type { ErrorCode } from '../../src-shared/domain/errors.ts';

/** What a fault of Chromium's network stack means for an attempt. */
export interface NetFault {
  readonly code: Extract<ErrorCode, 'relay-unreachable' | 'relay-tls' | 'relay-proxy' | 'relay-cut-off'>;
  /** False only where the fault proves that the request never left. */
  readonly bytesSent: boolean;
  /** Chromium's name of the fault without ERR_, such as NAME_NOT_RESOLVED; null when it has none. */
  readonly name: string | null;
}

const beforeConnection =
  /^(NAME_|DNS_|ICANN_NAME_COLLISION|CONNECTION_(REFUSED|FAILED|TIMED_OUT)$|ADDRESS_|INTERNET_DISCONNECTED|NETWORK_ACCESS_DENIED|BLOCKED_BY_|UNSAFE_PORT|DISALLOWED_URL_SCHEME|UNKNOWN_URL_SCHEME|INVALID_URL)/;
const proxy = /^(PROXY_|TUNNEL_CONNECTION_FAILED|MANDATORY_PROXY|NO_SUPPORTED_PROXIES|SOCKS_|UNEXPECTED_PROXY_AUTH|PAC_)/;
// Only what the handshake alone can raise; other SSL faults also happen in the middle of a connection.
const handshake = /^(CERT_|SSL_(VERSION_OR_CIPHER_MISMATCH|PINNED_KEY|CLIENT_AUTH|OBSOLETE|UNRECOGNIZED_NAME|SERVER_CERT|KEY_USAGE|ECH))/;

/**
 * Translates a rejection of session.fetch.
 *
 * @param thrown - What was thrown; the fault's name is looked for in its message ('net::ERR_NAME_NOT_RESOLVED') and in those
 *   of its causes. Its text is never passed on: it may hold an address.
 */
export function netFaultOf(thrown: unknown): NetFault {
  const name = /\bERR_([A-Z0-9_]+)/.exec(messagesOf(thrown))?.[1] ?? null;
  if (name === null) return { code: 'relay-cut-off', bytesSent: true, name };
  if (beforeConnection.test(name)) return { code: 'relay-unreachable', bytesSent: false, name };
  if (proxy.test(name)) return { code: 'relay-proxy', bytesSent: false, name };
  if (handshake.test(name)) return { code: 'relay-tls', bytesSent: false, name };
  return { code: name.startsWith('SSL_') ? 'relay-tls' : 'relay-cut-off', bytesSent: true, name };
}

/** Tells whether session.fetch rejected because the relay redirected and we forbid that. */
export function isRedirectRefusal(thrown: unknown): boolean {
  return /redirect/i.test(messagesOf(thrown));
}

function messagesOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown === 'string' ? thrown : '';
  return `${thrown.message} ${messagesOf(thrown.cause)}`;
}
