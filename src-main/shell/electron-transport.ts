import type { Session } from 'electron';
import type { Clock } from '../platform/clock.ts';
import { TransportError } from '../relay/transport.ts';
import type { RelayTransport, TransportAnswer, TransportCall } from '../relay/transport.ts';
import { isRedirectRefusal, netFaultOf } from './net-error.ts';

/** What of an Electron session a relay call needs. */
export type RelayLane = Pick<Session, 'fetch' | 'closeAllConnections'>;

/** What the transport over Electron's network stack is made with. */
export interface ElectronTransportOptions {
  readonly clock: Pick<Clock, 'wait'>;
  /** Makes an in-memory session without a cache; asked once per call that is on its way at the same time. */
  readonly createLane: (index: number) => RelayLane;
}

/** A relay transport over Electron's network stack, and a way to drop its sockets. */
export interface ElectronTransport extends RelayTransport {
  /** Drops every connection; after the machine has slept they are dead without knowing it. */
  readonly dropConnections: () => Promise<void>;
}

/**
 * A transport over Electron's network stack: system proxy, PAC, the system's certificates; no cookies, cache or redirects.
 *
 * Every call has a session of its own while it runs, whose sockets are closed before it: Chromium silently sends a request
 * again when a kept-alive socket turns out to be dead, which could be billed twice. The connection cannot be seen, so
 * connectMs is Chromium's own, beforeFirstByte runs before connecting, and the fault's name tells whether anything left.
 */
export function createElectronTransport(options: ElectronTransportOptions): ElectronTransport {
  const lanes: RelayLane[] = [];
  const free: RelayLane[] = [];

  function takeLane(): RelayLane {
    const lane = free.pop() ?? options.createLane(lanes.length);
    if (!lanes.includes(lane)) lanes.push(lane);
    return lane;
  }

  return {
    send: async (call) => {
      const lane = takeLane();
      try {
        return await sendOnce(call, lane, options.clock);
      } finally {
        free.push(lane);
      }
    },
    dropConnections: async () => {
      await Promise.all(lanes.map(async (lane) => lane.closeAllConnections()));
    },
  };
}

async function sendOnce(call: TransportCall, lane: RelayLane, clock: Pick<Clock, 'wait'>): Promise<TransportAnswer> {
  refuseCancelled(call);
  await lane.closeAllConnections();
  await call.beforeFirstByte?.();
  refuseCancelled(call);
  call.atFirstByte?.();

  const stop = new AbortController();
  const timers = new AbortController();
  // The first reason to stop is the signal's own.
  function end(error: TransportError): void {
    stop.abort(error);
  }
  function onAbort(): void {
    end(new TransportError('cancelled', 'the call was cancelled', true));
  }
  function after(ms: number, phase: AbortSignal, message: string): void {
    clock.wait(ms, phase).then(() => { end(new TransportError('relay-timeout', message, true)); }, ignoreEndedWait);
  }
  const firstByte = new AbortController();
  call.signal?.addEventListener('abort', onAbort, { once: true });
  after(call.deadlines.totalMs, timers.signal, 'the relay did not answer in time');
  after(call.deadlines.connectMs + call.deadlines.firstByteMs, AbortSignal.any([timers.signal, firstByte.signal]), 'the relay did not begin to answer in time');
  try {
    const response = await lane.fetch(call.url.href, requestOf(call, stop.signal));
    firstByte.abort();
    const body = await readBody(response, call.maxBodyBytes, end);
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (thrown) {
    if (stop.signal.aborted) throw stop.signal.reason;
    if (isRedirectRefusal(thrown)) return redirected;
    throw faultOf(thrown);
  } finally {
    call.signal?.removeEventListener('abort', onAbort);
    timers.abort();
    // Lets go of a body that was not read to its end.
    stop.abort();
  }
}

function refuseCancelled({ signal }: TransportCall): void {
  if (signal?.aborted === true) throw new TransportError('cancelled', 'cancelled before anything was sent', false);
}

// Electron tells that the relay redirected, not with which status; the key went nowhere else.
const redirected: TransportAnswer = { status: 302, headers: {}, body: new Uint8Array() };

function requestOf(call: TransportCall, signal: AbortSignal): RequestInit & { bypassCustomProtocolHandlers: boolean } {
  return {
    method: call.method,
    headers: { ...call.headers },
    ...(call.body.length === 0 ? {} : { body: Buffer.concat(call.body) }),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal,
    bypassCustomProtocolHandlers: true,
  };
}

async function readBody(response: Response, maxBytes: number, end: (error: TransportError) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) {
      const error = new TransportError('relay-answer-too-large', 'the answer is larger than LungDesk accepts', true);
      end(error);
      throw error;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function faultOf(thrown: unknown): Error {
  if (thrown instanceof TransportError) return thrown;
  const { code, bytesSent, name } = netFaultOf(thrown);
  const words = bytesSent ? 'the connection to the relay broke off' : 'the relay could not be reached';
  return new TransportError(code, `${words} (${name ?? 'unknown fault'})`, bytesSent);
}

function ignoreEndedWait(): void {
  // The wait was called off because its phase ended; nothing is left to do.
}
