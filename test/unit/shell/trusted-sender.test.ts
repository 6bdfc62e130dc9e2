import { describe, expect, it } from 'vitest';
import { isTrustedSender } from '../../../src-main/shell/trusted-sender.ts';

const ours = new Set([7]);
const page = 'app://lungdesk/index.html';

function from(url: string, options: { readonly parent?: unknown; readonly id?: number } = {}): Parameters<typeof isTrustedSender>[0] {
  return { sender: { id: options.id ?? 7 }, senderFrame: { url, parent: options.parent ?? null } };
}

describe('isTrustedSender', () => {
  it('trusts the main frame of the program\'s own page in its own window', () => {
    expect(isTrustedSender(from(page), ours)).toBe(true);
    expect(isTrustedSender(from(`${page}#/exam/1`), ours)).toBe(true);
  });

  it('refuses a frame that is gone', () => {
    expect(isTrustedSender({ sender: { id: 7 }, senderFrame: null }, ours)).toBe(false);
    expect(isTrustedSender({ sender: { id: 7 }, senderFrame: undefined }, ours)).toBe(false);
  });

  it('refuses an iframe even of the same origin', () => {
    expect(isTrustedSender(from(page, { parent: { url: page } }), ours)).toBe(false);
  });

  it('refuses a frame whose parent is undefined', () => {
    expect(isTrustedSender({ sender: { id: 7 }, senderFrame: { url: page, parent: undefined } }, ours)).toBe(false);
  });

  it('refuses a page that is not a window of the program', () => {
    expect(isTrustedSender(from(page, { id: 8 }), ours)).toBe(false);
    expect(isTrustedSender(from(page), new Set())).toBe(false);
  });

  it.each([
    'about:blank', '', 'undefined', 'app://lungdesk.evil/index.html', 'app://evil/index.html', 'app://LUNGDESK/index.html',
    'app://user@lungdesk/index.html', 'app://user:word@lungdesk/', 'app://lungdesk:80/index.html', 'APP-evil://lungdesk/',
    'https://lungdesk/index.html', 'http://localhost:5173/', 'file:///lungdesk/index.html', 'data:text/html,app://lungdesk/',
    'blob:app://lungdesk/0b7c', 'devtools://devtools/bundled/inspector.html', 'javascript:app://lungdesk/', 'app:lungdesk', 'app:///lungdesk/index.html',
  ])('refuses %j', (url) => {
    expect(isTrustedSender(from(url), ours)).toBe(false);
  });
});
