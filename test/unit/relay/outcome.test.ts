import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../src-main/relay/envelope.ts';
import { outcomeOfAnswer, outcomeOfReply, outcomeOfTransport } from '../../../src-main/relay/outcome.ts';

const error = (message: string, code = 'x') => JSON.stringify({ error: { message, code } });

// facts/relay.md 5.3: status, body, code, retry, billing, hold (undefined: no stop).
const table = [
  [200, '<!DOCTYPE html><p>sign in', 'relay-portal', 'never', 'not-billed', 'offline'],
  [200, '', 'answer-empty', 'semantic', 'reported', undefined],
  [200, 'ok', 'answer-not-json', 'semantic', 'reported', undefined],
  [200, error('upstream failed'), 'relay-failed', 'backoff', 'possible', undefined],
  [200, error('insufficient_quota'), 'relay-payment', 'never', 'possible', 'relay'],
  [200, error('Rate limit reached'), 'relay-rate-limited', 'backoff', 'possible', undefined],
  [301, '', 'relay-redirected', 'never', 'not-billed', 'relay'],
  [302, '', 'relay-redirected', 'never', 'not-billed', 'relay'],
  [307, '', 'relay-redirected', 'never', 'not-billed', 'relay'],
  [400, error('bad'), 'relay-refused-request', 'never', 'not-billed', undefined],
  [400, error("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."), 'relay-refused-request', 'step-down', 'not-billed', undefined],
  [400, error('tool_choice not supported'), 'relay-refused-request', 'step-down', 'not-billed', undefined],
  [422, error('Unknown field: response_format'), 'relay-refused-request', 'step-down', 'not-billed', undefined],
  [400, error('request blocked by Gemini API: SAFETY', 'prompt_blocked'), 'answer-refused', 'never', 'not-billed', undefined],
  [400, error('This model does not support image'), 'model-without-vision', 'never', 'not-billed', 'relay'],
  [400, error('Model Not Exist'), 'relay-model-unknown', 'never', 'not-billed', 'relay'],
  [400, error('Your credit balance is too low'), 'relay-payment', 'never', 'not-billed', 'relay'],
  [401, error('no'), 'relay-unauthorised', 'never', 'not-billed', 'relay'],
  [402, error('no'), 'relay-payment', 'never', 'not-billed', 'relay'],
  [403, error('用户额度不足'), 'relay-payment', 'never', 'not-billed', 'relay'],
  [403, error('no'), 'relay-unauthorised', 'never', 'not-billed', 'relay'],
  [404, error('The model does not exist'), 'relay-model-unknown', 'never', 'not-billed', 'relay'],
  [404, '<html>', 'relay-refused-request', 'never', 'not-billed', 'relay'],
  [407, '', 'relay-proxy', 'never', 'not-billed', 'offline'],
  [408, '', 'relay-timeout', 'backoff', 'possible', undefined],
  [409, '', 'relay-failed', 'once', 'not-billed', undefined],
  [413, '', 'relay-refused-request', 'never', 'not-billed', undefined],
  [429, error('Rate limit reached. Add a payment method on the billing page.'), 'relay-rate-limited', 'backoff', 'not-billed', undefined],
  [429, error('You exceeded your current quota', 'insufficient_quota'), 'relay-payment', 'never', 'not-billed', 'relay'],
  [429, error('You exceeded your current quota', 'RESOURCE_EXHAUSTED'), 'relay-rate-limited', 'backoff', 'not-billed', undefined],
  [500, '', 'relay-failed', 'backoff', 'not-billed', undefined],
  [500, error('empty response'), 'answer-empty', 'never', 'possible', undefined],
  [501, '', 'relay-failed', 'never', 'not-billed', undefined],
  [502, '<html>', 'relay-failed', 'backoff', 'not-billed', undefined],
  [503, '', 'relay-failed', 'backoff', 'not-billed', undefined],
  [504, '', 'relay-timeout', 'backoff', 'possible', undefined],
  [520, '', 'relay-failed', 'backoff', 'possible', undefined],
  [524, '', 'relay-failed', 'backoff', 'possible', undefined],
  [529, '', 'relay-failed', 'backoff', 'not-billed', undefined],
] as const;

describe('outcomeOfAnswer', () => {
  it.each(table)('takes %i %s as %s', (status, body, code, retry, billing, hold) => {
    const outcome = outcomeOfAnswer(status, readEnvelope(body));
    expect(outcome).toMatchObject({ code, retry, billing });
    expect(outcome?.stop?.hold).toBe(hold);
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
    ['relay-unreachable', false, 'backoff', 'offline'], ['relay-tls', false, 'never', 'relay'], ['relay-proxy', false, 'never', 'offline'],
    ['relay-timeout', true, 'unknown', undefined], ['relay-cut-off', true, 'unknown', undefined], ['relay-answer-too-large', true, 'never', undefined], ['cancelled', true, 'never', undefined],
  ] as const)('takes %s, sent %s, as %s', (code, sent, retry, hold) => {
    const outcome = outcomeOfTransport(code, sent);
    expect(outcome).toMatchObject({ code, retry });
    expect(outcome.stop?.hold).toBe(hold);
  });
});

describe('outcomeOfReply', () => {
  it.each([['answer-truncated', 'semantic'], ['answer-empty', 'semantic'], ['answer-invalid', 'semantic'], ['answer-not-json', 'semantic'], ['answer-refused', 'never'], ['answer-blind', 'never']] as const)('asks again after %s: %s', (code, retry) => {
    expect(outcomeOfReply(code)).toMatchObject({ retry, billing: 'reported' });
  });
});
