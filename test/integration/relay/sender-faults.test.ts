import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { Fault } from '../../../src-main/relay/practice-relay/faults.ts';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { replayAnswer, replayAnswers } from '../../../src-main/relay/replay.ts';
import type { TileRequestResult } from '../../../src-main/relay/relay.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { phantomRequest } from '../../helpers/phantom-request.ts';
import { relayBench } from './relay-bench.ts';

function states(result: TileRequestResult): readonly string[] {
  return [...result.answers.values()].map((answer) => (answer.state === 'valid' ? `valid ${String(answer.regions.length)}` : `${answer.state} ${answer.code}`));
}
const sound = ['valid 1', 'valid 0'];

async function run(script: readonly Fault[], more: Parameters<typeof relayBench>[0] = {}, repeatLast = false) {
  const bench = await relayBench({ faults: { script: [...script], repeatLast }, ...more });
  const result = await bench.sender.send(await phantomRequest(2, more.models === 'any' ? 'gpt-6-luna' : 'practice-vision'), bench.target);
  // Acceptance row 8: no hidden request, no lost row.
  expect(bench.book.sentCount).toBe(bench.relay.requestCount());
  expect(result.attempts).toBe(bench.book.rows.length);
  return { ...bench, result };
}

describe('createRelaySender against a sound relay', () => {
  it('gives every tile its answer, books one settled row and reports what was served', async () => {
    const { result, book } = await run([]);
    expect(states(result)).toEqual(sound);
    expect(result).toMatchObject({ modelServed: 'practice-vision', attempts: 1, sentTiles: true, repaired: false, stop: null });
    const [row] = book.rows;
    expect(row).toMatchObject({ state: 'settled', outcome: 'ok', opening: { relayName: 'practice', model: 'practice-vision', requestId: 'request-1', readingId: 'reading-1' }, end: { httpStatus: 200, billing: 'reported' } });
    // Usage follows the forecast's own formula, so what was reserved is what was used.
    expect(row?.end?.usage).toMatchObject({ inputTokens: row?.opening.forecast.inputTokens, imageTokens: row?.opening.forecast.imageTokens });
  });
  it('says in the profile’s words what is in the tile', async () => {
    const { result } = await run([]);
    const answer = result.answers.get(1);
    const region = answer?.state === 'valid' ? answer.regions[0] : undefined;
    const { attributes } = (await phantomRequest(1)).profile;
    expect(attributes.map(({ name, values }) => values.includes(region?.attributes[name] ?? ''))).toEqual(attributes.map(() => true));
  });
  it('goes down the ladder when the relay refuses a form by name, and remembers', async () => {
    const { result, sender, target, relay, book } = await run([], { formats: ['prompt'] });
    expect(states(result)).toEqual(sound);
    expect(book.rows.map((row) => [row.state, row.outcome, row.end?.billing])).toEqual([
      ['settled', 'relay-refused-request', 'not-billed'], ['settled', 'relay-refused-request', 'not-billed'], ['settled', 'relay-refused-request', 'not-billed'], ['settled', 'ok', 'reported'],
    ]);
    await sender.send(await phantomRequest(1), target);
    expect(relay.requestCount()).toBe(5);
  });
  it.each(['tool', 'json-object', 'json-schema'] as const)('understands answers by %s', async (format) => {
    expect(states((await run([], { formats: [format] })).result)).toEqual(sound);
  });
});

// fault, tiles, requests made, outcomes of the rows, states of the rows
const tables: readonly (readonly [string, readonly Fault[], readonly string[], readonly string[]])[] = [
  ['fenced JSON', [{ kind: 'fenced' }], sound, ['settled ok']],
  ['JSON in prose', [{ kind: 'prose' }], sound, ['settled ok']],
  ['JSON after thinking', [{ kind: 'thinking' }], sound, ['settled ok']],
  ['content in parts', [{ kind: 'parts' }], sound, ['settled ok']],
  ['a byte order mark', [{ kind: 'bom' }], sound, ['settled ok']],
  ['another finish reason', [{ kind: 'finish', reason: 'eos' }], sound, ['settled ok']],
  ['truncated JSON', [{ kind: 'truncated-json' }], sound, ['settled answer-truncated', 'settled ok']],
  ['invalid JSON', [{ kind: 'invalid-json' }], sound, ['settled ok', 'settled ok']],
  ['a blank answer', [{ kind: 'blank' }], sound, ['settled answer-empty', 'settled ok']],
  ['an empty body', [{ kind: 'empty-body' }], sound, ['settled answer-empty', 'settled ok']],
  ['no JSON', [{ kind: 'not-json' }], sound, ['settled answer-not-json', 'settled ok']],
  ['no choices', [{ kind: 'no-choices' }], sound, ['settled answer-empty', 'settled ok']],
  ['another code', [{ kind: 'wrong-code' }], sound, ['settled ok', 'settled ok']],
  ['two answers', [{ kind: 'two-objects' }], sound, ['settled ok', 'settled ok']],
  ['a duplicate key', [{ kind: 'duplicate-key' }], sound, ['settled ok', 'settled ok']],
  ['numbers that slipped', [{ kind: 'foreign-tile' }], sound, ['settled ok', 'settled ok']],
  ['a missing tile', [{ kind: 'missing-tile' }], sound, ['settled ok', 'settled ok']],
  ['a bad tile twice', [{ kind: 'bad-tile' }, { kind: 'bad-tile' }], ['failed answer-invalid', 'valid 0'], ['settled ok', 'settled ok']],
  ['a tile it could not make out', [{ kind: 'unseen-tile' }], ['refused answer-refused', 'valid 0'], ['settled ok']],
  ['blank twice', [{ kind: 'blank' }, { kind: 'blank' }], ['failed answer-empty', 'failed answer-empty'], ['settled answer-empty', 'settled answer-empty']],
  ['a refusal field', [{ kind: 'refusal', how: 'field' }], ['refused answer-refused', 'refused answer-refused'], ['settled answer-refused']],
  ['a content filter', [{ kind: 'refusal', how: 'filter' }], ['refused answer-refused', 'refused answer-refused'], ['settled answer-refused']],
  ['a polite refusal', [{ kind: 'refusal', how: 'prose' }], ['refused answer-refused', 'refused answer-refused'], ['settled ok']],
  ['a model that sees nothing', [{ kind: 'blind' }], ['failed answer-blind', 'failed answer-blind'], ['settled answer-blind']],
  ['a known text-only model instead', [{ kind: 'other-model', model: 'deepseek-v3.2' }], ['failed answer-blind', 'failed answer-blind'], ['settled answer-blind']],
  ['one 503', [{ kind: 'status', status: 503 }], sound, ['settled relay-failed', 'settled ok']],
  ['three 500', [{ kind: 'status', status: 500 }, { kind: 'status', status: 500 }, { kind: 'status', status: 500 }], ['failed relay-failed', 'failed relay-failed'], ['settled relay-failed', 'settled relay-failed', 'settled relay-failed']],
  ['one 409', [{ kind: 'status', status: 409 }, { kind: 'status', status: 409 }], ['failed relay-failed', 'failed relay-failed'], ['settled relay-failed', 'settled relay-failed']],
  ['413', [{ kind: 'status', status: 413 }], sound, ['settled relay-refused-request', 'settled ok', 'settled ok']],
  ['413 for every picture', [{ kind: 'status', status: 413 }, { kind: 'status', status: 413 }, { kind: 'status', status: 413 }], ['failed relay-refused-request', 'failed relay-refused-request'], ['settled relay-refused-request', 'settled relay-refused-request', 'settled relay-refused-request']],
  ['400 that names the images', [{ kind: 'status', status: 400, body: JSON.stringify({ error: { message: 'Too many images in the request' } }) }], sound, ['settled relay-refused-request', 'settled ok', 'settled ok']],
  ['400 that names nothing', [{ kind: 'status', status: 400 }], ['failed relay-refused-request', 'failed relay-refused-request'], ['settled relay-refused-request']],
  ['one 529', [{ kind: 'status', status: 529 }], sound, ['settled relay-failed', 'settled ok']],
  ['one 524', [{ kind: 'status', status: 524 }], sound, ['settled relay-failed', 'settled ok']],
  ['one 499', [{ kind: 'status', status: 499 }], sound, ['settled relay-cut-off', 'settled ok']],
  ['two 499', [{ kind: 'status', status: 499 }, { kind: 'status', status: 499 }], ['failed relay-cut-off', 'failed relay-cut-off'], ['settled relay-cut-off', 'settled relay-cut-off']],
  ['Gemini’s blocked prompt', [{ kind: 'status', status: 400, body: JSON.stringify({ error: { message: 'request blocked by Gemini API: SAFETY', code: 'prompt_blocked' } }) }], ['refused answer-refused', 'refused answer-refused'], ['settled answer-refused']],
  ['Gemini’s empty response', [{ kind: 'status', status: 500, body: JSON.stringify({ error: { message: 'empty response' } }) }], ['failed answer-empty', 'failed answer-empty'], ['settled answer-empty']],
  ['an answer cut off', [{ kind: 'cut', afterBytes: 40 }], sound, ['unknown relay-cut-off', 'settled ok']],
  ['a reset before the answer', [{ kind: 'reset' }], sound, ['unknown relay-cut-off', 'settled ok']],
  ['two answers cut off', [{ kind: 'cut', afterBytes: 40 }, { kind: 'reset' }], ['failed relay-cut-off', 'failed relay-cut-off'], ['unknown relay-cut-off', 'unknown relay-cut-off']],
  ['a body of 100 MB', [{ kind: 'huge', bytes: 100_000_000 }], ['failed relay-answer-too-large', 'failed relay-answer-too-large'], ['unknown relay-answer-too-large']],
  ['a gzip bomb', [{ kind: 'gzip-bomb', bytes: 50_000_000 }], ['failed relay-answer-too-large', 'failed relay-answer-too-large'], ['unknown relay-answer-too-large']],
];

describe('createRelaySender against faults', () => {
  it.each(tables)('%s', async (_, script, tiles, rows) => {
    const { result, book } = await run(script);
    expect(states(result)).toEqual(tiles);
    expect(book.rows.map((row) => `${row.state} ${String(row.outcome)}`)).toEqual(rows);
    expect(result.stop).toBeNull();
  });

  it.each([
    [{ kind: 'status', status: 401 }, 'relay-unauthorised', 'relay', 'not-billed'], [{ kind: 'status', status: 403 }, 'relay-unauthorised', 'relay', 'not-billed'],
    [{ kind: 'status', status: 402 }, 'relay-payment', 'relay', 'not-billed'], [{ kind: 'html' }, 'relay-portal', 'offline', 'not-billed'],
    [{ kind: 'error-in-200', shape: 0, message: 'insufficient_quota' }, 'relay-payment', 'relay', 'possible'],
  ] as const)('stops after %o', async (fault, code, hold, billing) => {
    const { result, book } = await run([fault]);
    expect(result).toMatchObject({ attempts: 1, stop: { code, hold } });
    expect(states(result)).toEqual([`failed ${code}`, `failed ${code}`]);
    expect(book.rows[0]?.end).toMatchObject({ outcome: code, billing });
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('never takes a 200 with one-api error shape %i for an answer', async (shape) => {
    const { result, book } = await run([{ kind: 'error-in-200', shape }], {}, true);
    expect(states(result)).toEqual(['failed relay-failed', 'failed relay-failed']);
    expect(book.rows.map((row) => row.end?.billing)).toEqual(['possible', 'possible', 'possible']);
  });

  it.each(['missing', 'zero', 'negative', 'string', 'huge', 'mismatch'] as const)('uses an answer whose usage is %s and leaves the cost to the forecast', async (how) => {
    const { result, book } = await run([{ kind: 'usage', how }]);
    expect(states(result)).toEqual(sound);
    expect(book.rows[0]?.end).toMatchObject({ usage: null, billing: 'reported', outcome: 'ok' });
  });

  it('stores the model that was served', async () => {
    const { result, book } = await run([{ kind: 'other-model', model: 'gpt-6-luna<script>' }]);
    expect([result.modelServed, book.rows[0]?.end?.modelServed]).toEqual(['gpt-6-lunascript', 'gpt-6-lunascript']);
  });

  it('asks again only for the tiles without an answer, and replays the stored bodies to the same end', async () => {
    const { result, book } = await run([{ kind: 'missing-tile' }]);
    const [whole, rest] = book.rows.map((row) => row.opening.forecast.imageTokens);
    expect(rest).toBe((whole ?? 0) / 2);
    expect(rest).toBeGreaterThan(0);
    const request = await phantomRequest();
    const replayed = replayAnswers(request, book.rows.map((row) => ({ model: request.model, body: row.end?.responseBody ?? '' })), shippedCatalogue());
    expect(replayed).toEqual(result.answers);
  });

  it('replays a blind answer as blind and nonsense as failed', async () => {
    const { book } = await run([{ kind: 'blind' }]);
    const request = await phantomRequest();
    expect(replayAnswer(request, book.rows[0]?.end?.responseBody ?? '', shippedCatalogue()).answers.get(1)).toEqual({ state: 'failed', code: 'answer-blind' });
    expect(replayAnswer(request, 'nonsense', shippedCatalogue()).answers.get(2)).toEqual({ state: 'failed', code: 'answer-not-json' });
  });
});

describe('createRelaySender and time', () => {
  it.each([['120', 120_500], ['9999', 600_500], ['99999', 600_500], ['-5', 1500], ['0', 1500]])('after 429 with Retry-After %s waits %i ms and gives its slot back meanwhile', async (retryAfter, waitMs) => {
    const { clock, limiter, result } = await run([{ kind: 'status', status: 429, headers: { 'retry-after': retryAfter } }]);
    expect(clock.waits).toEqual([waitMs]);
    expect(states(result)).toEqual(sound);
    expect([limiter.inFlight, limiter.limit]).toEqual([0, 2]);
    // Halved to one, and grown again by the one clean answer.
  });
  it('gives up after three 429', async () => {
    const { result, relay } = await run([{ kind: 'status', status: 429 }], {}, true);
    expect(relay.requestCount()).toBe(3);
    expect(states(result)).toEqual(['failed relay-rate-limited', 'failed relay-rate-limited']);
    // It passes by itself: the reading waits instead of leaving a gap.
    expect(result.stop).toMatchObject({ code: 'relay-rate-limited', hold: 'offline', fallback: true, scope: 'model' });
  });
  it('holds no slot while it waits', async () => {
    const clock = manualClock();
    const { sender, target, limiter, relay, book } = await relayBench({ faults: { script: [{ kind: 'status', status: 503 }] } }, { clock });
    const retrying = Promise.withResolvers<undefined>();
    const sending = sender.send(await phantomRequest(1), target, { onAttempt: (state) => { if (state === 'retrying') retrying.resolve(undefined); } });
    await retrying.promise;
    await new Promise((resolve) => { setImmediate(resolve); });
    expect([limiter.inFlight, relay.requestCount()]).toEqual([0, 1]);
    clock.advance(30_000);
    expect((await sending).attempts).toBe(2);
    expect(book.rows).toHaveLength(2);
  });
  it('books a request that the relay never answers as unknown', async () => {
    const deadline = manualClock();
    const arrived = Promise.withResolvers<undefined>();
    const { sender, target, book } = await relayBench({ faults: { script: [{ kind: 'stall' }] }, onRequest: () => { arrived.resolve(undefined); } });
    const sending = sender.send(await phantomRequest(1), { ...target, transport: createNodeTransport({ clock: deadline }) }, { unknownRetries: 0 });
    await arrived.promise;
    deadline.advance(180_000);
    expect(states(await sending)).toEqual(['failed relay-timeout']);
    expect(book.rows.map((row) => row.state)).toEqual(['unknown']);
  });
});

describe('createRelaySender and the shared limiter', () => {
  it('never has more requests on their way than the limit, over all requests of the program', async () => {
    const { sender, target, limiter, relay, book } = await relayBench({ faults: { seed: 3, rate: 0.4, faults: [{ kind: 'status', status: 400 }, { kind: 'blank' }] } });
    limiter.resize(3);
    let onTheirWay = 0;
    let most = 0;
    const transport: typeof target.transport = {
      async send(call) {
        onTheirWay += 1;
        most = Math.max(most, onTheirWay);
        return target.transport.send(call).finally(() => { onTheirWay -= 1; });
      },
    };
    const request = await phantomRequest(1);
    const results = await Promise.all(Array.from({ length: 20 }, () => sender.send(request, { ...target, transport })));
    expect(most).toBe(3);
    expect(results.reduce((sum, result) => sum + result.attempts, 0)).toBe(relay.requestCount());
    expect(book.rows).toHaveLength(relay.requestCount());
    expect(book.rows.every((row) => row.state === 'settled' || row.state === 'unknown')).toBe(true);
    expect(limiter.inFlight).toBe(0);
  });
});

describe('createRelaySender before anything is sent', () => {
  it('voids what could not be connected, three times, and holds for the network', async () => {
    const { sender, target, book, relay } = await relayBench();
    await relay.close();
    const result = await sender.send(await phantomRequest(), target);
    expect(book.rows.map((row) => `${row.state} ${String(row.outcome)}`)).toEqual(['void relay-unreachable', 'void relay-unreachable', 'void relay-unreachable']);
    expect(result).toMatchObject({ attempts: 3, sentTiles: false, stop: { code: 'relay-unreachable', hold: 'offline' } });
    expect(book.sentCount).toBe(0);
  });
  it.each([['budget-reached', 'budget'], ['database-full', 'disk']] as const)('sends nothing when the ledger says %s', async (code, hold) => {
    const { sender, target, relay } = await relayBench({}, { bookFaults: { reserve: () => new AppError(code, 'no') } });
    const result = await sender.send(await phantomRequest(), target);
    expect(result).toMatchObject({ attempts: 0, sentTiles: false, stop: { code, hold } });
    expect(relay.requestCount()).toBe(0);
  });
  it('keeps what it has when the budget ends between two attempts', async () => {
    const { sender, target } = await relayBench({ faults: { script: [{ kind: 'missing-tile' }] } }, { bookFaults: { reserve: (index) => (index === 1 ? new AppError('budget-reached', 'no') : null) } });
    const result = await sender.send(await phantomRequest(), target);
    expect(states(result)).toEqual(['failed budget-reached', 'valid 0']);
    expect(result.stop).toMatchObject({ code: 'budget-reached', hold: 'budget' });
  });
  it('sends nothing when the row cannot be marked as sent', async () => {
    const { sender, target, relay, book } = await relayBench({}, { bookFaults: { markSent: () => Promise.reject(new AppError('database-full', 'no')) } });
    const result = await sender.send(await phantomRequest(), target);
    expect(result.stop).toMatchObject({ code: 'database-full', hold: 'disk' });
    expect([relay.requestCount(), book.rows[0]?.state]).toEqual([0, 'void']);
  });
  it('stops when an answer cannot be stored', async () => {
    const { sender, target, book } = await relayBench({}, { bookFaults: { settle: () => new AppError('database-full', 'no') } });
    const result = await sender.send(await phantomRequest(), target);
    expect(result.stop).toMatchObject({ code: 'database-full' });
    expect(book.rows.map((row) => row.state)).toEqual(['sent']);
  });
  it.each([
    ['deepseek-v3.2', false, 'sk-x', 'model-without-vision', 'relay'], ['gpt-6-luna', true, 'sk-x', 'relay-model-unknown', 'relay'], ['practice-vision', false, 'sk-x', 'relay-model-unknown', 'relay'],
    ['practice-vision', true, 'a\nb', 'key-malformed', 'keychain'],
  ] as const)('refuses %s (practice %s, key %j) as %s', async (model, practice, key, code, hold) => {
    const { sender, target, relay, book } = await relayBench();
    const result = await sender.send(await phantomRequest(1, model), { ...target, practice, key });
    expect(result.stop).toMatchObject({ code, hold, said: null });
    expect([relay.requestCount(), book.rows.length]).toEqual([0, 0]);
  });
  it('asks for a key before it talks to another machine', async () => {
    const { sender, target } = await relayBench();
    const result = await sender.send(await phantomRequest(1, 'gpt-6-luna'), { ...target, practice: false, key: null, baseUrl: new URL('https://relay.invalid/v1') });
    expect(result.stop).toEqual({ code: 'key-missing', hold: 'keychain', fallback: false, scope: 'relay', said: null });
  });
  it('says what the relay said, without the key', async () => {
    const { result, target } = await run([{ kind: 'status', status: 401, body: JSON.stringify({ error: { message: 'Bad key TOKEN here' } }) }], { token: 'TOKEN' });
    expect(target.key).toBe('TOKEN');
    expect(result.stop?.said).toBe('Bad key [key] here');
  });
});
