import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { runAttempt } from './attempt-run.ts';
import type { AttemptRun } from './attempt-run.ts';
import { outputLimit } from './forecast.ts';
import { isLoopbackHost } from './relay-address.ts';
import { relayHeaders } from './relay-headers.ts';
import type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
import type { RelayStop, RelayTarget, TileRequest, TileRequestResult } from './tile-request.ts';
import { allTiles, mergeAnswers } from './replay.ts';
import { decideRetry, freshRetryBudget } from './retry.ts';

/** Sends requests: one ledger row for each HTTP request, one retry loop, every failure a value. */
export interface RelaySender {
  send(request: TileRequest, target: RelayTarget, options?: SendOptions): Promise<TileRequestResult>;
}

/** More HTTP requests than this never go out for one request, whatever the budgets add up to. */
const mostAttempts = 8;

/**
 * Makes the one sender of the program.
 *
 * @param deps - Clock, ledger, limiter, what has been learnt, catalogue.
 */
export function createRelaySender(deps: RelaySenderDeps): RelaySender {
  return {
    send: async (request, target, options = {}) => {
      const refusal = refusalBeforeSending(deps, request, target);
      if (refusal !== null) return { ...nothingSent(request, refusal.code), stop: refusal };
      return sendWithRetries(deps, request, target, options);
    },
  };
}

async function sendWithRetries(deps: RelaySenderDeps, request: TileRequest, target: RelayTarget, options: SendOptions): Promise<TileRequestResult> {
  const model = deps.catalogue.modelOrUnknown(request.model);
  let result = nothingSent(request, 'cancelled');
  let budget = freshRetryBudget(options.unknownRetries ?? 1);
  let format = deps.ladders.formatFor(target.name, request.model, model.firstFormat);
  let outputFactor = 1;
  while (result.attempts < mostAttempts) {
    const tiles = request.tiles.filter((tile) => result.answers.get(tile.number)?.state !== 'valid');
    const maxOutputTokens = outputFactor * outputLimit(model, tiles.length);
    const run = await runAttempt(deps, { request, target, row: model, tiles, format, maxOutputTokens }, options);
    result = withRun(result, run);
    const { outcome } = run;
    if (outcome === null) break;
    if (outcome.code === 'answer-truncated') outputFactor = 2;
    if (outcome.retry === 'step-down') {
      const below = deps.ladders.refused(target.name, request.model, format);
      if (below === null) break;
      format = below;
      continue;
    }
    format = deps.ladders.formatFor(target.name, request.model, format);
    const decision = decideRetry(outcome, budget, run.retryAfterMs, deps.clock.random());
    if (!decision.retry) return outcome.stop === null ? result : { ...result, stop: { code: outcome.code, hold: outcome.stop.hold, said: run.said } };
    budget = decision.budget;
    options.onAttempt?.('retrying');
    if (!(await waited(deps.clock, decision.waitMs, options.signal))) break;
  }
  return result;
}

function refusalBeforeSending(deps: RelaySenderDeps, request: TileRequest, target: RelayTarget): RelayStop | null {
  const code = deps.catalogue.refusal(request.model, deps.clock.now(), target.practice);
  if (code !== null) return { code, hold: 'relay', said: null };
  if (target.key === null && !isLoopbackHost(target.baseUrl.hostname)) return { code: 'key-missing', hold: 'keychain', said: null };
  try {
    relayHeaders(target.key, true);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, hold: 'keychain', said: null };
    throw error;
  }
  return null;
}

function nothingSent(request: TileRequest, code: ErrorCode): TileRequestResult {
  const answers = allTiles(request.tiles.map((tile) => tile.number), code);
  return { answers, modelServed: null, attempts: 0, sentTiles: false, repaired: false, stop: null };
}

function withRun(result: TileRequestResult, run: AttemptRun): TileRequestResult {
  return {
    answers: mergeAnswers(result.answers, run.answers),
    modelServed: run.modelServed ?? result.modelServed,
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
