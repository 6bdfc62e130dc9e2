import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkRelay } from '../../../src-main/relay/check-relay.ts';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import type { RelayTarget } from '../../../src-main/relay/relay.ts';
import { endlessClock, relayBench } from './relay-bench.ts';

async function targetOf(listener: RequestListener): Promise<RelayTarget> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  const baseUrl = new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`);
  return { name: 'relay', baseUrl, key: 'k', practice: false, transport: createNodeTransport({ clock: endlessClock() }) };
}
function answer(status: number, body: string, headers: Record<string, string> = {}) {
  return targetOf((_, response) => { response.writeHead(status, headers).end(body); });
}

describe('checkRelay', () => {
  it('lists the practice relay’s models and costs no chat request', async () => {
    const { target, relay } = await relayBench();
    expect(await checkRelay(target)).toEqual({ state: 'practice', host: 'practice', models: ['practice-vision', 'practice-vision-accurate'], message: 'The built-in practice relay answers.' });
    expect(await checkRelay({ ...target, key: 'another' })).toMatchObject({ state: 'unauthorised' });
    expect(relay.requestCount()).toBe(0);
  });
  it('asks GET {base}/models with the key', async () => {
    const seen: unknown[] = [];
    const target = await targetOf((request, response) => { seen.push([request.method, request.url, request.headers.authorization]); response.end('{"data":[{"id":"m"}]}'); });
    expect(await checkRelay(target)).toMatchObject({ state: 'ok', models: ['m'] });
    expect(seen).toEqual([['GET', '/v1/models', 'Bearer k']]);
  });
  it.each([
    [200, '<!doctype html><title>Sign in</title>', 'portal'], [200, '<html>', 'portal'], [401, '{}', 'unauthorised'], [403, '{}', 'unauthorised'], [404, 'no', 'refused'], [500, '', 'refused'],
    [302, '', 'refused'], [200, '{"object":"list"}', 'refused'], [200, 'ok', 'refused'], [200, '', 'refused'],
  ])('takes %i %s as %s', async (status, body, state) => {
    expect(await checkRelay(await answer(status, body, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}))).toMatchObject({ state, models: [] });
  });
  it('caps and cleans what the relay lists', async () => {
    const data = [{ id: 'a<b>\u202E' }, { id: 7 }, null, 'x', { id: 'y'.repeat(900) }, ...Array.from({ length: 900 }, (_, at) => ({ id: `m${String(at)}` }))];
    const { models } = await checkRelay(await answer(200, JSON.stringify({ data })));
    expect([models[0], models[1]?.length, models.length]).toEqual(['ab', 120, 500]);
  });
  it('says unreachable when nobody answers', async () => {
    const target = await answer(200, '');
    expect(await checkRelay({ ...target, baseUrl: new URL('http://127.0.0.1:1/v1') })).toMatchObject({ state: 'unreachable' });
  });
  it('refuses a key that would split the header', async () => {
    await expect(checkRelay({ ...(await answer(200, '')), key: 'a\r\nX-Evil: 1' })).rejects.toThrow(expect.objectContaining({ code: 'key-malformed' }));
  });
});
