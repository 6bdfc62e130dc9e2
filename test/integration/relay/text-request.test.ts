import { describe, expect, it } from 'vitest';
import { sendText } from '../../../src-main/relay/text-request.ts';
import type { TextRequest } from '../../../src-main/relay/text-request.ts';
import { memoryAttemptBook } from './memory-attempt-book.ts';
import { textRelay } from './text-relay.ts';
import type { TextAnswer } from './text-relay.ts';

const schema = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'], additionalProperties: false };
const words = 'Give one number as {"a":NUMBER}.';
function request(some: Partial<TextRequest<number>> = {}): TextRequest<number> {
  return {
    readingId: 'reading-1', purpose: 'report', model: 'gpt-6-luna', words, schema, answerTokens: 30,
    read: (json) => { const { a } = json as { readonly a?: unknown }; return typeof a === 'number' ? a : null; }, ...some,
  };
}
const down: TextAnswer = { status: 500, body: { error: { message: 'down' } } };

async function run(script: readonly TextAnswer[], some: Partial<TextRequest<number>> = {}) {
  const book = memoryAttemptBook();
  const bench = await textRelay(book, ({ index }) => script[index] ?? script.at(-1) ?? '{"a":1}');
  const result = await sendText(bench.deps, request(some), bench.target);
  // One row for each HTTP request, none twice.
  expect(book.sentCount).toBe(bench.seen.length);
  expect(result.attempts).toBe(book.rows.length);
  return { ...bench, book, result, rows: book.rows.map((row) => `${row.state} ${String(row.outcome)}`) };
}

describe('sendText', () => {
  it('sends the words alone, asks for the schema and books one settled row for a report', async () => {
    const { result, seen, book } = await run(['{"a":7}']);
    expect(result).toEqual({ ok: true, value: 7, attempts: 1, modelServed: 'gpt-6-luna' });
    expect(seen[0]?.body).toEqual({
      model: 'gpt-6-luna', messages: [{ role: 'user', content: words }], max_completion_tokens: 180, reasoning_effort: 'none', store: false,
      response_format: { type: 'json_schema', json_schema: { name: 'report_tiles', strict: true, schema } },
    });
    expect(book.rows).toMatchObject([{
      state: 'settled', outcome: 'ok',
      opening: { purpose: 'report', readingId: 'reading-1', requestId: null, model: 'gpt-6-luna', forecast: { imageTokens: 0, expectedOutputTokens: 30, maxOutputTokens: 180 } },
    }]);
  });

  it.each<readonly [string, readonly TextAnswer[], Record<string, unknown>, readonly string[]]>([
    ['a relay that fails once', [down, '{"a":7}'], { ok: true, value: 7 }, ['settled relay-failed', 'settled ok']],
    ['a relay that stays down', [down], { ok: false, code: 'relay-failed', isModel: false }, ['settled relay-failed', 'settled relay-failed', 'settled relay-failed']],
    ['words that are no JSON, once', ['Hello.', '{"a":7}'], { ok: true, value: 7 }, ['settled ok', 'settled ok']],
    ['another form, twice', ['{"b":1}'], { ok: false, code: 'answer-invalid' }, ['settled ok', 'settled ok']],
    ['a refusal', ['I am sorry, I cannot help with that.'], { ok: false, code: 'answer-refused' }, ['settled ok']],
    ['a relay without the model', [{ status: 404, body: { error: { message: 'no such model' } } }], { ok: false, code: 'relay-model-unknown', isModel: true }, ['settled relay-model-unknown']],
    ['a wrong key', [{ status: 401, body: { error: { message: 'key' } } }], { ok: false, code: 'relay-unauthorised', isModel: false }, ['settled relay-unauthorised']],
    ['a form that the relay does not take', [{ status: 400, body: { error: { message: 'response_format is not supported' } } }, { status: 400, body: { error: { message: 'tools are not supported' } } }, '{"a":7}'],
      { ok: true, value: 7 }, ['settled relay-refused-request', 'settled relay-refused-request', 'settled ok']],
  ])('ends well or in words: %s', async (_, script, expected, outcomes) => {
    const { result, rows } = await run(script);
    expect(result).toMatchObject(expected);
    expect(rows).toEqual(outcomes);
  });

  it('reads a tool call of models that know no other form', async () => {
    const call = { model: 'claude-haiku-5.5', choices: [{ finish_reason: 'tool_calls', message: { content: null, tool_calls: [{ function: { name: 'report_tiles', arguments: '{"a":7}' } }] } }] };
    const { result, seen } = await run([{ status: 200, body: call }], { model: 'claude-haiku-5.5' });
    expect(result).toMatchObject({ ok: true, value: 7 });
    expect(Object.keys(seen[0]?.body ?? {})).toContain('tool_choice');
  });

  it('asks once more for an answer that was cut, with more room', async () => {
    const cut = { model: 'm', choices: [{ finish_reason: 'length', message: { content: '{"a":' } }], usage: { prompt_tokens: 9, completion_tokens: 180, total_tokens: 189 } };
    const { result, seen } = await run([{ status: 200, body: cut }, '{"a":7}']);
    expect(result).toMatchObject({ ok: true, value: 7, attempts: 2 });
    expect(seen.map(({ body }) => body['max_completion_tokens'])).toEqual([180, 360]);
  });

  it('sends nothing without a key to a relay on the network, and nothing after a cancel', async () => {
    const book = memoryAttemptBook();
    const { deps, target, seen } = await textRelay(book, () => '{"a":7}');
    expect(await sendText(deps, request(), { ...target, key: null, baseUrl: new URL('https://relay.example/v1') })).toMatchObject({ ok: false, code: 'key-missing', attempts: 0 });
    expect(await sendText(deps, request(), target, { signal: AbortSignal.abort() })).toMatchObject({ ok: false, code: 'cancelled' });
    expect(seen).toEqual([]);
    expect(book.rows.filter(({ state }) => state !== 'void')).toEqual([]);
  });

  it('asks nothing while the relay is paused for the model', async () => {
    const book = memoryAttemptBook();
    const { deps, target, seen } = await textRelay(book, () => down);
    await sendText(deps, request(), target);
    const second = await sendText(deps, request(), target);
    expect(second).toMatchObject({ ok: false });
    const before = seen.length;
    expect(await sendText(deps, request(), target)).toMatchObject({ ok: false, code: 'relay-paused', attempts: 0 });
    expect(seen.length).toBe(before);
  });
});
