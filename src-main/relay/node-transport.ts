import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import type { Clock } from '../platform/clock.ts';
import { readAnswer } from './answer-body.ts';
import { waitAwake } from './awake-deadline.ts';
import { isLoopbackHost } from './relay-address.ts';
import { TransportError } from './transport.ts';
import type { RelayTransport, TransportAnswer, TransportCall } from './transport.ts';

/** What the plain-Node transport needs from its machine. */
export interface NodeTransportOptions {
  readonly clock: Pick<Clock, 'now' | 'wait'>;
  /** Environment with HTTPS_PROXY, NO_PROXY; used for other machines only, never for loopback. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Certificates (PEM) of a clinic's own authority, on top of Node's and the system's. */
  readonly extraCertificates?: readonly string[];
}

/**
 * A transport over node:http and node:https: one fresh connection per call, no redirects, no retries.
 *
 * The connection (proxy tunnel and TLS included) stands before beforeFirstByte is awaited, and the request leaves in the
 * same tick after it: whatever fails earlier has provably sent nothing.
 */
export function createNodeTransport(options: NodeTransportOptions): RelayTransport {
  let authorities: string[] | null = null;
  function trustedCertificates(): string[] {
    authorities ??= [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system'), ...(options.extraCertificates ?? [])])];
    return authorities;
  }
  function openRequest(call: TransportCall): { readonly request: http.ClientRequest; readonly proxied: boolean } {
    const loopback = isLoopbackHost(call.url.hostname);
    const proxyEnv = loopback ? undefined : { ...options.environment };
    const agentOptions = { keepAlive: false, ...(proxyEnv === undefined ? {} : { proxyEnv }) };
    const headers = { ...call.headers, ...lengthHeader(call) };
    const proxied = proxyEnv !== undefined && Object.keys(proxyEnv).some((name) => /^https?_proxy$/i.test(name) && proxyEnv[name] !== undefined);
    if (call.url.protocol === 'https:') {
      const agent = new https.Agent({ ...agentOptions, ca: trustedCertificates(), minVersion: 'TLSv1.2' });
      return { request: https.request(call.url, { method: call.method, headers, agent }), proxied };
    }
    return { request: http.request(call.url, { method: call.method, headers, agent: new http.Agent(agentOptions) }), proxied };
  }
  const onTheirWay = new Set<DropCall>();
  return {
    send: (call) => sendOnce(call, openRequest, options.clock, onTheirWay),
    dropConnections: () => {
      for (const drop of [...onTheirWay]) drop();
      return Promise.resolve();
    },
  };
}

/** Ends one call whose connection is not to be trusted any more. */
type DropCall = () => void;

function lengthHeader(call: TransportCall): Record<string, string> {
  if (call.method === 'GET') return {};
  return { 'content-length': String(call.body.reduce((sum, chunk) => sum + chunk.byteLength, 0)) };
}

async function sendOnce(
  call: TransportCall,
  openRequest: (call: TransportCall) => { readonly request: http.ClientRequest; readonly proxied: boolean },
  clock: Pick<Clock, 'now' | 'wait'>,
  onTheirWay: Set<DropCall>,
): Promise<TransportAnswer> {
  if (call.signal?.aborted) throw new TransportError('cancelled', 'cancelled before anything was sent', false);
  const { request, proxied } = openRequest(call);
  const timers = new AbortController();
  let secure = call.url.protocol !== 'https:';
  const progress = { broken: false, sending: false };
  const failed = Promise.withResolvers<never>();
  const fail = (error: unknown): void => {
    progress.broken = true;
    failed.reject(error);
    request.destroy();
  };
  const after = (ms: number, error: () => TransportError): void => {
    waitAwake(clock, ms, timers.signal).then(() => { fail(error()); }, ignoreAbortedWait);
  };
  const onAbort = (): void => {
    fail(new TransportError('cancelled', 'the call was cancelled', progress.sending));
  };
  // Errors may arrive again after the call has ended (a write to a closed socket); the first one counts.
  failed.promise.catch(() => undefined);
  request.on('error', (error: NodeJS.ErrnoException) => { fail(connectionError(error, progress.sending, secure, proxied)); });
  const drop: DropCall = () => {
    fail(new TransportError(progress.sending ? 'relay-cut-off' : 'relay-unreachable', 'the connection was dropped after the machine slept', progress.sending));
  };
  onTheirWay.add(drop);
  call.signal?.addEventListener('abort', onAbort, { once: true });
  const answered = new Promise<http.IncomingMessage>((resolve) => { request.once('response', resolve); });
  // Node closes the connection without an error where the other side wants another protocol (101 Switching Protocols).
  request.once('close', () => {
    if (request.listenerCount('response') === 0) return;
    fail(new TransportError(progress.sending ? 'relay-cut-off' : 'relay-unreachable', 'the connection was closed without an answer', progress.sending));
  });
  try {
    after(call.deadlines.totalMs, () => new TransportError(progress.sending ? 'relay-timeout' : 'relay-unreachable', 'the relay did not answer in time', progress.sending));
    const connecting = new AbortController();
    waitAwake(clock, call.deadlines.connectMs, AbortSignal.any([timers.signal, connecting.signal])).then(
      () => { fail(new TransportError('relay-unreachable', 'no connection to the relay in time', false)); },
      ignoreAbortedWait,
    );
    await Promise.race([connected(request), failed.promise]);
    secure = true;
    connecting.abort();
    // Awaited to its end even when the connection breaks meanwhile: the ledger's row must not change twice at once.
    await call.beforeFirstByte?.();
    if (progress.broken) await failed.promise;
    // Everything is made ready while the socket holds it back, so that the first byte follows its note by one system call.
    const socket = request.socket;
    socket?.cork();
    request.flushHeaders();
    for (const chunk of call.body) request.write(chunk);
    call.atFirstByte?.();
    progress.sending = true;
    socket?.uncork();
    request.end();
    const waiting = new AbortController();
    waitAwake(clock, call.deadlines.firstByteMs, AbortSignal.any([timers.signal, waiting.signal])).then(
      () => { fail(new TransportError('relay-timeout', 'the relay did not begin to answer in time', true)); },
      ignoreAbortedWait,
    );
    const response = await Promise.race([answered, failed.promise]);
    waiting.abort();
    // A relay may answer and close before it has read the whole request: from here the answer decides, not the upload.
    request.removeAllListeners('error');
    request.on('error', () => undefined);
    return await Promise.race([readAnswer(response, call.maxBodyBytes), failed.promise]);
  } finally {
    onTheirWay.delete(drop);
    call.signal?.removeEventListener('abort', onAbort);
    timers.abort();
    request.destroy();
  }
}

async function connected(request: http.ClientRequest): Promise<void> {
  const socket = await new Promise<Socket>((resolve) => { request.once('socket', resolve); });
  if (socket instanceof tls.TLSSocket) {
    if (!socket.authorized) await new Promise((resolve) => { socket.once('secureConnect', resolve); });
  } else if (socket.connecting) {
    await new Promise((resolve) => { socket.once('connect', resolve); });
  }
}

function connectionError(error: NodeJS.ErrnoException, sending: boolean, secure: boolean, proxied: boolean): TransportError {
  // The library's own message may hold addresses and proxy credentials: only its code goes on.
  const code = /^[A-Z0-9_]{2,60}$/.test(error.code ?? '') ? (error.code ?? '') : 'unknown fault';
  if (sending) return new TransportError('relay-cut-off', `the connection broke off (${code})`, true);
  if (code.startsWith('ERR_PROXY') || (proxied && /^E(CONNREFUSED|HOSTUNREACH|TIMEDOUT)$/.test(code))) {
    return new TransportError('relay-proxy', `the proxy refused the connection (${code})`, false);
  }
  if (!secure && isCertificateFault(code)) return new TransportError('relay-tls', `the relay's certificate was not accepted (${code})`, false);
  return new TransportError('relay-unreachable', `the relay could not be reached (${code})`, false);
}

function isCertificateFault(code: string): boolean {
  return /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|CRL_)/.test(code);
}

function ignoreAbortedWait(): void {
  // The wait was called off because its phase ended; nothing is left to do.
}
