import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

/** The name of a command of the Chrome DevTools Protocol. */
export type CdpMethod = keyof Protocol.CommandParameters;

type Incoming = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
};

type Waiting = { readonly method: string; resolve(result: unknown): void; reject(error: Error): void };

/** One flat DevTools session: commands to one target, and the events that come from it. */
export class CdpSession extends EventEmitter<Protocol.EventMap> {
  readonly #connection: CdpConnection;
  readonly sessionId: string | undefined;

  constructor(connection: CdpConnection, sessionId: string | undefined) {
    super();
    this.setMaxListeners(0);
    this.#connection = connection;
    this.sessionId = sessionId;
  }

  /**
   * Sends one command and waits for its answer.
   *
   * @throws {Error} with Chromium's message when it refuses, or "Chromium is gone" when it ended.
   */
  send<M extends CdpMethod>(
    method: M,
    ...params: Protocol.CommandParameters[M] extends undefined ? [] : [Protocol.CommandParameters[M]?]
  ): Promise<Protocol.CommandReturnValues[M]> {
    return this.#connection.request(method, params[0], this.sessionId) as Promise<Protocol.CommandReturnValues[M]>;
  }
}

/** The DevTools connection over Chromium's pipe (--remote-debugging-pipe): JSON messages ended by NUL. */
export class CdpConnection {
  readonly root: CdpSession;
  readonly #out: Writable;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #closed = false;
  #chunks: Buffer[] = [];

  constructor(out: Writable, input: Readable) {
    this.#out = out;
    this.root = new CdpSession(this, undefined);
    out.on('error', () => this.close());
    input.on('error', () => this.close());
    input.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  /** Returns the session with this id, making it on first sight. */
  session(sessionId: string): CdpSession {
    const known = this.#sessions.get(sessionId);
    if (known !== undefined) return known;
    const session = new CdpSession(this, sessionId);
    this.#sessions.set(sessionId, session);
    return session;
  }

  /** Forgets a session that Chromium detached. */
  forget(sessionId: string): void {
    this.#sessions.delete(sessionId);
  }

  /** Sends one raw command; use {@link CdpSession.send}. */
  request(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error(`Chromium is gone (${method})`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#out.write(`${JSON.stringify({ id, method, params: params ?? {}, sessionId })}\0`);
    });
  }

  /** Refuses every command still waiting, and all later ones. */
  close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(`Chromium is gone (${waiting.method})`));
    this.#waiting.clear();
  }

  #read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      this.#chunks.push(rest.subarray(0, end));
      const text = Buffer.concat(this.#chunks).toString('utf8');
      this.#chunks = [];
      rest = rest.subarray(end + 1);
      this.#dispatch(JSON.parse(text) as Incoming);
    }
    if (rest.length > 0) this.#chunks.push(rest);
  }

  #dispatch(message: Incoming): void {
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error === undefined) waiting?.resolve(message.result);
      else waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
      return;
    }
    const session = message.sessionId === undefined ? this.root : this.session(message.sessionId);
    (session as EventEmitter).emit(message.method ?? '', message.params);
  }
}
