import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';

/** Own deadline for each phase of a call, ms; firstByteMs counts from the moment the request begins to leave. */
export interface Deadlines {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** One HTTP request. */
export interface TransportCall {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent one after another; together they are the body. Empty for none. */
  readonly body: readonly Uint8Array[];
  readonly deadlines: Deadlines;
  /** Largest answer accepted, also after decompression, bytes. */
  readonly maxBodyBytes: number;
  /** Ends the call wherever it is; after the first byte that leaves its outcome unknown. */
  readonly signal?: AbortSignal;
  /** Awaited when the connection stands and before anything leaves on it; when it rejects nothing is sent. */
  readonly beforeFirstByte?: () => Promise<void>;
  /** Called in the same breath as the first byte, with nothing in between; when it throws nothing is sent. */
  readonly atFirstByte?: () => void;
}

/** What came back, whatever its status; redirects are answers like any other and are never followed. */
export interface TransportAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Carries one request to a relay and its answer back; the window's network stack and plain Node each have one. */
export interface RelayTransport {
  /**
   * Sends one request once; no retries, no redirects, no cookies.
   *
   * @throws {TransportError} when no whole answer came back; rejections of beforeFirstByte pass through unchanged.
   */
  send(call: TransportCall): Promise<TransportAnswer>;
  /** Ends every call that is on its way: after the machine has slept its connection is dead without knowing it. */
  readonly dropConnections?: () => Promise<void>;
}

/** A call without a whole answer; `bytesSent` false means that provably nothing left this machine. */
export class TransportError extends AppError {
  readonly bytesSent: boolean;

  /**
   * @param code - relay-unreachable, relay-tls, relay-proxy, relay-timeout, relay-cut-off, relay-answer-too-large or cancelled.
   * @param message - Plain words, no address and no key.
   * @param bytesSent - Whether any byte of the request may have left.
   */
  constructor(code: ErrorCode, message: string, bytesSent: boolean) {
    super(code, message, { retryable: code !== 'relay-tls' && code !== 'cancelled' });
    this.bytesSent = bytesSent;
  }
}

/** Deadlines of a model call: connect 10 s, first byte 180 s, total 300 s (facts/relay.md 5.4). */
export function modelCallDeadlines(): Deadlines {
  return { connectMs: 10_000, firstByteMs: 180_000, totalMs: 300_000 };
}

/** Deadlines of a free look-up such as the model list. */
export function lookupDeadlines(): Deadlines {
  return { connectMs: 10_000, firstByteMs: 15_000, totalMs: 20_000 };
}
