import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../src-main/relay/envelope.ts';
import { outcomeOfAnswer, outcomeOfBook, outcomeOfReply, outcomeOfTransport } from '../../../src-main/relay/outcome.ts';

const error = (message: string, code = 'x') => JSON.stringify({ error: { message, code } });

const stops = {
  none: undefined,
  /** A person has to act; another relay may do. */
  relay: { hold: 'relay', fallback: true, scope: 'relay' },
  /** A person has to choose; another model may do. */
  model: { hold: 'relay', fallback: true, scope: 'model' },
  /** Passes by itself; another model may do meanwhile. */
  passing: { hold: 'offline', fallback: true, scope: 'model' },
  /** The network is at fault: no other relay would do better. */
  network: { hold: 'offline', fallback: false, scope: 'relay' },
} as const;

// facts/relay.md 5.3: status, body, code, retry, billing, stop.
const table = [
  [200, '<!DOCTYPE html><p>sign in', 'relay-portal', 'never', 'not-billed', 'network'],
  [200, '', 'answer-empty', 'semantic', 'reported', 'none'],
  [204, '', 'answer-empty', 'semantic', 'reported', 'none'],
  [200, 'ok', 'answer-not-json', 'semantic', 'reported', 'none'],
  [200, error('upstream failed'), 'relay-failed', 'backoff', 'possible', 'none'],
  [200, error('insufficient_quota'), 'relay-payment', 'never', 'possible', 'relay'],
  [200, error('Invalid token'), 'relay-unauthorised', 'never', 'possible', 'relay'],
  [200, error('Rate limit reached'), 'relay-rate-limited', 'backoff', 'possible', 'passing'],
  [200, error('model not found'), 'relay-model-unknown', 'never', 'possible', 'model'],
  [200, error('content policy'), 'answer-refused', 'never', 'possible', 'none'],
  [301, '', 'relay-redirected', 'never', 'not-billed', 'relay'],
  [302, '', 'relay-redirected', 'never', 'not-billed', 'relay'],
  [307, '', 'relay-redirected', 'never', 'not-billed', 'relay'],
  [308, '', 'relay-redirected', 'never', 'not-billed', 'relay'],
  [400, error('bad'), 'relay-refused-request', 'never', 'not-billed', 'none'],
  [400, error("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."), 'relay-refused-request', 'step-down', 'not-billed', 'none'],
  [400, error('tool_choice not supported'), 'relay-refused-request', 'step-down', 'not-billed', 'none'],
  [422, error('Unknown field: response_format'), 'relay-refused-request', 'step-down', 'not-billed', 'none'],
  [400, error('Too many images in the request: at most 10'), 'relay-refused-request', 'split', 'not-billed', 'none'],
  [400, error('messages.0.content.1.image.source.base64: image exceeds 5 MB maximum'), 'relay-refused-request', 'split', 'not-billed', 'none'],
  [400, error('At least one of the image dimensions exceed max allowed size for many-image requests: 2000 pixels'), 'relay-refused-request', 'split', 'not-billed', 'none'],
  [400, error('The maximum number of images is 16'), 'relay-refused-request', 'split', 'not-billed', 'none'],
  [400, error("This model's maximum context length is 128000 tokens", 'context_length_exceeded'), 'relay-refused-request', 'split', 'not-billed', 'none'],
  [422, error('图片数量超过限制'), 'relay-refused-request', 'split', 'not-billed', 'none'],
  [400, error('request blocked by Gemini API: SAFETY', 'prompt_blocked'), 'answer-refused', 'never', 'not-billed', 'none'],
  [400, error('This model does not support image'), 'model-without-vision', 'never', 'not-billed', 'model'],
  [400, error('Model Not Exist'), 'relay-model-unknown', 'never', 'not-billed', 'model'],
  [400, error('The model `gpt-4-vision-preview` has been deprecated'), 'model-retired', 'never', 'not-billed', 'model'],
  [400, error('Your credit balance is too low'), 'relay-payment', 'never', 'not-billed', 'relay'],
  [400, error('Incorrect API key provided'), 'relay-unauthorised', 'never', 'not-billed', 'relay'],
  [401, error('no'), 'relay-unauthorised', 'never', 'not-billed', 'relay'],
  [402, error('no'), 'relay-payment', 'never', 'not-billed', 'relay'],
  [403, error('用户额度不足'), 'relay-payment', 'never', 'not-billed', 'relay'],
  [403, error('no'), 'relay-unauthorised', 'never', 'not-billed', 'relay'],
  [403, error('blocked by content policy'), 'answer-refused', 'never', 'not-billed', 'none'],
  [404, error('The model does not exist'), 'relay-model-unknown', 'never', 'not-billed', 'model'],
  [404, error('This model version has been retired'), 'model-retired', 'never', 'not-billed', 'model'],
  [404, '<html>', 'relay-refused-request', 'never', 'not-billed', 'relay'],
  [405, '', 'relay-refused-request', 'never', 'not-billed', 'none'],
  [407, '', 'relay-proxy', 'never', 'not-billed', 'network'],
  [408, '', 'relay-timeout', 'backoff', 'possible', 'none'],
  [409, '', 'relay-failed', 'once', 'not-billed', 'none'],
  [410, '', 'model-retired', 'never', 'not-billed', 'model'],
  [413, '', 'relay-refused-request', 'split', 'not-billed', 'none'],
  [429, error('Rate limit reached. Add a payment method on the billing page.'), 'relay-rate-limited', 'backoff', 'not-billed', 'passing'],
  [429, error('You exceeded your current quota', 'insufficient_quota'), 'relay-payment', 'never', 'not-billed', 'relay'],
  [429, error('You exceeded your current quota', 'RESOURCE_EXHAUSTED'), 'relay-rate-limited', 'backoff', 'not-billed', 'passing'],
  [499, '', 'relay-cut-off', 'unknown', 'possible', 'none'],
  [500, '', 'relay-failed', 'backoff', 'not-billed', 'none'],
  [500, error('empty response'), 'answer-empty', 'never', 'possible', 'none'],
  [500, error('request blocked by Gemini API', 'prompt_blocked'), 'answer-refused', 'never', 'possible', 'none'],
  [501, '', 'relay-failed', 'never', 'not-billed', 'none'],
  [502, '<html>', 'relay-failed', 'backoff', 'not-billed', 'none'],
  [503, '', 'relay-failed', 'backoff', 'not-billed', 'none'],
  [503, error('No available channel for model x under group default', 'model_not_found'), 'relay-model-unknown', 'never', 'not-billed', 'passing'],
  [504, '', 'relay-timeout', 'backoff', 'possible', 'none'],
  [505, '', 'relay-failed', 'never', 'not-billed', 'none'],
  [511, '<html>', 'relay-portal', 'never', 'not-billed', 'network'],
  [519, '', 'relay-failed', 'backoff', 'not-billed', 'none'],
  [520, '', 'relay-failed', 'backoff', 'possible', 'none'],
  [524, '', 'relay-failed', 'backoff', 'possible', 'none'],
  [527, '', 'relay-failed', 'backoff', 'possible', 'none'],
  [529, '', 'relay-failed', 'backoff', 'not-billed', 'none'],
] as const;

describe('outcomeOfAnswer', () => {
  it.each(table)('takes %i %s as %s', (status, body, code, retry, billing, stop) => {
    const outcome = outcomeOfAnswer(status, readEnvelope(body));
    expect(outcome).toMatchObject({ code, retry, billing });
    expect(outcome?.stop ?? undefined).toEqual(stops[stop]);
  });
  it.each([[429, true], [503, true], [529, true], [500, false], [504, false]])('slows down after %i: %s', (status, slow) => {
    expect(outcomeOfAnswer(status, readEnvelope(''))?.slowDown).toBe(slow);
  });
  it('leaves a reply to its words', () => {
    expect(outcomeOfAnswer(200, readEnvelope('{"choices":[{"message":{"content":"x"}}]}'))).toBeNull();
  });
  it.each([
    { error: { message: 'down' } }, { message: 'down' }, { msg: 'down' }, { err: 'down' }, { error_msg: 'down' }, { header: { message: 'down' } }, { response: { error: { message: 'down' } } }, { error: 'down' },
  ])('finds the message in %o', (body) => {
    expect(readEnvelope(JSON.stringify(body))).toMatchObject({ kind: 'error', said: 'down' });
  });
});

describe('outcomeOfTransport', () => {
  it.each([
    ['relay-unreachable', false, 'backoff', { hold: 'offline', fallback: true, scope: 'relay' }], ['relay-tls', false, 'never', stops.relay], ['relay-proxy', false, 'never', stops.network],
    ['relay-timeout', true, 'unknown', undefined], ['relay-cut-off', true, 'unknown', undefined], ['relay-answer-too-large', true, 'never', undefined], ['cancelled', true, 'never', undefined],
  ] as const)('takes %s, sent %s, as %s', (code, sent, retry, stop) => {
    const outcome = outcomeOfTransport(code, sent);
    expect(outcome).toMatchObject({ code, retry, billing: sent ? 'possible' : 'not-billed' });
    expect(outcome.stop ?? undefined).toEqual(stop);
  });
});

describe('outcomeOfReply', () => {
  it.each([['answer-truncated', 'semantic'], ['answer-empty', 'semantic'], ['answer-invalid', 'semantic'], ['answer-not-json', 'semantic'], ['answer-refused', 'never'], ['answer-blind', 'never']] as const)('asks again after %s: %s', (code, retry) => {
    expect(outcomeOfReply(code)).toMatchObject({ retry, billing: 'reported' });
  });
});

describe('outcomeOfBook', () => {
  it.each([['budget-reached', 'budget'], ['database-full', 'disk'], ['unexpected', null]] as const)('holds after %s for %s and lets nothing stand in', (code, hold) => {
    expect(outcomeOfBook(code)).toMatchObject({ code, retry: 'never', billing: 'not-billed', stop: { hold, fallback: false } });
  });
});
