import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { runAttempt } from './attempt-run.ts';
import type { AttemptRun } from './attempt-run.ts';
import { healthOf } from './circuit-breaker.ts';
import { outputLimit } from './forecast.ts';
import type { CatalogueModel } from './model-catalogue.ts';
import { picturesToAskAgain, tileNumbersOf } from './picture-plan.ts';
import { probeModel } from './probe.ts';
import { mergeAnswers } from './replay.ts';
import { decideRetry, freshRetryBudget } from './retry.ts';
import type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
import type { RelayStop, RelayTarget, RequestPicture, TileRequest, TileRequestResult } from './tile-request.ts';

/** One request on its way through its attempts. */
export interface Sending {
  readonly request: TileRequest;
  readonly target: RelayTarget;
  readonly options: SendOptions;
  readonly row: CatalogueModel;
  /** What has come of it so far. */
  result: TileRequestResult;
  /** What is left of the tries after outcomes that may have been billed, over all parts. */
  unknownRetries: number;
}

/**
 * How sending some of a request's pictures ended.
 *
 * answered: a model answered, as well as it could. split: the relay does not take so many pictures. failed: no answer is to
 * be had. stopped: nothing more makes sense now. spent: more HTTP requests than this never go out for one request.
 */
export type PartEnd =
  | { readonly kind: 'answered' | 'split' | 'failed' }
  | { readonly kind: 'stopped'; readonly stop: RelayStop }
  | { readonly kind: 'spent'; readonly code: ErrorCode };

/** For one request, whatever the budgets add up to. */
const mostAttempts = 12;

/**
 * Cuts pictures into parts of almost the same size.
 *
 * @param pictures - Of a request.
 * @param most - Of one part; null for no limit.
 */
export function inParts(pictures: readonly RequestPicture[], most: number | null): (readonly RequestPicture[])[] {
  const count = Math.max(1, Math.ceil(pictures.length / Math.max(1, most ?? pictures.length)));
  const size = Math.ceil(pictures.length / count);
  return Array.from({ length: count }, (_, index) => pictures.slice(index * size, (index + 1) * size)).filter((part) => part.length > 0);
}

/**
 * Sends some of a request's pictures until they are answered or no policy allows another try; `sending.result` keeps count.
 *
 * A later attempt sends only the pictures that hold a tile without a valid answer.
 *
 * @param deps - Of the sender.
 * @param sending - The request.
 * @param part - Pictures to send.
 */
export async function sendPart(deps: RelaySenderDeps, sending: Sending, part: readonly RequestPicture[]): Promise<PartEnd> {
  const { request, target, options, row } = sending;
  let budget = freshRetryBudget(sending.unknownRetries);
  let format = deps.ladders.formatFor(target.id, request.model, row.firstFormat);
  let outputFactor = 1;
  deps.traffic.retries.noteRequest();
  for (;;) {
    const stop = await stopAtGate(deps, sending);
    if (stop !== null) return { kind: 'stopped', stop };
    const pictures = picturesToAskAgain(part, sending.result.answers);
    const maxOutputTokens = outputFactor * outputLimit(row, tileNumbersOf(pictures).length, request.purpose);
    const run = await runAttempt(deps, { request: { ...request, pictures }, target, row, format, maxOutputTokens }, options);
    sending.result = withRun(sending.result, run);
    const { outcome } = run;
    if (outcome === null) return { kind: 'answered' };
    if (sending.result.attempts >= mostAttempts) return { kind: 'spent', code: outcome.code };
    if (outcome.code === 'answer-truncated') outputFactor = 2;
    if (outcome.retry === 'split') return { kind: pictures.length > 1 ? 'split' : 'failed' };
    if (outcome.retry === 'step-down') {
      const below = deps.ladders.refused(target.id, request.model, format);
      if (below === null) return { kind: 'failed' };
      format = below;
      continue;
    }
    format = deps.ladders.formatFor(target.id, request.model, format);
    if (isPaused(deps, sending) && healthOf(outcome.code) === 'failed') return { kind: 'stopped', stop: pausedStop(run.said) };
    const decision = decideRetry(outcome, budget, run.retryAfterMs, deps.clock.random());
    if (!decision.retry || !deps.traffic.retries.take()) {
      if (outcome.stop !== null) return { kind: 'stopped', stop: { ...outcome.stop, code: outcome.code, said: run.said } };
      return { kind: healthOf(outcome.code) === 'good' ? 'answered' : 'failed' };
    }
    ({ budget } = decision);
    sending.unknownRetries = budget.unknown;
    options.onAttempt?.('retrying');
    if (!(await waited(deps.clock, decision.waitMs, options.signal))) return { kind: 'failed' };
  }
}

/** Nothing is sent while the breaker is open; where a test is due, it goes first. */
async function stopAtGate(deps: RelaySenderDeps, { target, request, options }: Sending): Promise<RelayStop | null> {
  const probe: { stop: RelayStop | null } = { stop: null };
  const { gate } = deps.traffic.lane(target.id).model(request.model);
  const isAdmitted = await gate.admit(async () => {
    const { result, end } = await probeModel(deps, target, request.model, options);
    const { outcome } = end;
    if (outcome !== null && outcome.stop !== null) probe.stop = { ...outcome.stop, code: outcome.code, said: end.said };
    return result;
  });
  return isAdmitted ? null : (probe.stop ?? pausedStop(null));
}

function isPaused(deps: RelaySenderDeps, { target, request }: Sending): boolean {
  return deps.traffic.lane(target.id).model(request.model).gate.state.kind !== 'closed';
}

/** It passes by itself, as soon as a test request succeeds. */
function pausedStop(said: string | null): RelayStop {
  return { code: 'relay-paused', hold: 'offline', fallback: true, scope: 'model', said };
}

function withRun(result: TileRequestResult, run: AttemptRun): TileRequestResult {
  return {
    answers: mergeAnswers(result.answers, run.answers),
    modelServed: run.modelServed ?? result.modelServed,
    relayName: result.relayName,
    attempts: result.attempts + (run.reserved ? 1 : 0),
    sentTiles: result.sentTiles || run.sent,
    repaired: result.repaired || run.repaired,
    stop: null,
  };
}

async function waited(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await clock.wait(ms, signal);
    return true;
  } catch (error) {
    if (signal?.aborted === true) return false;
    throw error;
  }
}
