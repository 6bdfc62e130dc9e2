import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import type { AnswerFormat } from './answer-format.ts';
import { readEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { forecastRequest } from './forecast.ts';
import type { ReleaseSlot } from './limiter.ts';
import type { CatalogueModel } from './model-catalogue.ts';
import { outcomeOfAnswer, outcomeOfReply, outcomeOfTransport } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { relayEndpoint } from './relay-address.ts';
import { relayHeaders } from './relay-headers.ts';
import type { RelayTarget, TileRequest } from './tile-request.ts';
import { allTiles, answersOf, envelopeProblem } from './replay.ts';
import { readReply } from './reply.ts';
import { requestBody, requestTextLength } from './request-body.ts';
import type { TilePicture } from './request-body.ts';
import { readRetryAfter } from './retry.ts';
import type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
import { modelCallDeadlines, TransportError } from './transport.ts';
import type { TransportAnswer } from './transport.ts';

/** One HTTP request to make. */
export interface AttemptPlan {
  readonly request: TileRequest;
  readonly target: RelayTarget;
  readonly row: CatalogueModel;
  /** Tiles still without a valid answer. */
  readonly tiles: readonly TilePicture[];
  readonly format: AnswerFormat;
  readonly maxOutputTokens: number;
}

/** What came of one HTTP request; `outcome` is null when every tile got what it asked for. */
export interface AttemptRun {
  readonly outcome: Outcome | null;
  readonly answers: ReadonlyMap<number, TileAnswer>;
  readonly modelServed: string | null;
  readonly repaired: boolean;
  /** Whether the ledger has a row for it. */
  readonly reserved: boolean;
  readonly sent: boolean;
  readonly retryAfterMs: number | null;
  readonly said: string | null;
}

const largestAnswerBytes = 8_000_000;
const defaultDrainMs = 30_000;

/**
 * Makes one HTTP request with its ledger row: slot, reserve, connect, sent, answer, settle, and only then read.
 *
 * @param deps - Of the sender.
 * @param plan - What to send.
 * @param options - Signal and progress.
 */
export async function runAttempt(deps: RelaySenderDeps, plan: AttemptPlan, options: SendOptions): Promise<AttemptRun> {
  const { signal } = options;
  options.onAttempt?.('waiting');
  const release = await slotOrNull(deps, signal);
  if (release === null) return failedRun(plan, outcomeOfTransport('cancelled', false), {});
  try {
    let attemptId: string;
    try {
      attemptId = await reserve(deps, plan);
    } catch (error) {
      return failedRun(plan, outcomeOfBook(error), {});
    }
    options.onAttempt?.('sending');
    return await sendReserved(deps, plan, attemptId, signal);
  } finally {
    release();
  }
}

async function slotOrNull(deps: RelaySenderDeps, signal: AbortSignal | undefined): Promise<ReleaseSlot | null> {
  try {
    return await deps.limiter.acquire(signal);
  } catch (error) {
    if (signal?.aborted === true) return null;
    throw error;
  }
}

function reserve(deps: RelaySenderDeps, plan: AttemptPlan): Promise<string> {
  const { request, target, row, tiles, format, maxOutputTokens } = plan;
  const { all } = requestTextLength(tiles.map((tile) => tile.number), request.nonce, format);
  const forecast = forecastRequest(row, tiles, all, maxOutputTokens);
  return deps.book.reserve({ requestId: request.requestId, readingId: request.readingId, relayName: target.name, model: request.model, forecast });
}

async function sendReserved(deps: RelaySenderDeps, plan: AttemptPlan, attemptId: string, signal: AbortSignal | undefined): Promise<AttemptRun> {
  let marked = false;
  const drain = createDrain(deps, signal, () => marked);
  let answer: TransportAnswer;
  try {
    answer = await plan.target.transport.send({
      method: 'POST',
      url: relayEndpoint(plan.target.baseUrl, 'chat/completions'),
      headers: relayHeaders(plan.target.key, true),
      body: requestBody({ model: plan.request.model, row: plan.row, nonce: plan.request.nonce, tiles: plan.tiles, format: plan.format, maxOutputTokens: plan.maxOutputTokens }),
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
    return await bookFault(deps, plan, attemptId, error, marked);
  } finally {
    drain.end();
  }
  return bookAnswer(deps, plan, attemptId, answer);
}

/**
 * Turns a cancel into what the money allows: at once before the first byte, after a last wait for the answer behind it.
 */
function createDrain(deps: RelaySenderDeps, signal: AbortSignal | undefined, isSent: () => boolean): { readonly signal: AbortSignal; end(): void } {
  const abort = new AbortController();
  const ended = new AbortController();
  function cancel(): void {
    if (!isSent()) {
      abort.abort();
      return;
    }
    deps.clock.wait(deps.drainMs ?? defaultDrainMs, ended.signal).then(() => { abort.abort(); }, () => undefined);
  }
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  return {
    signal: abort.signal,
    end() {
      signal?.removeEventListener('abort', cancel);
      ended.abort();
    },
  };
}

async function bookFault(deps: RelaySenderDeps, plan: AttemptPlan, attemptId: string, error: unknown, marked: boolean): Promise<AttemptRun> {
  // What is not a transport's own word counts as sent as soon as the row says so.
  const sent = error instanceof TransportError ? error.bytesSent : marked;
  const code: ErrorCode = error instanceof AppError ? error.code : 'unexpected';
  const outcome = error instanceof TransportError ? outcomeOfTransport(code, sent) : outcomeOfBook(error);
  try {
    if (sent) await deps.book.markUnknown(attemptId, code);
    else await deps.book.voidAttempt(attemptId, code);
  } catch (bookError) {
    // The row stays reserved or sent; the next start ends it as void or unknown. Nothing more is sent now.
    return failedRun(plan, outcomeOfBook(bookError), { reserved: true, sent });
  }
  return failedRun(plan, outcome, { reserved: true, sent });
}

async function bookAnswer(deps: RelaySenderDeps, plan: AttemptPlan, attemptId: string, answer: TransportAnswer): Promise<AttemptRun> {
  const body = new TextDecoder().decode(answer.body);
  const envelope = readEnvelope(body);
  const request = { ...plan.request, tiles: plan.tiles };
  const problem = envelope.kind === 'reply' && answer.status < 300 ? envelopeProblem(request, envelope, deps.catalogue) : null;
  const outcome = outcomeOfAnswer(answer.status, envelope) ?? (problem === null ? null : outcomeOfReply(problem));
  const modelServed = 'model' in envelope ? envelope.model : null;
  try {
    await deps.book.settle(attemptId, {
      httpStatus: answer.status,
      modelServed,
      usage: 'usage' in envelope ? envelope.usage : null,
      responseBody: body,
      outcome: outcome?.code ?? 'ok',
      billing: outcome?.billing ?? 'reported',
    });
  } catch (error) {
    return failedRun(plan, outcomeOfBook(error), { reserved: true, sent: true });
  }
  if (outcome?.slowDown === true) deps.limiter.slowDown();
  const retryAfterMs = readRetryAfter(answer.headers, deps.clock.now());
  const said = envelope.kind === 'error' ? withoutKey(envelope.said, plan.target.key) : null;
  if (outcome !== null) return failedRun(plan, outcome, { reserved: true, sent: true, retryAfterMs, said, modelServed });
  deps.limiter.recover();
  return { ...readAnswers(deps, plan, envelope), modelServed, reserved: true, sent: true, retryAfterMs, said };
}

function readAnswers(deps: RelaySenderDeps, plan: AttemptPlan, envelope: Envelope): Pick<AttemptRun, 'outcome' | 'answers' | 'repaired'> {
  const numbers = plan.tiles.map((tile) => tile.number);
  const reading = readReply(envelope.kind === 'reply' ? envelope.choice : null, plan.request.nonce, numbers);
  const answers = answersOf(reading, numbers);
  const { name } = plan.target;
  if (reading.ok) {
    deps.ladders.kept(name, plan.request.model, plan.format);
    const gap = [...answers.values()].find((answer) => answer.state === 'failed');
    return { answers, repaired: reading.repaired, outcome: gap === undefined ? null : outcomeOfReply(gap.code) };
  }
  if (reading.code === 'answer-invalid' || reading.code === 'answer-not-json') deps.ladders.strayed(name, plan.request.model, plan.format);
  return { answers, repaired: false, outcome: outcomeOfReply(reading.code) };
}

function outcomeOfBook(error: unknown): Outcome {
  const code: ErrorCode = error instanceof AppError ? error.code : 'unexpected';
  const hold = code === 'budget-reached' ? 'budget' : code === 'database-full' ? 'disk' : null;
  return { code, billing: 'not-billed', retry: 'never', stop: { hold }, slowDown: false };
}

function withoutKey(said: string | null, key: string | null): string | null {
  if (said === null || key === null) return said;
  return said.replaceAll(key, '[key]');
}

function failedRun(plan: AttemptPlan, outcome: Outcome, known: Partial<AttemptRun>): AttemptRun {
  const answers = allTiles(plan.tiles.map((tile) => tile.number), outcome.code);
  return { outcome, answers, modelServed: null, repaired: false, reserved: false, sent: false, retryAfterMs: null, said: null, ...known };
}
