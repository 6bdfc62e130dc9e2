import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRelayBaseUrl, relayEndpoint } from '../../../src-main/relay/relay-address.ts';
import { relayHeaders } from '../../../src-main/relay/relay-headers.ts';

describe('parseRelayBaseUrl', () => {
  it.each([
    ['https://relay.example/v1', 'https://relay.example/v1/chat/completions'], [' https://relay.example/v1/ ', 'https://relay.example/v1/chat/completions'],
    ['https://relay.example', 'https://relay.example/chat/completions'], ['https://relay.example:8443/a/b', 'https://relay.example:8443/a/b/chat/completions'],
    ['http://127.0.0.1:8000/v1', 'http://127.0.0.1:8000/v1/chat/completions'], ['http://localhost:1/v1', 'http://localhost:1/v1/chat/completions'], ['http://[::1]:9/v1', 'http://[::1]:9/v1/chat/completions'],
  ])('takes %s', (text, endpoint) => {
    expect(relayEndpoint(parseRelayBaseUrl(text), 'chat/completions').href).toBe(endpoint);
  });
  it.each(['', 'relay.example', 'http://relay.example/v1', 'http://127.0.0.1.example/v1', 'http://localhost.example', 'ftp://127.0.0.1', 'https://u:p@relay.example/v1', 'https://u@relay.example', 'https://relay.example/v1?x=1', 'https://relay.example/v1#a', 'https://relay.example/v1?', 'file:///etc/passwd', 'javascript:alert(1)'])('refuses %s', (text) => {
    expect(() => parseRelayBaseUrl(text)).toThrow(expect.objectContaining({ code: 'relay-address-refused' }));
  });
  it('gives an AppError or a safe address for any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
      try {
        return /^https:|^http:\/\/(localhost|127\.|\[::1\])/.test(parseRelayBaseUrl(text).href);
      } catch (error) {
        return (error as { code?: string }).code === 'relay-address-refused';
      }
    }));
  });
});

describe('relayHeaders', () => {
  it('sends a neutral set and the key as bearer', () => {
    expect(relayHeaders({ extraHeaders: {}, key: 'sk-abc' }, true)).toEqual({ accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'LungDesk', 'content-type': 'application/json', authorization: 'Bearer sk-abc' });
    expect(relayHeaders({ extraHeaders: {}, key: null }, false)).not.toHaveProperty('authorization');
  });
  it.each(['', 'a\nb', 'a\r\nX: y', 'a b', 'a\0', 'clé', '🔑', 'x'.repeat(2049)])('refuses the key %j', (key) => {
    expect(() => relayHeaders({ extraHeaders: {}, key }, true)).toThrow(expect.objectContaining({ code: 'key-malformed' }));
  });
});
