import type { AttemptOpening } from '../../src-shared/domain/attempt.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { healthOf } from './circuit-breaker.ts';
import { createDrain } from './drain.ts';
import { readEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import type { ReleaseSlot } from './limiter.ts';
import { outcomeOfAnswer, outcomeOfBook, outcomeOfReply, outcomeOfTransport } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { readRateLimits, readRetryAfter } from './rate-limit-headers.ts';
import { relayEndpoint } from './relay-address.ts';
import { relayHeaders } from './relay-headers.ts';
import type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
import type { RelayTarget } from './tile-request.ts';
import { modelCallDeadlines, TransportError } from './transport.ts';
import type { TransportAnswer } from './transport.ts';

type Reply = Extract<Envelope, { readonly kind: 'reply' }>;

/** One HTTP request to a relay's chat/completions, with what the ledger has to know of it. */
export interface BookedCall {
  readonly target: RelayTarget;
  readonly opening: AttemptOpening;
  /** Made once there is a slot for it. */
  readonly body: () => readonly Uint8Array[];
  /** What a reply's outer form tells, before its words are read; null when they can be read. */
  readonly problemOf: (reply: Reply) => ErrorCode | null;
}

/** How a call ended; `outcome` is null when there is a reply whose words can be read. */
export interface BookedEnd {
  readonly outcome: Outcome | null;
  readonly reply: Reply | null;
  readonly modelServed: string | null;
  /** Whether the ledger has a row for it. */
  readonly reserved: boolean;
  /** Whether anything may have left this machine. */
  readonly sent: boolean;
  readonly retryAfterMs: number | null;
  /** What the relay said, fit to be shown. */
  readonly said: string | null;
}

const largestAnswerBytes = 8_000_000;
/** A pause may be made longer while a request waits; it does not wait for ever. */
const mostPauses = 4;

/**
 * Makes one HTTP request with its ledger row: pace, slot, reserve, connect, sent, answer, settle. What the answer tells about
 * the relay is noted in its traffic; its words are left to the caller.
 *
 * @param deps - Of the sender.
 * @param call - What to send.
 * @param options - Signal and progress.
 */
export async function runBookedCall(deps: RelaySenderDeps, call: BookedCall, options: SendOptions): Promise<BookedEnd> {
  const { signal } = options;
  options.onAttempt?.('waiting');
  const release = await slotOrNull(deps, call, signal);
  if (release === null) return ended(outcomeOfTransport('cancelled', false), {});
  try {
    let attemptId: string;
    try {
      attemptId = await deps.book.reserve(call.opening);
    } catch (error) {
      return ended(outcomeOfBook(codeOf(error)), {});
    }
    options.onAttempt?.('sending');
    return await sendReserved(deps, call, attemptId, signal);
  } finally {
    release();
  }
}

/** Waits for the relay's pace without a slot, and for a slot without letting the pace slip. Null when called off. */
async function slotOrNull(deps: RelaySenderDeps, { target, opening }: BookedCall, signal: AbortSignal | undefined): Promise<ReleaseSlot | null> {
  const lane = deps.traffic.lane(target.id);
  const { pacer } = lane.model(opening.model);
  const tokens = opening.forecast.inputTokens + opening.forecast.maxOutputTokens;
  try {
    for (let pauses = 0; ; pauses += 1) {
      const release = await lane.limiter.acquire(signal);
      const waitMs = pauses < mostPauses ? pacer.waitMs(tokens) : 0;
      if (waitMs === 0) {
        const arrive = pacer.depart(tokens);
        return () => {
          arrive();
          release();
        };
      }
      release();
      await deps.clock.wait(waitMs, signal);
    }
  } catch (error) {
    if (signal?.aborted === true) return null;
    throw error;
  }
}

async function sendReserved(deps: RelaySenderDeps, call: BookedCall, attemptId: string, signal: AbortSignal | undefined): Promise<BookedEnd> {
  const { target } = call;
  const startedMs = deps.clock.monotonicMs();
  let marked = false;
  const drain = createDrain(deps, signal, () => marked);
  let answer: TransportAnswer;
  try {
    answer = await target.transport.send({
      method: 'POST',
      url: relayEndpoint(target.baseUrl, 'chat/completions'),
      headers: relayHeaders(target, true),
      body: call.body(),
      deadlines: deps.deadlines ?? modelCallDeadlines(),
      maxBodyBytes: largestAnswerBytes,
      signal: drain.signal,
      beforeFirstByte: async () => {
        if (signal?.aborted === true) throw new TransportError('cancelled', 'cancelled before anything was sent', false);
        marked = true;
        await deps.book.markSent(attemptId).catch((error: unknown) => {
          // The transport sends nothing when this rejects, whatever became of the row.
          marked = false;
          throw error;
        });
      },
      atFirstByte: () => {
        try {
          deps.book.noteFirstByte(attemptId);
        } catch (error) {
          marked = false;
          throw error;
        }
      },
    });
  } catch (error) {
    return await bookFault(deps, call, attemptId, error, { marked, startedMs });
  } finally {
    drain.end();
  }
  return bookAnswer(deps, call, attemptId, answer, deps.clock.monotonicMs() - startedMs);
}

async function bookFault(
  deps: RelaySenderDeps,
  { target, opening }: BookedCall,
  attemptId: string,
  error: unknown,
  { marked, startedMs }: { readonly marked: boolean; readonly startedMs: number },
): Promise<BookedEnd> {
  // What is not a transport's own word counts as sent as soon as the row says so.
  const sent = error instanceof TransportError ? error.bytesSent : marked;
  const code = codeOf(error);
  const outcome = error instanceof TransportError ? outcomeOfTransport(code, sent) : outcomeOfBook(code);
  try {
    if (sent) await deps.book.markUnknown(attemptId, code);
    else await deps.book.voidAttempt(attemptId, code);
  } catch (bookError) {
    // The row stays reserved or sent; the next start ends it as void or unknown. Nothing more is sent now.
    return ended(outcomeOfBook(codeOf(bookError)), { reserved: true, sent });
  }
  // A call that the machine slept through says nothing about the relay.
  if (!deps.traffic.hasSleptSince(startedMs)) deps.traffic.lane(target.id).model(opening.model).gate.note(healthOf(code));
  return ended(outcome, { reserved: true, sent });
}

async function bookAnswer(deps: RelaySenderDeps, call: BookedCall, attemptId: string, answer: TransportAnswer, tookMs: number): Promise<BookedEnd> {
  const body = new TextDecoder().decode(answer.body);
  const envelope = readEnvelope(body);
  const reply = envelope.kind === 'reply' && answer.status >= 200 && answer.status < 300 ? envelope : null;
  const problem = reply === null ? null : call.problemOf(reply);
  const outcome = outcomeOfAnswer(answer.status, envelope) ?? (problem === null ? null : outcomeOfReply(problem));
  const modelServed = 'model' in envelope ? envelope.model : null;
  try {
    await deps.book.settle(attemptId, {
      httpStatus: answer.status,
      modelServed,
      usage: 'usage' in envelope ? envelope.usage : null,
      responseBody: storedBody(body, call.target),
      outcome: outcome?.code ?? 'ok',
      billing: outcome?.billing ?? 'reported',
    });
  } catch (error) {
    return ended(outcomeOfBook(codeOf(error)), { reserved: true, sent: true });
  }
  const retryAfterMs = answer.status < 300 && outcome === null ? null : readRetryAfter(answer.headers, deps.clock.now(), body);
  noteTraffic(deps, call, answer, outcome, retryAfterMs);
  if (outcome === null) deps.traffic.lane(call.target.id).noteLatency(tookMs);
  const said = envelope.kind === 'error' ? withoutKey(envelope.said, call.target) : null;
  return ended(outcome, { reserved: true, sent: true, retryAfterMs, said, modelServed, reply: outcome === null ? reply : null });
}

function noteTraffic(deps: RelaySenderDeps, { target, opening }: BookedCall, answer: TransportAnswer, outcome: Outcome | null, retryAfterMs: number | null): void {
  const lane = deps.traffic.lane(target.id);
  const { limiter } = lane;
  const { pacer, gate } = lane.model(opening.model);
  pacer.note(readRateLimits(answer.headers, deps.clock.now()));
  gate.note(healthOf(outcome?.code ?? null));
  if (outcome?.slowDown === true) {
    limiter.slowDown();
    // Everybody waits: requests that are refused count against the limit as well.
    if (retryAfterMs !== null) pacer.pause(retryAfterMs);
  } else if (outcome === null) limiter.recover();
}

function ended(outcome: Outcome | null, known: Partial<BookedEnd>): BookedEnd {
  return { outcome, reply: null, modelServed: null, reserved: false, sent: false, retryAfterMs: null, said: null, ...known };
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'unexpected';
}

/** Shorter ones are what local servers take for want of a key: no secrets, and maybe words of an answer. */
const shortestSecret = 12;

/** An answer as it is stored: a relay that repeats the key would put it into the database. */
function storedBody(body: string, { key }: RelayTarget): string {
  if (key === null || key.length < shortestSecret) return body;
  return body.replaceAll(key, '[key]').replaceAll(key.replaceAll('/', '\\/'), '[key]');
}

/** Some relays repeat the key in what they complain of. */
function withoutKey(said: string | null, target: RelayTarget): string | null {
  return said === null || target.key === null ? said : said.replaceAll(target.key, '[key]');
}
