import { describe, expect, it } from 'vitest';
import { externalPageUrl, isAllowedWindowRequest } from '../../../src-main/shell/request-rules.ts';

describe('isAllowedWindowRequest', () => {
  it.each(['app://lungdesk/index.html', 'app://lungdesk/picture/abcdefgh', 'blob:app://lungdesk/6f0e'])('allows %s', (url) => {
    expect(isAllowedWindowRequest(url, false)).toBe(true);
  });

  it.each([
    'http://127.0.0.1:8080/', 'https://example.org/', 'ws://127.0.0.1:1/', 'wss://example.org/', 'file:///etc/passwd', 'data:text/html,x',
    'blob:https://example.org/6f0e', 'blob:null/6f0e', 'ftp://example.org/', 'chrome://gpu', 'app://other/index.html',
    'app://lungdesk.example.org/', 'app://lungdesk@example.org/', 'stun:example.org', '', 'app',
  ])('refuses %j', (url) => {
    expect(isAllowedWindowRequest(url, false)).toBe(false);
    expect(isAllowedWindowRequest(url, true)).toBe(false);
  });

  it('allows the developer tools\' own files only while developing', () => {
    expect(isAllowedWindowRequest('devtools://devtools/bundled/inspector.html', true)).toBe(true);
    expect(isAllowedWindowRequest('devtools://devtools/bundled/inspector.html', false)).toBe(false);
    expect(isAllowedWindowRequest('devtools://remote/serve_file/inspector.html', true)).toBe(false);
  });
});

describe('externalPageUrl', () => {
  it.each(['constructor', '__proto__', 'https://example.org', ''])('knows no page %j', (id) => {
    expect(externalPageUrl(id)).toBeNull();
  });
});
