import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { Billing } from '../../src-shared/domain/attempt.ts';
import type { Envelope } from './envelope.ts';

/**
 * What to do about an outcome.
 *
 * backoff: wait and try again, twice at most. once: try again once. unknown: it may have been billed, so try again only
 * as far as the policy allows. semantic: the answer cannot be used, ask once more. step-down: ask in a plainer form.
 * never: trying again cannot help.
 */
export type Retry = 'backoff' | 'once' | 'unknown' | 'semantic' | 'step-down' | 'never';

/** A request's outcome in LungDesk's own words; nothing above sees an HTTP status. */
export interface Outcome {
  readonly code: ErrorCode;
  readonly billing: Billing;
  readonly retry: Retry;
  /** Set when no further request makes sense before a person or the network has changed something. */
  readonly stop: { readonly hold: HoldReason | null } | null;
  /** The relay asks for fewer requests at a time. */
  readonly slowDown: boolean;
}

// A plain rate limit's text often names billing pages too: only words that say the money is gone count.
const quotaWords = /insufficient[_ ]?(user[_ ]?)?(quota|balance|funds|credits?)|exceeded your current quota|quota exhausted|credit balance|balance (is )?(too low|insufficient|not enough)|out of credits?|payment required|额度不足|额度已用尽|余额不足|欠费/i;
const keyWords = /invalid[_ ]?(api[_ ]?key|authentication|bearer)|invalid token\b|incorrect api key|unauthori[sz]ed|authentication[_ ](error|failed)|无效的令牌/i;
const modelWords = /model[_ ]?(not[_ ]?found|not[_ ]?exist|does[_ ]?not[_ ]?exist)|model .{0,80}(not (found|exist|available|supported)|does not exist)|no such model|unknown model|no available channel|模型.{0,20}(不存在|无可用)/i;
const visionWords = /(does not|doesn't|not) support (the )?(image|vision|multimodal)|image(s|_url)?( input)?( is| are)? not supported|text[- ]only model|unknown variant `?image_url/i;
const formatWords = /response_?format|json_schema|json_object|json mode|structured output|tool_choice|\btools?\b|function[_ ]call|\bschema\b/i;
const refusalWords = /prompt_blocked|blocked by|content[_ ]?(policy|filter|management)|safety system|moderation|sensitive (content|words)|敏感/i;
const rateWords = /rate[_ ]?limit|too many requests|overloaded|请求过于频繁/i;

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
  if (status >= 300 && status < 400) return stop('relay-redirected', 'relay');
  if (status === 400 || status === 422) return outcomeOfBadRequest(text);
  if (status === 401) return stop('relay-unauthorised', 'relay');
  if (status === 402) return stop('relay-payment', 'relay');
  if (status === 403) return stop(quotaWords.test(text) ? 'relay-payment' : 'relay-unauthorised', 'relay');
  if (status === 404) return stop(envelope.kind === 'error' ? 'relay-model-unknown' : 'relay-refused-request', 'relay');
  if (status === 407) return stop('relay-proxy', 'offline');
  if (status === 408) return plain('relay-timeout', 'possible', 'backoff');
  if (status === 409) return plain('relay-failed', 'not-billed', 'once');
  if (status === 429) {
    // Gemini says "exceeded your current quota" for a full minute as well.
    if (quotaWords.test(text) && !/resource_exhausted/i.test(text)) return stop('relay-payment', 'relay');
    return { ...plain('relay-rate-limited', 'not-billed', 'backoff'), slowDown: true };
  }
  if (status < 500) return plain('relay-refused-request', 'not-billed', 'never');
  return outcomeOfServerError(status, text);
}

function outcomeOfSuccess(envelope: Envelope, text: string): Outcome | null {
  switch (envelope.kind) {
    case 'reply': return null;
    case 'html': return stop('relay-portal', 'offline');
    case 'empty': return plain('answer-empty', 'reported', 'semantic');
    case 'not-json': return plain('answer-not-json', 'reported', 'semantic');
    case 'error': {
      // The status says success and the body does not: whether it was billed is anybody's guess.
      const billing = envelope.usage === null ? 'possible' : 'reported';
      if (quotaWords.test(text)) return { ...stop('relay-payment', 'relay'), billing };
      if (keyWords.test(text)) return { ...stop('relay-unauthorised', 'relay'), billing };
      if (visionWords.test(text)) return { ...stop('model-without-vision', 'relay'), billing };
      if (modelWords.test(text)) return { ...stop('relay-model-unknown', 'relay'), billing };
      if (refusalWords.test(text)) return plain('answer-refused', billing, 'never');
      if (rateWords.test(text)) return { ...plain('relay-rate-limited', billing, 'backoff'), slowDown: true };
      return plain('relay-failed', billing, 'backoff');
    }
  }
}

function outcomeOfBadRequest(text: string): Outcome {
  if (quotaWords.test(text)) return stop('relay-payment', 'relay');
  if (keyWords.test(text)) return stop('relay-unauthorised', 'relay');
  if (visionWords.test(text)) return stop('model-without-vision', 'relay');
  if (refusalWords.test(text)) return plain('answer-refused', 'not-billed', 'never');
  if (formatWords.test(text)) return plain('relay-refused-request', 'not-billed', 'step-down');
  if (modelWords.test(text)) return stop('relay-model-unknown', 'relay');
  return plain('relay-refused-request', 'not-billed', 'never');
}

function outcomeOfServerError(status: number, text: string): Outcome {
  // new-api answers 500 where Gemini gave no candidate: the model declined, and would again.
  if (status === 500 && /empty response/i.test(text)) return plain('answer-empty', 'possible', 'never');
  if (status === 501 || status === 505) return plain('relay-failed', 'not-billed', 'never');
  if (status === 504) return plain('relay-timeout', 'possible', 'backoff');
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
  if (code === 'relay-tls') return { ...outcome, stop: { hold: 'relay' } };
  if (code === 'relay-proxy') return { ...outcome, stop: { hold: 'offline' } };
  // Nothing was sent, so trying again is safe; when that does not help either, the machine is offline.
  return { ...outcome, retry: 'backoff', stop: { hold: 'offline' } };
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

function plain(code: ErrorCode, billing: Billing, retry: Retry): Outcome {
  return { code, billing, retry, stop: null, slowDown: false };
}

function stop(code: ErrorCode, hold: HoldReason | null): Outcome {
  return { code, billing: 'not-billed', retry: 'never', stop: { hold }, slowDown: false };
}
