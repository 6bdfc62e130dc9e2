import { describe, expect, it } from 'vitest';
import { isRedirectRefusal, netFaultOf } from '../../../src-main/shell/net-error.ts';

describe('netFaultOf', () => {
  it.each([
    ['NAME_NOT_RESOLVED', 'relay-unreachable', false], ['NAME_RESOLUTION_FAILED', 'relay-unreachable', false], ['DNS_TIMED_OUT', 'relay-unreachable', false],
    ['CONNECTION_REFUSED', 'relay-unreachable', false], ['CONNECTION_TIMED_OUT', 'relay-unreachable', false], ['ADDRESS_UNREACHABLE', 'relay-unreachable', false],
    ['INTERNET_DISCONNECTED', 'relay-unreachable', false], ['UNSAFE_PORT', 'relay-unreachable', false], ['BLOCKED_BY_CLIENT', 'relay-unreachable', false],
    ['CERT_AUTHORITY_INVALID', 'relay-tls', false], ['CERT_DATE_INVALID', 'relay-tls', false], ['CERT_COMMON_NAME_INVALID', 'relay-tls', false],
    ['SSL_VERSION_OR_CIPHER_MISMATCH', 'relay-tls', false], ['SSL_PROTOCOL_ERROR', 'relay-tls', true], ['SSL_BAD_RECORD_MAC_ALERT', 'relay-tls', true],
    ['PROXY_CONNECTION_FAILED', 'relay-proxy', false], ['TUNNEL_CONNECTION_FAILED', 'relay-proxy', false], ['MANDATORY_PROXY_CONFIGURATION_FAILED', 'relay-proxy', false],
    ['CONNECTION_RESET', 'relay-cut-off', true], ['CONNECTION_CLOSED', 'relay-cut-off', true], ['CONNECTION_ABORTED', 'relay-cut-off', true],
    ['EMPTY_RESPONSE', 'relay-cut-off', true], ['CONTENT_LENGTH_MISMATCH', 'relay-cut-off', true], ['INCOMPLETE_CHUNKED_ENCODING', 'relay-cut-off', true],
    ['NETWORK_CHANGED', 'relay-cut-off', true], ['NETWORK_IO_SUSPENDED', 'relay-cut-off', true], ['HTTP2_PROTOCOL_ERROR', 'relay-cut-off', true],
    ['TIMED_OUT', 'relay-cut-off', true], ['FAILED', 'relay-cut-off', true], ['SOMETHING_NEW', 'relay-cut-off', true],
  ] as const)('takes ERR_%s as %s (bytes may have left: %s)', (name, code, bytesSent) => {
    expect(netFaultOf(new Error(`net::ERR_${name}`))).toEqual({ code, bytesSent, name });
    expect(netFaultOf(new TypeError('fetch failed', { cause: new Error(`net::ERR_${name}`) }))).toEqual({ code, bytesSent, name });
  });

  it.each([new Error('anything'), 'text', null, undefined, 7])('assumes that bytes left when it cannot tell (%s)', (thrown) => {
    expect(netFaultOf(thrown)).toEqual({ code: 'relay-cut-off', bytesSent: true, name: null });
  });
});

describe('isRedirectRefusal', () => {
  it('knows the words of Electron and of Node', () => {
    expect(isRedirectRefusal(new Error("Attempted to redirect, but redirect policy was 'error'"))).toBe(true);
    expect(isRedirectRefusal(new TypeError('fetch failed', { cause: new Error('unexpected redirect') }))).toBe(true);
    expect(isRedirectRefusal(new Error('net::ERR_CONNECTION_RESET'))).toBe(false);
  });
});
