import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import { lookupDeadlines } from '../../../src-main/relay/transport.ts';
import type { TransportCall } from '../../../src-main/relay/transport.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { endlessClock } from './relay-bench.ts';

async function listen(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => new Promise<void>((resolve) => {
    server.close(() => { resolve(); });
    (server as Partial<Server>).closeAllConnections?.();
  }));
  return (server.address() as AddressInfo).port;
}
async function serve(listener: RequestListener): Promise<URL> {
  return new URL(`http://127.0.0.1:${String(await listen(createServer(listener)))}/v1/x`);
}
function call(url: URL, more: Partial<TransportCall> = {}): TransportCall {
  return { method: 'POST', url, headers: { authorization: 'Bearer k' }, body: [Buffer.from('{"a":'), Buffer.from('1}')], deadlines: lookupDeadlines(), maxBodyBytes: 1000, ...more };
}
const transport = createNodeTransport({ clock: endlessClock() });
const unsent = (code: string) => expect.objectContaining({ code, bytesSent: false }) as unknown;
const sent = (code: string) => expect.objectContaining({ code, bytesSent: true }) as unknown;

describe('createNodeTransport', () => {
  it('sends the pieces as one body of known length over a connection of its own', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      request.on('end', () => {
        seen.push([request.method, body, request.headers['content-length'], request.headers.connection, request.headers['transfer-encoding']]);
        response.writeHead(201, { 'x-a': 'b' }).end('done');
      });
    });
    const answer = await transport.send(call(url));
    expect([answer.status, answer.headers['x-a'], Buffer.from(answer.body).toString()]).toEqual([201, 'b', 'done']);
    expect(seen).toEqual([['POST', '{"a":1}', '7', 'close', undefined]]);
  });

  it('asks before the first byte, when the connection stands, and sends nothing when that fails', async () => {
    const bytes: Buffer[] = [];
    const connected = Promise.withResolvers<undefined>();
    const closed = Promise.withResolvers<undefined>();
    const port = await listen(createTcpServer((socket) => {
      socket.on('data', (chunk) => bytes.push(chunk));
      socket.on('error', () => undefined);
      socket.on('close', () => { closed.resolve(undefined); });
      connected.resolve(undefined);
    }));
    const asked = transport.send(call(new URL(`http://127.0.0.1:${String(port)}/`), {
      beforeFirstByte: async () => {
        await connected.promise;
        throw new Error('no row');
      },
    }));
    await expect(asked).rejects.toThrow('no row');
    await closed.promise;
    expect(Buffer.concat(bytes)).toHaveLength(0);
  });

  it('lets the row be written to its end when the call ends meanwhile, and calls that unsent', async () => {
    const bytes: Buffer[] = [];
    const port = await listen(createTcpServer((socket) => { socket.on('data', (chunk) => bytes.push(chunk)); socket.on('error', () => undefined); }));
    const abort = new AbortController();
    const steps: string[] = [];
    const ending = transport.send(call(new URL(`http://127.0.0.1:${String(port)}/`), {
      signal: abort.signal,
      beforeFirstByte: async () => {
        abort.abort();
        await new Promise((resolve) => { setImmediate(resolve); });
        steps.push('written');
      },
    })).catch((error: unknown) => {
      steps.push('ended');
      throw error;
    });
    await expect(ending).rejects.toEqual(unsent('cancelled'));
    expect([steps, bytes]).toEqual([['written', 'ended'], []]);
  });

  it('never follows a redirect, so the second server never sees the key', async () => {
    const seenBySecond: unknown[] = [];
    const second = await serve((request, response) => { seenBySecond.push(request.headers.authorization); response.end(); });
    for (const status of [301, 302, 303, 307, 308]) {
      const first = await serve((request, response) => { request.resume(); response.writeHead(status, { location: second.href }).end(); });
      expect((await transport.send(call(first))).status).toBe(status);
    }
    expect(seenBySecond).toEqual([]);
  });

  it.each([['a closed port', 'http://127.0.0.1:1/'], ['a name that does not exist', 'https://relay.invalid/']])('calls %s unreachable and unsent', async (_, url) => {
    await expect(transport.send(call(new URL(url)))).rejects.toEqual(unsent('relay-unreachable'));
  });

  it('gives a partner that never shakes hands up after the connect deadline, unsent', async () => {
    const clock = manualClock();
    const port = await listen(createTcpServer((socket) => { socket.on('error', () => undefined); socket.once('data', () => { clock.advance(10_000); }); }));
    await expect(createNodeTransport({ clock }).send(call(new URL(`https://127.0.0.1:${String(port)}/`)))).rejects.toEqual(unsent('relay-unreachable'));
  });

  it('ends a request without an answer at the first-byte deadline', async () => {
    const clock = manualClock();
    const url = await serve((request) => { request.resume().on('end', () => { clock.advance(15_000); }); });
    await expect(createNodeTransport({ clock }).send(call(url))).rejects.toEqual(sent('relay-timeout'));
  });

  it('ends an answer that drips at the total deadline', async () => {
    const clock = manualClock();
    const url = await serve((request, response) => {
      request.resume();
      response.write(' ');
      const timer = setInterval(() => { response.write(' '); clock.advance(1000); }, 1);
      response.on('close', () => { clearInterval(timer); });
    });
    await expect(createNodeTransport({ clock }).send(call(url))).rejects.toEqual(sent('relay-timeout'));
  });

  it('takes the answer of a relay that answers and closes before it has read the request', async () => {
    const url = await serve((_, response) => { response.writeHead(413, { connection: 'close' }).end('too large'); });
    const answer = await transport.send(call(url, { body: Array.from({ length: 8 }, () => Buffer.alloc(1_000_000)) })).catch((error: unknown) => error);
    // Whether the answer or the reset arrives first is the network's affair; both are honest, nothing else is.
    expect([expect.objectContaining({ status: 413 }), sent('relay-cut-off')]).toContainEqual(answer);
  });

  it.each([
    ['a body above the cap', { 'content-type': 'text/plain' }, 'x'.repeat(1001), 'relay-answer-too-large'], ['a length above the cap', { 'content-length': '5000' }, '', 'relay-answer-too-large'],
    ['damaged compression', { 'content-encoding': 'gzip' }, 'not gzip', 'relay-cut-off'],
  ])('refuses %s', async (_, headers, body, code) => {
    const url = await serve((request, response) => { request.resume(); response.writeHead(200, headers); response.flushHeaders(); if (body !== '') response.end(body); });
    await expect(transport.send(call(url))).rejects.toEqual(sent(code));
  });

  it('ends when called off', async () => {
    const abort = new AbortController();
    const url = await serve((request) => { request.resume(); abort.abort(); });
    await expect(transport.send(call(url, { signal: abort.signal }))).rejects.toEqual(sent('cancelled'));
    await expect(transport.send(call(url, { signal: AbortSignal.abort() }))).rejects.toEqual(unsent('cancelled'));
  });
});

describe('createNodeTransport and proxies', () => {
  it('asks the environment’s proxy for other machines and says so when it refuses', async () => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => { asked.push(request.url ?? ''); socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'); });
    const environment = { HTTPS_PROXY: `http://user:secret@127.0.0.1:${String(await listen(proxy))}` };
    const refused = await createNodeTransport({ clock: endlessClock(), environment }).send(call(new URL('https://relay.example/v1'))).catch((error: unknown) => error);
    expect(refused).toEqual(unsent('relay-proxy'));
    expect(String(refused)).not.toContain('secret');
    expect(asked).toEqual(['relay.example:443']);
  });
  it('never goes round a dead proxy', async () => {
    const environment = { HTTPS_PROXY: 'http://127.0.0.1:1' };
    await expect(createNodeTransport({ clock: endlessClock(), environment }).send(call(new URL('https://relay.example/v1')))).rejects.toEqual(unsent('relay-proxy'));
  });
  it('never asks a proxy for this machine', async () => {
    const environment = { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' };
    const url = await serve((request, response) => { request.resume(); response.end('direct'); });
    expect((await createNodeTransport({ clock: endlessClock(), environment }).send(call(url))).status).toBe(200);
  });
});

describe('createNodeTransport and sleep', () => {
  it('drops every call that is on its way, and says of each whether anything had left', async () => {
    const waking = createNodeTransport({ clock: endlessClock() });
    const arrived = Promise.withResolvers<undefined>();
    const url = await serve((request) => { request.resume(); arrived.resolve(undefined); });
    const held = Promise.withResolvers<undefined>();
    const reached = Promise.withResolvers<undefined>();
    const gone = waking.send(call(url)).catch((error: unknown) => error);
    const waiting = waking.send(call(url, { beforeFirstByte: () => { reached.resolve(undefined); return held.promise; } })).catch((error: unknown) => error);
    await Promise.all([arrived.promise, reached.promise]);
    await waking.dropConnections?.();
    held.resolve(undefined);
    expect([await gone, await waiting]).toEqual([sent('relay-cut-off'), unsent('relay-unreachable')]);
  });
  it('drops nothing that is over, and works on afterwards', async () => {
    const waking = createNodeTransport({ clock: endlessClock() });
    const url = await serve((request, response) => { request.resume(); response.end('ok'); });
    await waking.send(call(url));
    await waking.dropConnections?.();
    expect((await waking.send(call(url))).status).toBe(200);
  });
  it('does not count the time that the machine slept as time without an answer', async () => {
    const clock = manualClock();
    let sleptMs = 0;
    const url = await serve((request, response) => {
      request.resume().on('end', () => {
        // The timers stood still while the wall clock went on: the deadline is due only now, an hour late.
        sleptMs = 3_600_000;
        clock.advance(20_000);
        setImmediate(() => { response.end('late'); });
      });
    });
    const transportOfSleeper = createNodeTransport({ clock: { now: () => (clock.now() + sleptMs) as ReturnType<typeof clock.now>, wait: (ms, signal) => clock.wait(ms, signal) } });
    expect(Buffer.from((await transportOfSleeper.send(call(url))).body).toString()).toBe('late');
  });
});
