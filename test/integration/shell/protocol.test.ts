import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAppProtocolHandler, listRendererFiles } from '../../../src-main/shell/protocol.ts';
import { contentSecurityPolicy } from '../../../src-main/shell/protocol-rules.ts';

const token = '3f2b8c1e-7d6a-4b9f-8e21-0c5d4a3b2f1e';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lungdesk-protocol-'));
  await mkdir(join(folder, 'renderer/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.html'), 'secret');
  await writeFile(join(folder, 'renderer/index.html'), '<!doctype html>');
  await writeFile(join(folder, 'renderer/assets/main.js'), 'export {};');
  await writeFile(join(folder, 'renderer/assets/main.js.map'), '{}');
  await symlink('../secret.html', join(folder, 'renderer/link.html'));
  await symlink('..', join(folder, 'renderer/up'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function handler(pictures: Readonly<Record<string, Uint8Array>> = {}): Promise<ReturnType<typeof createAppProtocolHandler>> {
  return createAppProtocolHandler(await listRendererFiles(join(folder, 'renderer')), {
    picture: (asked) => Promise.resolve(pictures[asked] === undefined ? null : { contentType: 'application/octet-stream', bytes: pictures[asked] }),
  });
}

describe('listRendererFiles', () => {
  it('lists plain files of known kinds, and neither links nor maps', async () => {
    expect([...(await listRendererFiles(join(folder, 'renderer'))).keys()].sort()).toEqual(['/assets/main.js', '/index.html']);
  });
});

describe('createAppProtocolHandler', () => {
  it('serves a built file with every security header', async () => {
    const response = await (await handler())({ method: 'GET', url: 'app://lungdesk/index.html' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store',
    });
  });

  it('serves a picture byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
    const response = await (await handler({ [token]: bytes }))({ method: 'GET', url: `app://lungdesk/picture/${token}` });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it.each([`/picture/${token}`, '/link.html', '/up/secret.html', '/../secret.html', '/..%2fsecret.html', '/assets/main.js.map', '/missing.html'])(
    'answers %s with 404, no body and the headers', async (path) => {
      const response = await (await handler())({ method: 'GET', url: `app://lungdesk${path}` });
      expect(response.status).toBe(404);
      expect(await response.text()).toBe('');
      expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    },
  );

  it('answers HEAD without a body and POST with 405', async () => {
    const head = await (await handler())({ method: 'HEAD', url: 'app://lungdesk/index.html' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await (await handler())({ method: 'POST', url: 'app://lungdesk/index.html' })).status).toBe(405);
  });

  it('answers 500 and nothing else when the workstation fails', async () => {
    const failing = createAppProtocolHandler(new Map(), { picture: () => Promise.reject(new Error('/home/clinic/DOE^JANE')) });
    const response = await failing({ method: 'GET', url: `app://lungdesk/picture/${token}` });
    expect([response.status, await response.text()]).toEqual([500, '']);
  });

  it('answers 500 when a built file has gone', async () => {
    const serve = await handler();
    await rm(join(folder, 'renderer/index.html'));
    expect((await serve({ method: 'GET', url: 'app://lungdesk/index.html' })).status).toBe(500);
  });
});
