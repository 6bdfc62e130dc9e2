import { describe, expect, it } from 'vitest';
import type { TileRequestResult } from '../../../src-main/relay/relay.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { phantomRequest } from '../../helpers/phantom-request.ts';
import { hastyClock } from './relay-bench.ts';
import { errorBody, scriptedRelay } from './scripted-relay.ts';

const model = 'gpt-6-luna';
const tooMany = { status: 413, body: errorBody('Request entity too large') };
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

function states({ answers }: TileRequestResult): readonly string[] {
  return [...new Set([...answers.values()].map((answer) => (answer.state === 'valid' ? 'valid' : answer.code)))];
}

describe('createRelaySender and relays that take fewer pictures', () => {
  it('halves until it fits, and begins with what fits the next time', async () => {
    const { sender, target, seen, book } = await scriptedRelay(hastyClock(), ({ pictures }) => (pictures > 3 ? tooMany : null));
    const request = await phantomRequest(8, model);
    const first = await sender.send(request, target);
    expect([states(first), first.attempts, first.stop]).toEqual([['valid'], 7, null]);
    expect(seen.map(({ pictures }) => pictures)).toEqual([8, 4, 2, 2, 4, 2, 2]);
    expect(seen.filter(({ pictures }) => pictures === 2).flatMap(({ numbers }) => numbers)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(book.rows.map(({ end }) => end?.billing)).toEqual(['not-billed', 'not-billed', 'reported', 'reported', 'not-billed', 'reported', 'reported']);
    await sender.send(request, target);
    expect(seen.slice(7).map(({ pictures }) => pictures)).toEqual([2, 2, 2, 2]);
  });

  it('gives up a picture that alone is too large, and reads the others', async () => {
    const { sender, target, seen } = await scriptedRelay(hastyClock(), ({ numbers }) => (numbers.includes(2) ? { status: 400, body: errorBody('image exceeds 5 MB maximum') } : null));
    const result = await sender.send(await phantomRequest(4, model), target);
    expect([...result.answers].map(([number, { state }]) => [number, state])).toEqual([[1, 'valid'], [2, 'failed'], [3, 'valid'], [4, 'valid']]);
    expect(seen.map(({ numbers }) => numbers)).toEqual([[1, 2, 3, 4], [1, 2], [1], [2], [3, 4]]);
  });

  it('sends a later attempt only the pictures that hold a tile without a valid answer, with all their numbers', async () => {
    const { sender, target, seen } = await scriptedRelay(hastyClock(), ({ index, numbers }) => {
      if (index > 0) return null;
      const content = JSON.stringify({ request: 'n0nce5ab', seen: numbers.filter((number) => number !== 4), unclear: [], regions: [] });
      return { body: { model, choices: [{ finish_reason: 'stop', message: { content } }], usage: { prompt_tokens: 50_000, completion_tokens: 50, total_tokens: 50_050 } } };
    });
    const result = await sender.send(await phantomRequest(6, model, 2), target);
    expect(states(result)).toEqual(['valid']);
    expect(seen.map(({ numbers, pictures }) => [numbers, pictures])).toEqual([[[1, 2, 3, 4, 5, 6], 3], [[3, 4], 1]]);
  });

  it('never makes more than twelve HTTP requests of one', async () => {
    const { sender, target, seen } = await scriptedRelay(hastyClock(), () => tooMany);
    const result = await sender.send(await phantomRequest(16, model), target);
    expect([states(result), seen.length]).toEqual([['relay-refused-request'], 12]);
  });
});

describe('createRelaySender and what a relay says of its limits', () => {
  it('lets a request wait, without a slot, until there are tokens for it', async () => {
    const clock = manualClock();
    const said = { 'x-ratelimit-limit-tokens': '200000', 'x-ratelimit-remaining-tokens': '100', 'x-ratelimit-reset-tokens': '6m0s' };
    const { sender, target, traffic, seen } = await scriptedRelay(clock, ({ index }) => (index === 0 ? { headers: said } : null));
    const request = await phantomRequest(1, model);
    await sender.send(request, target);
    const states: string[] = [];
    const waiting = sender.send(request, target, { onAttempt: (state) => states.push(state) });
    await settled();
    clock.advance(359_999);
    await settled();
    expect([seen.length, traffic.lane(target.id).limiter.inFlight, states]).toEqual([1, 0, ['waiting']]);
    clock.advance(1);
    expect((await waiting).stop).toBeNull();
    expect(seen).toHaveLength(2);
  });

  it('makes nobody wait for what Azure fills in with -1 and 0', async () => {
    const said = { 'x-ratelimit-limit-tokens': '-1', 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-limit-requests': '0', 'x-ratelimit-remaining-requests': '-1', 'x-ratelimit-reset-requests': '0' };
    const clock = hastyClock();
    const { sender, target } = await scriptedRelay(clock, () => ({ headers: said }));
    const request = await phantomRequest(1, model);
    for (let index = 0; index < 3; index += 1) await sender.send(request, target);
    expect(clock.waits).toEqual([]);
  });

  it('lets everybody wait after a 429, as long as Gemini’s body asks', async () => {
    const clock = manualClock();
    const body = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'You exceeded your current quota', details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' }] } };
    const { sender, target, seen, traffic } = await scriptedRelay(clock, ({ index }) => (index === 0 ? { status: 429, body } : null));
    const request = await phantomRequest(1, model);
    const retrying = Promise.withResolvers<undefined>();
    const first = sender.send(request, target, { onAttempt: (state) => { if (state === 'retrying') retrying.resolve(undefined); } });
    await retrying.promise;
    const second = sender.send(request, target);
    await settled();
    clock.advance(33_999);
    await settled();
    expect([seen.length, traffic.lane(target.id).limiter.inFlight]).toEqual([1, 0]);
    clock.advance(1);
    expect((await second).stop).toBeNull();
    clock.advance(1000);
    expect((await first).stop).toBeNull();
    expect(seen).toHaveLength(3);
  });

  it('never has more on their way than the limit of the moment, whatever the relay answers', async () => {
    const statuses = [200, 429, 200, 503, 200, 200, 529, 200];
    const bench = await scriptedRelay(hastyClock(), async ({ index }) => {
      const { limiter } = bench.traffic.lane(bench.target.id);
      if (limiter.inFlight > Math.max(limiter.limit, before)) excess += 1;
      before = limiter.inFlight;
      await settled();
      return { status: statuses[index % statuses.length] ?? 200 };
    }, 4);
    let excess = 0;
    let before = 0;
    const request = await phantomRequest(1, model);
    await Promise.all(Array.from({ length: 24 }, () => bench.sender.send(request, bench.target)));
    expect([excess, bench.inFlight.most <= 4]).toEqual([0, true]);
    expect(bench.book.rows.every(({ state }) => state === 'settled')).toBe(true);
    expect(bench.traffic.lane(bench.target.id).limiter.inFlight).toBe(0);
  });

  it('gives every relay a limit of its own, and shows how it does', async () => {
    const { sender, target, traffic } = await scriptedRelay(hastyClock(), () => null);
    const request = await phantomRequest(1, model);
    for (let index = 0; index < 2; index += 1) await sender.send(request, target);
    expect(traffic.health(target.id)).toEqual({ latencyMs: 0, requestsInFlight: 0, limit: 3, paused: [] });
    expect(traffic.health('another')).toEqual({ latencyMs: null, requestsInFlight: 0, limit: 2, paused: [] });
    traffic.resize(2);
    expect(traffic.health(target.id).limit).toBe(2);
  });
});

describe('createRelaySender and extra headers', () => {
  it('sends them with every request, and none in place of its own', async () => {
    const { sender, target, seen } = await scriptedRelay(hastyClock(), () => null);
    await sender.send(await phantomRequest(1, model), { ...target, extraHeaders: { 'x-portkey-provider': 'openai', authorization: 'Bearer other', accept: 'text/html' } });
    expect(seen[0]?.headers).toMatchObject({ 'x-portkey-provider': 'openai', authorization: 'Bearer k', accept: 'application/json' });
  });
});
