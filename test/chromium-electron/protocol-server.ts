import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toAppUrl, toLoopbackUrl } from './app-url.ts';

/** A handler as given to protocol.handle. */
export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const serverPorts = new Set<number>();

/** Maps a loopback address of any session of this run back to its custom scheme. */
export function fromLoopback(address: string): string {
  return toAppUrl(address, serverPorts);
}

/**
 * Serves a session's custom schemes over loopback HTTP to this run's Chromium alone: every request must carry the
 * cookie the stand-in put there, else it gets 403.
 */
export class ProtocolServer {
  readonly handlers = new Map<string, SchemeHandler>();
  readonly #token = randomBytes(32).toString('hex');
  #port = 0;
  #listening: Promise<void> | undefined;

  /** Starts listening on 127.0.0.1 if it does not yet. */
  listen(): Promise<void> {
    this.#listening ??= new Promise((resolve) => {
      const server = createServer((request, response) => {
        this.#answer(request, response).catch(() => response.destroy());
      });
      server.unref();
      server.listen(0, '127.0.0.1', () => {
        this.#port = (server.address() as AddressInfo).port;
        serverPorts.add(this.#port);
        resolve();
      });
    });
    return this.#listening;
  }

  /** The cookie Chromium must hold: for every host under each scheme, HttpOnly, never sent from another site. */
  cookies(): readonly { name: string; value: string; domain: string; path: string; httpOnly: true; sameSite: 'Strict' }[] {
    return [...this.handlers.keys()].map((scheme) => ({
      name: this.#cookieName(),
      value: this.#token,
      domain: `.${scheme}.localhost`,
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
    }));
  }

  /** The loopback address of a custom-scheme address; needs {@link listen} to have finished. */
  addressOf(appUrl: string): string {
    return toLoopbackUrl(appUrl, this.#port);
  }

  #cookieName(): string {
    return `chromium-electron-${String(this.#port)}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = fromLoopback(`http://${request.headers.host ?? ''}${request.url ?? '/'}`);
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined || !this.#holdsToken(request)) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('forbidden');
      return;
    }
    // Chromium asks for a tab's icon by itself; Electron never does, so the app's handler must not see it.
    if (new URL(url).pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const answer = await handler(toRequest(request, url));
    if (answer.type === 'error') throw new Error('the handler returned Response.error()');
    const headers = new Headers(answer.headers);
    // fetch() already decoded such a body; its old length and encoding no longer describe it.
    if (headers.has('content-encoding')) ['content-encoding', 'content-length'].forEach((name) => headers.delete(name));
    response.writeHead(answer.status, answer.statusText, [...headers].flat());
    if (answer.body === null) response.end();
    else await pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), response);
  }

  #holdsToken(request: IncomingMessage): boolean {
    const pair = (request.headers.cookie ?? '').split('; ').find((entry) => entry.startsWith(`${this.#cookieName()}=`));
    const given = Buffer.from(pair?.slice(this.#cookieName().length + 1) ?? '');
    const wanted = Buffer.from(this.#token);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

function toRequest(request: IncomingMessage, url: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!['cookie', 'host', 'connection', 'origin', 'referer'].includes(name) && value !== undefined) headers.set(name, String(value));
  }
  for (const name of ['origin', 'referer']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, fromLoopback(value).replace(name === 'origin' ? /\/$/ : /$^/, ''));
  }
  const method = request.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, {
    method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(request) as unknown as ReadableStream, duplex: 'half' } : {}),
  });
}
