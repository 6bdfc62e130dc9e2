import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { inParts, sendPart } from './send-part.ts';
import type { Sending } from './send-part.ts';
import { isLoopbackHost } from './relay-address.ts';
import { relayHeaders } from './relay-headers.ts';
import type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
import type { RelayStop, RelayTarget, TileRequest, TileRequestResult } from './tile-request.ts';
import { tileNumbersOf } from './picture-plan.ts';
import { allTiles, mergeAnswers } from './replay.ts';

/** Sends requests: one ledger row for each HTTP request, one retry loop, every failure a value. */
export interface RelaySender {
  send(request: TileRequest, target: RelayTarget, options?: SendOptions): Promise<TileRequestResult>;
}

/**
 * Makes the one sender of the program.
 *
 * @param deps - Clock, ledger, traffic, what has been learnt, catalogue.
 */
export function createRelaySender(deps: RelaySenderDeps): RelaySender {
  return {
    send: async (request, target, options = {}) => {
      const refusal = refusalBeforeSending(deps, request, target);
      if (refusal !== null) return { ...nothingSent(request, target, refusal.code), stop: refusal };
      return sendInParts(deps, request, target, options);
    },
  };
}

/** All pictures at once; or, where a relay does not take so many, a part after the other. */
async function sendInParts(deps: RelaySenderDeps, request: TileRequest, target: RelayTarget, options: SendOptions): Promise<TileRequestResult> {
  const lane = deps.traffic.lane(target.id).model(request.model);
  const sending: Sending = {
    request, target, options, row: deps.catalogue.modelOrUnknown(request.model),
    result: nothingSent(request, target, 'cancelled'), unknownRetries: options.unknownRetries ?? 1,
  };
  const parts = inParts(request.pictures, lane.mostPictures);
  let refused = Number.POSITIVE_INFINITY;
  let taken = 0;
  for (let part = parts.shift(); part !== undefined && options.signal?.aborted !== true; part = parts.shift()) {
    const end = await sendPart(deps, sending, part);
    if (end.kind === 'stopped') return { ...sending.result, stop: end.stop };
    if (end.kind === 'split') {
      refused = Math.min(refused, part.length);
      parts.unshift(...inParts(part, Math.ceil(part.length / 2)));
    } else if (end.kind === 'answered') taken = Math.max(taken, part.length);
    else if (end.kind === 'spent') return withFate(sending.result, [part, ...parts].flat(), end.code);
  }
  // The largest number that this relay took after it had refused more.
  if (taken > 0 && refused < Number.POSITIVE_INFINITY) lane.mostPictures = Math.min(taken, refused - 1);
  return sending.result;
}

function refusalBeforeSending(deps: RelaySenderDeps, request: TileRequest, target: RelayTarget): RelayStop | null {
  const code = deps.catalogue.forRelay(target.id).refusal(request.model, deps.clock.now(), target.practice);
  if (code !== null) return { code, hold: 'relay', fallback: true, scope: 'model', said: null };
  if (target.key === null && !isLoopbackHost(target.baseUrl.hostname)) return keyStop('key-missing');
  try {
    relayHeaders(target, true);
  } catch (error) {
    if (error instanceof AppError) return keyStop(error.code);
    throw error;
  }
  return null;
}

function keyStop(code: ErrorCode): RelayStop {
  return { code, hold: 'keychain', fallback: false, scope: 'relay', said: null };
}

function nothingSent(request: TileRequest, target: RelayTarget, code: ErrorCode): TileRequestResult {
  const answers = allTiles(tileNumbersOf(request.pictures), code);
  return { answers, modelServed: null, relayName: target.name, attempts: 0, sentTiles: false, repaired: false, stop: null };
}

function withFate(result: TileRequestResult, pictures: TileRequest['pictures'], code: ErrorCode): TileRequestResult {
  return { ...result, answers: mergeAnswers(result.answers, allTiles(tileNumbersOf(pictures), code)) };
}
