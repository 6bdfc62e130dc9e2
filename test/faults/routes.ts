import { createServer as createHttpServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import type { Fault } from '../../src-main/relay/practice-relay/faults.ts';
import type { NodeTransportOptions } from '../../src-main/relay/node-transport.ts';
import type { BadCertificate, Certificate } from './certificates.ts';
import type { FaultClock } from './fault-clock.ts';
import type { Route } from './named-fault.ts';

/** A way to a relay, or to something else in its place. */
export interface LaidRoute {
  readonly baseUrl: string;
  readonly transport: Omit<NodeTransportOptions, 'clock'>;
  /** What the relay does to every request, where the route needs it to. */
  readonly relay: readonly Fault[];
  /** All bytes and headers that others than the relay got. */
  readonly seenByOthers: () => string;
  readonly close: () => Promise<void>;
}

/** What routes are laid with. */
export interface RouteParts {
  readonly linkPort: number;
  readonly clock: FaultClock;
  /** Null where none can be made. */
  readonly certificates: Readonly<Record<BadCertificate, Certificate>> | null;
}

/** Lays a route; whoever stands in the relay's place writes down what it gets. */
export async function layRoute(route: Route, { linkPort, clock, certificates }: RouteParts): Promise<LaidRoute> {
  const seen: string[] = [];
  const plain = { transport: {}, relay: [], seenByOthers: () => seen.join('\n'), close: () => Promise.resolve() };
  const served = async (server: TcpServer): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => listen(server);
  const tcp = (onData: (destroy: () => void) => void) => served(createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      seen.push(bytes.toString('latin1'));
      onData(() => { socket.destroy(); });
    });
  }));
  switch (route) {
    case 'link': return { ...plain, baseUrl: `http://127.0.0.1:${linkPort}/v1` };
    // The name stands for ::1 as well, where nobody listens.
    case 'localhost': return { ...plain, baseUrl: `http://localhost:${linkPort}/v1` };
    case 'down': return { ...plain, baseUrl: 'http://127.0.0.1:1/v1' };
    case 'ipv6-dead': return { ...plain, baseUrl: 'http://[::1]:1/v1' };
    case 'dns-fail': return { ...plain, baseUrl: 'https://relay.invalid/v1' };
    case 'plain-behind-https': return { ...plain, baseUrl: `https://127.0.0.1:${linkPort}/v1` };
    case 'silent-handshake': {
      const { port, close } = await tcp(() => { clock.advance(10_000); });
      return { ...plain, close, baseUrl: `https://127.0.0.1:${port}/v1` };
    }
    case 'cut-handshake': {
      const { port, close } = await tcp((destroy) => { destroy(); });
      return { ...plain, close, baseUrl: `https://127.0.0.1:${port}/v1` };
    }
    case 'tls-expired': case 'tls-self-signed': case 'tls-wrong-host': case 'tls-unknown-authority': {
      const certificate = certificates?.[route.slice(4) as BadCertificate];
      if (certificate === undefined) throw new Error('there are no certificates');
      const { trusted, ...own } = certificate;
      const { port, close } = await served(createHttpsServer(own, (request, response) => {
        seen.push(JSON.stringify(request.headers));
        response.end('{}');
      }));
      return { ...plain, close, baseUrl: `https://127.0.0.1:${port}/v1`, transport: trusted === null ? {} : { extraCertificates: [trusted] } };
    }
    case 'proxy-407': case 'proxy-502': case 'proxy-page': case 'proxy-silent': {
      const proxy = createHttpServer();
      proxy.on('connect', (request, socket) => {
        socket.on('error', () => undefined);
        seen.push(`${request.url ?? ''} ${JSON.stringify(request.headers)}`);
        if (route === 'proxy-silent') clock.advance(10_000);
        else if (route === 'proxy-page') {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          socket.once('data', () => { socket.end('<html>Please sign in.</html>'); });
        }
        else socket.end(route === 'proxy-407' ? 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n' : 'HTTP/1.1 502 Bad Gateway\r\n\r\n');
      });
      const { port, close } = await served(proxy);
      return { ...plain, close, baseUrl: 'https://relay.example/v1', transport: { environment: { HTTPS_PROXY: `http://user:secret@127.0.0.1:${port}` } } };
    }
    case 'proxy-dead': return { ...plain, baseUrl: 'https://relay.example/v1', transport: { environment: { HTTPS_PROXY: 'http://127.0.0.1:1' } } };
    case 'redirect-301': case 'redirect-302': case 'redirect-303': case 'redirect-307': case 'redirect-308': {
      const { port, close } = await served(createHttpServer((request, response) => {
        seen.push(`${request.url ?? ''} ${JSON.stringify(request.headers)}`);
        response.end('{}');
      }));
      const headers = { location: `http://127.0.0.1:${port}/v1/chat/completions` };
      return { ...plain, close, baseUrl: `http://127.0.0.1:${linkPort}/v1`, relay: [{ kind: 'status', status: Number(route.slice(9)), headers, body: '' }] };
    }
  }
}

async function listen(server: TcpServer): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const open = new Set<{ destroy: () => void }>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => { open.delete(socket); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => {
      server.close(() => { resolve(); });
      (server as Partial<Server>).closeAllConnections?.();
      for (const socket of open) socket.destroy();
    }),
  };
}
