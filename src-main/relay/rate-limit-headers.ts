/** How much a relay says is left until a moment from which everything is there again. */
export interface RateWindow {
  /** Whole amount; null where the relay does not say. */
  readonly limit: number | null;
  readonly remaining: number;
  /** From now, 0..10 min. */
  readonly resetMs: number;
}

/** What a relay says of its limits; null where it says nothing that can be used. */
export interface RateLimits {
  readonly requests: RateWindow | null;
  readonly tokens: RateWindow | null;
}

type Headers = Readonly<Record<string, string>>;

const shortestWaitMs = 1_000;
const longestWaitMs = 600_000;

/** Names of limit, remaining and reset as relays write them; the first complete triple of a row counts. */
const requestNames = [
  ['x-ratelimit-limit-requests', 'x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ['anthropic-ratelimit-requests-limit', 'anthropic-ratelimit-requests-remaining', 'anthropic-ratelimit-requests-reset'],
] as const;
const tokenNames = [
  ['x-ratelimit-limit-tokens', 'x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
  ['anthropic-ratelimit-tokens-limit', 'anthropic-ratelimit-tokens-remaining', 'anthropic-ratelimit-tokens-reset'],
  ['anthropic-ratelimit-input-tokens-limit', 'anthropic-ratelimit-input-tokens-remaining', 'anthropic-ratelimit-input-tokens-reset'],
] as const;

/**
 * Reads what an answer's headers say of the relay's limits (facts/relay.md 5.3). Every header is optional; what makes no
 * sense (Azure's -1 and 0, words, absurd numbers) counts as not said.
 *
 * @param headers - Names in lower case.
 * @param nowMs - Wall time, to read a moment against.
 */
export function readRateLimits(headers: Headers, nowMs: number): RateLimits {
  return { requests: firstWindow(headers, requestNames, nowMs), tokens: firstWindow(headers, tokenNames, nowMs) };
}

function firstWindow(headers: Headers, names: readonly (readonly [string, string, string])[], nowMs: number): RateWindow | null {
  for (const [limitName, remainingName, resetName] of names) {
    const window = windowOf(wholeNumber(headers[limitName]), wholeNumber(headers[remainingName]), untilReset(headers[resetName], nowMs));
    if (window !== null) return window;
  }
  return null;
}

function windowOf(limit: number | null, remaining: number | null, resetMs: number | null): RateWindow | null {
  if (remaining === null || remaining < 0 || resetMs === null || (limit !== null && limit <= 0)) return null;
  // Nothing left of an amount that nobody names is no limit, it is a header that was filled in without one.
  if (remaining === 0 && limit === null) return null;
  return { limit, remaining, resetMs };
}

/** 6m0s, 1h2m, 17ms, 0.5s; seconds; Unix seconds or milliseconds; RFC 3339. */
function untilReset(text: string | undefined, nowMs: number): number | null {
  const value = text?.trim() ?? '';
  const ms = duration(value) ?? moment(value, nowMs);
  return ms === null ? null : Math.min(longestWaitMs, Math.max(0, ms));
}

function moment(value: string, nowMs: number): number | null {
  const number = decimal(value);
  if (number !== null) return number > 1e11 ? number - nowMs : number > 1e8 ? number * 1000 - nowMs : number >= 0 ? number * 1000 : null;
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]{5,20}(Z|[+-]\d{2}:?\d{2})$/i.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at - nowMs;
}

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function duration(value: string): number | null {
  if (!/^(\d{1,9}(\.\d{1,9})?(ms|[dhms]))+$/.test(value)) return null;
  return [...value.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0);
}

/**
 * Reads how long a relay asks to wait: retry-after-ms, x-ms-retry-after-ms, retry-after in seconds or as a date, or what the
 * body says (Gemini's RetryInfo, OpenAI's "try again in 1.2s").
 *
 * @param headers - Names in lower case.
 * @param nowMs - Wall time, to read a date against.
 * @param body - The answer's text.
 * @returns Milliseconds within [1 s, 10 min], whatever was asked for; null where nothing can be read.
 */
export function readRetryAfter(headers: Headers, nowMs: number, body = ''): number | null {
  const ms = decimal(headers['retry-after-ms']) ?? decimal(headers['x-ms-retry-after-ms']) ?? retryAfterHeader(headers['retry-after'], nowMs) ?? retryDelayIn(body);
  return ms === null ? null : Math.min(longestWaitMs, Math.max(shortestWaitMs, ms));
}

function retryAfterHeader(text: string | undefined, nowMs: number): number | null {
  const value = text?.trim() ?? '';
  const seconds = decimal(value);
  if (seconds !== null) return seconds * 1000;
  // A date names its month; anything else Date.parse would guess at.
  if (!/[a-z]{3}/i.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at - nowMs;
}

/** Relays pass a provider's error on as an object, in an array or as a string in a string: the words are the same. */
function retryDelayIn(body: string): number | null {
  const text = body.slice(0, 20_000);
  const delay = /retryDelay\\*"\s*:\s*\\*"(\d{1,9}(?:\.\d{1,9})?s)/.exec(text)?.[1] ?? /try again in ((?:\d{1,9}(?:\.\d{1,9})?(?:ms|[dhms])){1,4})/i.exec(text)?.[1];
  return delay === undefined ? null : duration(delay.toLowerCase());
}

function wholeNumber(text: string | undefined): number | null {
  const number = decimal(text);
  return number !== null && Number.isInteger(number) ? number : null;
}

function decimal(text: string | undefined): number | null {
  return text !== undefined && /^\s*-?\d{1,20}(\.\d{1,9})?\s*$/.test(text) ? Number(text) : null;
}
