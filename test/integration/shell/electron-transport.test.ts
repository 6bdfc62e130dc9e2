import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src-main/platform/clock.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { TransportError } from '../../../src-main/relay/transport.ts';
import type { TransportCall } from '../../../src-main/relay/transport.ts';
import { createElectronTransport } from '../../../src-main/shell/electron-transport.ts';
import type { RelayLane } from '../../../src-main/shell/electron-transport.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async (server) => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }));
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<URL> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1/models`);
}

function call(url: URL, some: Partial<TransportCall> = {}): TransportCall {
  return {
    method: 'POST', url, headers: { 'content-type': 'application/json', authorization: 'Bearer key' }, body: [Buffer.from('{"a":'), Buffer.from('1}')],
    deadlines: { connectMs: 60_000, firstByteMs: 60_000, totalMs: 120_000 }, maxBodyBytes: 1000, ...some,
  };
}

/** Node's own fetch in the place of Electron's: the same interface over real sockets. */
function nodeLane(log: string[] = []): RelayLane {
  return {
    fetch: async (input, init) => { log.push('fetch'); return fetch(input, init); },
    closeAllConnections: () => { log.push('close'); return Promise.resolve(); },
  };
}

function transport(lane: RelayLane = nodeLane(), clock: Pick<Clock, 'wait'> = systemClock): ReturnType<typeof createElectronTransport> {
  return createElectronTransport({ clock, createLane: () => lane });
}

async function failure(promise: Promise<unknown>): Promise<{ readonly code: string; readonly bytesSent: boolean; readonly message: string }> {
  const thrown: unknown = await promise.then(() => null, (error: unknown) => error);
  expect(thrown).toBeInstanceOf(TransportError);
  return thrown as TransportError;
}

describe('createElectronTransport', () => {
  it('sends the body once and brings status, headers and bytes back', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (text: string) => { body += text; });
      request.on('end', () => {
        seen.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''} ${request.headers.cookie ?? 'no cookie'} ${body}`);
        response.writeHead(429, { 'Retry-After': '7', 'Content-Type': 'application/json' }).end('{"error":1}');
      });
    });
    const answer = await transport().send(call(url));
    expect(seen).toEqual(['POST /v1/models Bearer key no cookie {"a":1}']);
    expect([answer.status, answer.headers['retry-after'], Buffer.from(answer.body).toString()]).toEqual([429, '7', '{"error":1}']);
  });

  it('asks the session for no cookies, no cache and no redirects', async () => {
    const inits: unknown[] = [];
    const lane: RelayLane = {
      ...nodeLane(),
      fetch: (_input, init) => { inits.push(init); return Promise.resolve(new Response(null, { status: 204 })); },
    };
    const answer = await transport(lane).send(call(new URL('https://relay.example/v1/models'), { method: 'GET', body: [] }));
    expect(inits).toMatchObject([{ credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer', bypassCustomProtocolHandlers: true }]);
    expect(inits).not.toMatchObject([{ body: expect.anything() as unknown }]);
    expect([answer.status, answer.body.byteLength]).toEqual([204, 0]);
  });

  it('closes kept-alive sockets before each call, so that nothing is sent again behind our back', async () => {
    const log: string[] = [];
    const url = await serve((_request, response) => response.end('{}'));
    const relay = transport(nodeLane(log));
    await relay.send(call(url, { beforeFirstByte: () => { log.push('row'); return Promise.resolve(); } }));
    await relay.send(call(url));
    expect(log).toEqual(['close', 'row', 'fetch', 'close', 'fetch']);
  });

  it('gives calls that run at the same time a session each, and uses them again', async () => {
    const made: number[] = [];
    const waiting: ServerResponse[] = [];
    const bothThere = Promise.withResolvers<void>();
    const url = await serve((request, response) => {
      request.resume();
      waiting.push(response);
      if (waiting.length === 2) bothThere.resolve();
      if (waiting.length > 2) response.end('{}');
    });
    const relay = createElectronTransport({ clock: systemClock, createLane: (index) => { made.push(index); return nodeLane(); } });
    const first = [relay.send(call(url)), relay.send(call(url))];
    await bothThere.promise;
    for (const response of waiting) response.end('{}');
    await Promise.all(first);
    await relay.send(call(url));
    expect(made).toEqual([0, 1]);
  });

  it('does not follow a redirect', async () => {
    const hits: string[] = [];
    const url = await serve((request, response) => {
      hits.push(request.url ?? '');
      response.writeHead(307, { Location: '/elsewhere' }).end();
    });
    expect(await transport().send(call(url))).toMatchObject({ status: 302 });
    expect(hits).toEqual(['/v1/models']);
  });

  it('sends nothing when the row before it cannot be written, and hands the fault on', async () => {
    const hits: string[] = [];
    const url = await serve((request) => hits.push(request.url ?? ''));
    const full = new Error('disk full');
    await expect(transport().send(call(url, { beforeFirstByte: () => Promise.reject(full) }))).rejects.toBe(full);
    expect(hits).toEqual([]);
  });

  it('knows that nothing left when it was cancelled before, also while the row was written', async () => {
    const controller = new AbortController();
    const url = await serve(() => { throw new Error('must not be reached'); });
    const during = transport().send(call(url, { signal: controller.signal, beforeFirstByte: () => { controller.abort(); return Promise.resolve(); } }));
    expect(await failure(during)).toMatchObject({ code: 'cancelled', bytesSent: false });
    expect(await failure(transport().send(call(url, { signal: controller.signal })))).toMatchObject({ code: 'cancelled', bytesSent: false });
  });

  it('takes a cancelled request on its way as possibly billed', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort());
    expect(await failure(transport().send(call(url, { signal: controller.signal })))).toMatchObject({ code: 'cancelled', bytesSent: true });
  });

  it('takes an answer that breaks off as possibly billed', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"half":', () => response.destroy());
    });
    expect(await failure(transport().send(call(url)))).toMatchObject({ code: 'relay-cut-off', bytesSent: true });
  });

  it('stops reading an answer that is too large', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      response.on('close', () => closed.resolve());
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', pour);
      pour();
    });
    expect(await failure(transport().send(call(url)))).toMatchObject({ code: 'relay-answer-too-large', bytesSent: true });
    await closed.promise;
  });

  it('accepts an answer of exactly the largest size', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(1000)));
    expect((await transport().send(call(url))).body.byteLength).toBe(1000);
  });

  it.each([['the first byte', 120_000], ['the whole answer', 300_000]])('gives up waiting for %s', async (_name, ms) => {
    // The clock that only lets the one deadline pass, once the request is there.
    const arrived = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      if (ms === 300_000) response.writeHead(200).write('{');
      arrived.resolve();
    });
    const clock: Pick<Clock, 'wait'> = {
      wait: async (asked, signal) => (asked === ms ? arrived.promise : systemClock.wait(2_000_000, signal)),
    };
    const deadlines = { connectMs: 60_000, firstByteMs: 60_000, totalMs: 300_000 };
    expect(await failure(transport(nodeLane(), clock).send(call(url, { deadlines })))).toMatchObject({ code: 'relay-timeout', bytesSent: true });
  });

  it.each([
    ['net::ERR_NAME_NOT_RESOLVED', 'relay-unreachable', false], ['net::ERR_CERT_AUTHORITY_INVALID', 'relay-tls', false],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'relay-proxy', false], ['net::ERR_CONNECTION_RESET', 'relay-cut-off', true], ['net::ERR_FAILED https://relay.example/?key', 'relay-cut-off', true],
  ])('translates %s', async (message, code, bytesSent) => {
    const lane: RelayLane = { ...nodeLane(), fetch: () => Promise.reject(new Error(message)) };
    const error = await failure(transport(lane).send(call(new URL('https://relay.example/v1'))));
    expect(error).toMatchObject({ code, bytesSent });
    expect(error.message).not.toContain('relay.example');
  });

  it('drops the connections of every session it has made', async () => {
    const log: string[] = [];
    const url = await serve((_request, response) => response.end('{}'));
    const relay = transport(nodeLane(log));
    await relay.dropConnections();
    await relay.send(call(url));
    await relay.dropConnections();
    expect(log).toEqual(['close', 'fetch', 'close']);
  });
});
