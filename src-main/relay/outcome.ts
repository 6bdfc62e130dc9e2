import type { Billing } from '../../src-shared/domain/attempt.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { Envelope } from './envelope.ts';
import { complaintIn } from './relay-words.ts';
import type { RelayStop } from './tile-request.ts';

/**
 * What to do about an outcome.
 *
 * backoff: wait and try again, twice at most. once: try again once. unknown: it may have been billed, so try again only
 * as far as the policy allows. semantic: the answer cannot be used, ask once more. step-down: ask in a plainer form.
 * split: ask for half of the pictures at a time. never: trying again cannot help.
 */
export type Retry = 'backoff' | 'once' | 'unknown' | 'semantic' | 'step-down' | 'split' | 'never';

/** A request's outcome in LungDesk's own words; nothing above sees an HTTP status. */
export interface Outcome {
  readonly code: ErrorCode;
  readonly billing: Billing;
  readonly retry: Retry;
  /** Set when, after the tries that `retry` allows, no further request makes sense before something has changed. */
  readonly stop: Omit<RelayStop, 'code' | 'said'> | null;
  /** The relay asks for fewer requests at a time. */
  readonly slowDown: boolean;
}

/**
 * Decides what a relay's error answer means.
 *
 * @param status - HTTP status.
 * @param envelope - The body's outer form.
 * @returns null for a reply of a model: then its choice decides.
 * @see facts/relay.md 5.3 (policy), 4.4 (refusals), 5.4 (what is billed)
 */
export function outcomeOfAnswer(status: number, envelope: Envelope): Outcome | null {
  const text = envelope.kind === 'error' ? envelope.text : '';
  if (status >= 200 && status < 300) return outcomeOfSuccess(envelope, text);
  if (status >= 300 && status < 400) return relayStop('relay-redirected');
  if (status >= 500) return outcomeOfServerError(status, text);
  switch (status) {
    case 400: case 422: return outcomeOfBadRequest(text);
    case 401: return relayStop('relay-unauthorised');
    case 402: return relayStop('relay-payment');
    case 403: return outcomeOfForbidden(text);
    case 404: return outcomeOfNotFound(envelope, text);
    case 407: return networkStop('relay-proxy');
    case 408: return plain('relay-timeout', 'possible', 'backoff');
    case 409: return plain('relay-failed', 'not-billed', 'once');
    case 410: return modelStop('model-retired');
    case 413: return plain('relay-refused-request', 'not-billed', 'split');
    case 429: return outcomeOfTooMany(text);
    // The relay's own proxy gave the client up while the model was at work; providers bill that.
    case 499: return plain('relay-cut-off', 'possible', 'unknown');
    default: return plain('relay-refused-request', 'not-billed', 'never');
  }
}

function outcomeOfSuccess(envelope: Envelope, text: string): Outcome | null {
  switch (envelope.kind) {
    case 'reply': return null;
    case 'html': return networkStop('relay-portal');
    case 'empty': return plain('answer-empty', 'reported', 'semantic');
    case 'not-json': return plain('answer-not-json', 'reported', 'semantic');
    case 'error': {
      // The status says success and the body does not: whether it was billed is anybody's guess.
      return { ...outcomeOfHiddenError(text), billing: envelope.usage === null ? 'possible' : 'reported' };
    }
  }
}

function outcomeOfHiddenError(text: string): Outcome {
  switch (complaintIn(text, ['quota', 'key', 'vision', 'retired', 'model', 'no-channel', 'refusal', 'rate'])) {
    case 'quota': return relayStop('relay-payment');
    case 'key': return relayStop('relay-unauthorised');
    case 'vision': return modelStop('model-without-vision');
    case 'retired': return modelStop('model-retired');
    case 'model': return modelStop('relay-model-unknown');
    case 'no-channel': return passing(modelStop('relay-model-unknown'));
    case 'refusal': return plain('answer-refused', 'possible', 'never');
    case 'rate': return rateLimited();
    default: return plain('relay-failed', 'possible', 'backoff');
  }
}

function outcomeOfBadRequest(text: string): Outcome {
  switch (complaintIn(text, ['quota', 'key', 'vision', 'refusal', 'form', 'size', 'retired', 'model', 'no-channel'])) {
    case 'quota': return relayStop('relay-payment');
    case 'key': return relayStop('relay-unauthorised');
    case 'vision': return modelStop('model-without-vision');
    case 'refusal': return plain('answer-refused', 'not-billed', 'never');
    case 'form': return plain('relay-refused-request', 'not-billed', 'step-down');
    case 'size': return plain('relay-refused-request', 'not-billed', 'split');
    case 'retired': return modelStop('model-retired');
    case 'model': return modelStop('relay-model-unknown');
    case 'no-channel': return passing(modelStop('relay-model-unknown'));
    default: return plain('relay-refused-request', 'not-billed', 'never');
  }
}

function outcomeOfForbidden(text: string): Outcome {
  switch (complaintIn(text, ['quota', 'retired', 'refusal'])) {
    case 'quota': return relayStop('relay-payment');
    case 'retired': return modelStop('model-retired');
    case 'refusal': return plain('answer-refused', 'not-billed', 'never');
    default: return relayStop('relay-unauthorised');
  }
}

function outcomeOfNotFound(envelope: Envelope, text: string): Outcome {
  // Without an error object nobody speaks of models: the address is wrong.
  if (envelope.kind !== 'error') return relayStop('relay-refused-request');
  return modelStop(complaintIn(text, ['retired']) === null ? 'relay-model-unknown' : 'model-retired');
}

function outcomeOfTooMany(text: string): Outcome {
  // Gemini says "exceeded your current quota" for a full minute as well.
  const isQuota = complaintIn(text, ['quota']) !== null && !/resource_exhausted/i.test(text);
  return isQuota ? relayStop('relay-payment') : rateLimited();
}

function outcomeOfServerError(status: number, text: string): Outcome {
  switch (complaintIn(text, ['refusal', 'no-channel', 'no-candidate'])) {
    case 'refusal': return plain('answer-refused', 'possible', 'never');
    case 'no-channel': return passing(modelStop('relay-model-unknown'));
    case 'no-candidate':
      if (status === 500) return plain('answer-empty', 'possible', 'never');
      break;
    default:
  }
  if (status === 501 || status === 505) return plain('relay-failed', 'not-billed', 'never');
  if (status === 504) return plain('relay-timeout', 'possible', 'backoff');
  // The sign-in page of a network says so with a status of its own.
  if (status === 511) return networkStop('relay-portal');
  if (status >= 520 && status < 528) return plain('relay-failed', 'possible', 'backoff');
  return { ...plain('relay-failed', 'not-billed', 'backoff'), slowDown: status === 503 || status === 529 };
}

/**
 * Decides what a call without a whole answer means.
 *
 * @param code - Of the transport's error.
 * @param bytesSent - Whether anything may have left.
 */
export function outcomeOfTransport(code: ErrorCode, bytesSent: boolean): Outcome {
  const outcome = plain(code, bytesSent ? 'possible' : 'not-billed', 'never');
  if (code === 'cancelled' || code === 'relay-answer-too-large') return outcome;
  if (bytesSent) return { ...outcome, retry: 'unknown' };
  if (code === 'relay-tls') return relayStop(code);
  if (code === 'relay-proxy') return networkStop(code);
  // Nothing was sent, so trying again is safe; when that does not help either, the relay or the machine is off the network.
  return { ...passing(relayStop(code)), retry: 'backoff' };
}

/**
 * Decides what an answer means whose words cannot be used.
 *
 * @param code - What was wrong with it.
 */
export function outcomeOfReply(code: ErrorCode): Outcome {
  const again = code === 'answer-truncated' || code === 'answer-empty' || code === 'answer-invalid' || code === 'answer-not-json';
  return plain(code, 'reported', again ? 'semantic' : 'never');
}

/**
 * Decides what it means that the ledger did not take a row: nothing more is sent.
 *
 * @param code - Of the ledger's error.
 */
export function outcomeOfBook(code: ErrorCode): Outcome {
  const hold = code === 'budget-reached' ? 'budget' : code === 'database-full' ? 'disk' : null;
  return stopped(code, { hold, fallback: false, scope: 'relay' });
}

function plain(code: ErrorCode, billing: Billing, retry: Retry): Outcome {
  return { code, billing, retry, stop: null, slowDown: false };
}

function stopped(code: ErrorCode, stop: NonNullable<Outcome['stop']>): Outcome {
  return { code, billing: 'not-billed', retry: 'never', stop, slowDown: false };
}

/** The relay answers no request before a person has changed something; another relay may. */
function relayStop(code: ErrorCode): Outcome {
  return stopped(code, { hold: 'relay', fallback: true, scope: 'relay' });
}

/** The relay does not serve this model. */
function modelStop(code: ErrorCode): Outcome {
  return stopped(code, { hold: 'relay', fallback: true, scope: 'model' });
}

/** The network lies between: no other relay would do better. */
function networkStop(code: ErrorCode): Outcome {
  return stopped(code, { hold: 'offline', fallback: false, scope: 'relay' });
}

function rateLimited(): Outcome {
  return { ...passing(modelStop('relay-rate-limited')), retry: 'backoff', slowDown: true };
}

/** What may pass by itself waits for no person. */
function passing(outcome: Outcome): Outcome {
  const hold: HoldReason = 'offline';
  return outcome.stop === null ? outcome : { ...outcome, stop: { ...outcome.stop, hold } };
}
