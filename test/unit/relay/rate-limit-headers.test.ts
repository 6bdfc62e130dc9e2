import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRateLimits, readRetryAfter } from '../../../src-main/relay/rate-limit-headers.ts';

const now = Date.UTC(2026, 10, 23, 12);

describe('readRateLimits', () => {
  const openAi = (limit: string, remaining: string, reset: string): Record<string, string> => ({
    'x-ratelimit-limit-tokens': limit, 'x-ratelimit-remaining-tokens': remaining, 'x-ratelimit-reset-tokens': reset,
  });
  it.each([
    ['6m0s', 360_000], ['1s', 1000], ['17ms', 17], ['1h2m3s', 600_000], ['0.5s', 500], ['1m30.5s', 90_500], ['30', 30_000], ['0', 0], ['2.5', 2500],
    [String(now / 1000 + 20), 20_000], [String(now + 20_000), 20_000], ['2026-11-23T12:00:40Z', 40_000], ['2026-11-23T13:00:40+01:00', 40_000],
    ['2026-11-23T11:00:00Z', 0], ['2026-11-24T12:00:00Z', 600_000],
  ])('reads a reset of %s as %i ms', (reset, resetMs) => {
    expect(readRateLimits(openAi('1000', '400', reset), now).tokens).toEqual({ limit: 1000, remaining: 400, resetMs });
  });
  it.each([
    ['1000', '-1', '6m0s'], ['-1', '-1', '0'], ['0', '0', '0s'], ['-1', '400', '1s'], ['1000', '400', ''], ['1000', '400', 'soon'], ['1000', '400', '-5'], ['1000', '400', '1x'],
    ['1000', 'many', '1s'], ['1000', '1e3', '1s'], ['1000', '0.5', '1s'], ['1000', '400', '2026-13-45T99:99:99Z'], ['1000', '400', 'NaN'],
  ])('takes limit %s, remaining %s, reset %s as nothing said', (limit, remaining, reset) => {
    expect(readRateLimits(openAi(limit, remaining, reset), now)).toEqual({ requests: null, tokens: null });
  });
  it('believes that nothing is left only where it says of how much', () => {
    expect(readRateLimits({ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1s' }, now).tokens).toBeNull();
    expect(readRateLimits({ 'x-ratelimit-remaining-tokens': '5', 'x-ratelimit-reset-tokens': '1s' }, now).tokens).toEqual({ limit: null, remaining: 5, resetMs: 1000 });
    expect(readRateLimits(openAi('1000', '0', '6m0s'), now).tokens).toEqual({ limit: 1000, remaining: 0, resetMs: 360_000 });
  });
  it('reads Anthropic’s names, and its input tokens where there is no sum', () => {
    const requests = { 'anthropic-ratelimit-requests-limit': '50', 'anthropic-ratelimit-requests-remaining': '49', 'anthropic-ratelimit-requests-reset': '2026-11-23T12:00:01Z' };
    const input = { 'anthropic-ratelimit-input-tokens-limit': '20000', 'anthropic-ratelimit-input-tokens-remaining': '1000', 'anthropic-ratelimit-input-tokens-reset': '2026-11-23T12:00:59Z' };
    expect(readRateLimits({ ...requests, ...input }, now)).toEqual({ requests: { limit: 50, remaining: 49, resetMs: 1000 }, tokens: { limit: 20_000, remaining: 1000, resetMs: 59_000 } });
  });
  it('never throws and never reports what cannot be', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('6m0s', '-1', '0', '9'.repeat(20)), fc.integer().map(String));
    fc.assert(fc.property(text, text, text, (limit, remaining, reset) => {
      const { tokens } = readRateLimits(openAi(limit, remaining, reset), now);
      return tokens === null || (tokens.remaining >= 0 && (tokens.limit === null || tokens.limit > 0) && tokens.resetMs >= 0 && tokens.resetMs <= 600_000);
    }));
  });
});

describe('readRetryAfter', () => {
  it.each([
    [{}, null], [{ 'retry-after': '' }, null], [{ 'retry-after': 'soon' }, null], [{ 'retry-after': '2' }, 2000], [{ 'retry-after': '0' }, 1000], [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': '600' }, 600_000], [{ 'retry-after': '601' }, 600_000], [{ 'retry-after': '86401' }, 600_000], [{ 'retry-after': '99999999999999999999' }, 600_000],
    [{ 'retry-after': '-1' }, 1000], [{ 'retry-after': '-99999' }, 1000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }, 30_000], [{ 'retry-after': 'Mon, 23 Nov 2026 11:59:30 GMT' }, 1000], [{ 'retry-after': 'Tue, 23 Nov 2027 12:00:00 GMT' }, 600_000],
    [{ 'retry-after-ms': '2500' }, 2500], [{ 'retry-after-ms': '10', 'retry-after': '5' }, 1000], [{ 'x-ms-retry-after-ms': '3000' }, 3000], [{ 'retry-after-ms': 'x', 'retry-after': '5' }, 5000],
  ])('reads %o as %s ms', (headers, expected) => {
    expect(readRetryAfter(headers as Record<string, string>, now)).toBe(expected);
  });
  it.each([
    [JSON.stringify({ error: { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.07s' }] } }), 34_070],
    [JSON.stringify([{ error: { details: [{ retryDelay: '7s' }] } }]), 7000],
    [JSON.stringify({ error: { message: JSON.stringify({ error: { details: [{ retryDelay: '12s' }] } }) } }), 12_000],
    ['{"error":{"message":"Rate limit reached. Please try again in 1.2s."}}', 1200], ['{"error":{"message":"Please try again in 6m0s. Visit"}}', 360_000], ['try again in 340ms', 1000],
    ['{"retryDelay":"999999999s"}', 600_000], ['{"retryDelay":"-5s"}', null], ['{"retryDelay":5}', null], ['try again in a while', null], ['', null],
  ])('reads the body %s as %s ms', (body, expected) => {
    expect(readRetryAfter({}, now, body)).toBe(expected);
  });
  it('believes the header before the body', () => {
    expect(readRetryAfter({ 'retry-after': '3' }, now, '{"retryDelay":"34s"}')).toBe(3000);
  });
  it('is always within 1 s and 10 min', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (seconds, ms, body) => {
      const wait = readRetryAfter({ 'retry-after': seconds, 'retry-after-ms': ms }, now, body);
      return wait === null || (wait >= 1000 && wait <= 600_000);
    }));
  });
});
