import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, contentTypeOf, decideRequest, securityHeaders } from '../../../src-main/shell/protocol-rules.ts';

const page = { file: '/out/renderer/index.html', contentType: 'text/html; charset=utf-8' };
const script = { file: '/out/renderer/assets/main-a1.js', contentType: 'text/javascript; charset=utf-8' };
const files = new Map([['/index.html', page], ['/assets/main-a1.js', script]]);
const token = '3f2b8c1e-7d6a-4b9f-8e21-0c5d4a3b2f1e';

function get(url: string): ReturnType<typeof decideRequest> {
  return decideRequest({ method: 'GET', url }, files);
}

describe('decideRequest', () => {
  it('serves the files of the table', () => {
    expect(get('app://lungdesk/index.html')).toEqual({ kind: 'file', status: 200, file: page });
    expect(get('app://lungdesk/assets/main-a1.js')).toEqual({ kind: 'file', status: 200, file: script });
    expect(decideRequest({ method: 'HEAD', url: 'app://lungdesk/index.html' }, files).status).toBe(200);
  });

  it('ignores the fragment, which is the page\'s own', () => {
    expect(get('app://lungdesk/index.html#/queue')).toEqual({ kind: 'file', status: 200, file: page });
  });

  it('hands a picture\'s token on', () => {
    expect(get(`app://lungdesk/picture/${token}`)).toEqual({ kind: 'picture', status: 200, token });
  });

  it.each([
    // up and out
    'app://lungdesk/../index.html', 'app://lungdesk/../../etc/passwd', 'app://lungdesk/..%2f..%2fetc%2fpasswd', 'app://lungdesk/%2e%2e/index.html',
    'app://lungdesk/%2e%2e%2findex.html', 'app://lungdesk/assets/../index.html', 'app://lungdesk/./index.html', 'app://lungdesk/....//index.html',
    'app://lungdesk/..;/index.html', 'app://lungdesk/%252e%252e%252findex.html', 'app://lungdesk/%c0%ae%c0%ae/index.html',
    // backslashes
    'app://lungdesk/..%5c..%5cindex.html', 'app://lungdesk/..\\..\\index.html', 'app://lungdesk\\index.html', 'app://lungdesk/assets%5cmain-a1.js',
    // NUL, controls, blanks
    'app://lungdesk/index.html%00', 'app://lungdesk/index.html\0', 'app://lungdesk/index.html%00.png', 'app://lungdesk/index.html%0a', 'app://lungdesk/index.html ',
    'app://lungdesk/ index.html', 'app://lungdesk/index.html\n', 'app://lungdesk/\tindex.html',
    // absolute paths and drives
    'app://lungdesk//etc/passwd', 'app://lungdesk/%2fetc%2fpasswd', 'app://lungdesk/C:/Windows/win.ini', 'app://lungdesk/C%3a%5cWindows', 'app://lungdesk///index.html',
    'app://lungdesk//index.html', 'app://lungdesk/\\\\server\\share\\x', 'app://lungdesk/file:///etc/passwd', 'app://lungdesk/out/renderer/index.html',
    // case, endings, folders, queries
    'app://lungdesk/INDEX.HTML', 'app://lungdesk/Index.html', 'app://lungdesk/index.html/', 'app://lungdesk/index.html.', 'app://lungdesk/index.html::$DATA',
    'app://lungdesk/', 'app://lungdesk/assets', 'app://lungdesk/assets/', 'app://lungdesk/index.html?', 'app://lungdesk/index.html?x=1', 'app://lungdesk/index%2ehtml',
    // hosts
    'app://lungdesk', 'app://LUNGDESK/index.html', 'app://lungdesk:80/index.html', 'app://user@lungdesk/index.html', 'app://user:word@lungdesk/index.html',
    'app://lungdesk.example.org/index.html', 'app://lungdesk@example.org/index.html', 'app://img/index.html', 'app:///index.html', 'app:index.html', 'APP://lungdesk/index.html',
    'https://lungdesk/index.html', 'file:///index.html', '', '/index.html',
    // pictures
    'app://lungdesk/picture/', 'app://lungdesk/picture', 'app://lungdesk/picture/short', `app://lungdesk/picture/${token}/`, `app://lungdesk/picture/../picture/${token}`,
    `app://lungdesk/picture/${token}?x`, `app://lungdesk//picture/${token}`, `app://lungdesk/Picture/${token}`, 'app://lungdesk/picture/..%2f..%2fetc%2fpasswd',
    'app://lungdesk/picture/%2e%2e%2e%2e%2e%2e%2e%2e', `app://lungdesk/picture/${'a'.repeat(129)}`, `app://lungdesk/picture/${token}%00`, `app://lungdesk/picture/${token}\n`,
    // names every object has
    'app://lungdesk/__proto__', 'app://lungdesk/constructor', 'app://lungdesk/toString',
  ])('answers 404 to %j', (url) => {
    expect(get(url)).toEqual({ kind: 'none', status: 404 });
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT', 'get', ''])('refuses the method %j', (method) => {
    expect(decideRequest({ method, url: 'app://lungdesk/index.html' }, files)).toEqual({ kind: 'none', status: 405 });
  });

  it('serves nothing that is not in the table, whatever is asked', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (path) => {
      fc.pre(!files.has(`/${path.split('#', 1)[0] ?? ''}`) && !/^picture\/[A-Za-z0-9_-]{8,128}(#|$)/.test(path));
      expect(get(`app://lungdesk/${path}`)).toEqual({ kind: 'none', status: 404 });
    }));
  });
});

describe('contentTypeOf', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8'], ['main-a1.js', 'text/javascript; charset=utf-8'], ['style.css', 'text/css; charset=utf-8'], ['logo.svg', 'image/svg+xml'],
  ])('knows %s', (name, type) => {
    expect(contentTypeOf(name)).toBe(type);
  });

  it.each(['main.js.map', 'study.dcm', '.env', 'key.pem', 'noending', 'x.constructor', 'INDEX.HTML'])('does not serve %s', (name) => {
    expect(contentTypeOf(name)).toBeNull();
  });
});

describe('contentSecurityPolicy', () => {
  it('is the policy of facts/reliability.md 1.3 with pixels fetched from the own protocol', () => {
    expect(contentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; "
      + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'",
    );
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|data:|https?:/);
  });

  it('goes out with every answer', () => {
    expect(securityHeaders).toMatchObject({
      'Content-Security-Policy': contentSecurityPolicy, 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Opener-Policy': 'same-origin', 'Cache-Control': 'no-store',
    });
  });
});
