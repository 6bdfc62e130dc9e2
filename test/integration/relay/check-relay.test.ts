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
  return { id: 'relay', name: 'relay', baseUrl, key: 'k', extraHeaders: { 'x-portkey-provider': 'openai' }, priceMultiplierPercent: 100, practice: false, transport: createNodeTransport({ clock: endlessClock() }) };
}
function answer(status: number, body: string, headers: Record<string, string> = {}) {
  return targetOf((_, response) => { response.writeHead(status, headers).end(body); });
}

describe('checkRelay', () => {
  it('lists the practice relay’s models and costs no chat request', async () => {
    const { target, relay } = await relayBench();
    expect(await checkRelay(target)).toEqual({ state: 'practice', host: 'practice', models: [{ id: 'practice-vision', shutdownDate: null }, { id: 'practice-vision-accurate', shutdownDate: null }], message: 'The built-in practice relay answers.' });
    expect(await checkRelay({ ...target, key: 'another' })).toMatchObject({ state: 'unauthorised' });
    expect(relay.requestCount()).toBe(0);
  });
  it('asks GET {base}/models with the key and the extra headers', async () => {
    const seen: unknown[] = [];
    const target = await targetOf((request, response) => { seen.push([request.method, request.url, request.headers.authorization, request.headers['x-portkey-provider']]); response.end('{"data":[{"id":"m"}]}'); });
    expect(await checkRelay(target)).toMatchObject({ state: 'ok', models: [{ id: 'm', shutdownDate: null }] });
    expect(seen).toEqual([['GET', '/v1/models', 'Bearer k', 'openai']]);
  });
  it.each([
    [200, '<!doctype html><title>Sign in</title>', 'portal'], [200, '<html>', 'portal'], [401, '{}', 'unauthorised'], [403, '{}', 'unauthorised'], [404, 'no', 'refused'], [500, '', 'refused'],
    [407, '', 'proxy'], [511, '<html>', 'portal'], [503, 'busy', 'refused'], [302, '', 'refused'], [200, '{"object":"list"}', 'refused'], [200, 'ok', 'refused'], [200, '', 'refused'],
  ])('takes %i %s as %s', async (status, body, state) => {
    expect(await checkRelay(await answer(status, body, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}))).toMatchObject({ state, models: [] });
  });
  it.each([
    ['objects', { data: [{ id: 'm', shutdown_date: '2026-12-01' }, { id: 'n', shutdown_date: null }, { id: 'o', shutdown_date: 'soon' }] }, [['m', '2026-12-01'], ['n', null], ['o', null]]],
    ['moments and seconds', { data: [{ id: 'm', shutdown_date: '2026-12-01T00:00:00Z' }, { id: 'n', shutdown_date: 1_796_083_200 }] }, [['m', '2026-12-01'], ['n', '2026-12-01']]],
    ['strings', { data: ['m', 'n', 'm'] }, [['m', null], ['n', null]]],
    ['a bare list', ['m', { id: 'n' }], [['m', null], ['n', null]]],
    ['another name for the list', { models: [{ id: 'm' }] }, [['m', null]]],
    ['nothing', { data: [] }, []],
  ] as const)('understands a list of %s', async (_, body, expected) => {
    const { state, models } = await checkRelay(await answer(200, JSON.stringify(body)));
    expect([state, models.map(({ id, shutdownDate }) => [id, shutdownDate])]).toEqual(['ok', expected]);
  });
  it('caps and cleans what the relay lists', async () => {
    const data = [{ id: 'a<b>\u202E' }, { id: 7 }, null, 7, { id: 'y'.repeat(150) }, ...Array.from({ length: 900 }, (_, at) => ({ id: `m${String(at)}` }))];
    const { models } = await checkRelay(await answer(200, JSON.stringify({ data })));
    expect([models[0]?.id, models[1]?.id.length, models.length]).toEqual(['ab', 120, 500]);
  });
  it('says unreachable when nobody answers', async () => {
    const target = await answer(200, '');
    expect(await checkRelay({ ...target, baseUrl: new URL('http://127.0.0.1:1/v1') })).toMatchObject({ state: 'unreachable' });
  });
  it('refuses a key that would split the header', async () => {
    await expect(checkRelay({ ...(await answer(200, '')), key: 'a\r\nX-Evil: 1' })).rejects.toThrow(expect.objectContaining({ code: 'key-malformed' }));
  });
});
