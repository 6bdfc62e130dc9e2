import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { phantomRequest } from '../../helpers/phantom-request.ts';
import { hastyClock } from './relay-bench.ts';
import { errorBody, scriptedRelay } from './scripted-relay.ts';
import type { ScriptedAnswer, SeenRequest } from './scripted-relay.ts';

const model = 'gpt-6-luna';
const down: ScriptedAnswer = { status: 500 };
const paused = { code: 'relay-paused', hold: 'offline', fallback: true, scope: 'model' };

/** Answers one after the other, then soundly. */
function script(...answers: readonly (ScriptedAnswer | null)[]): (request: SeenRequest) => ScriptedAnswer | null {
  return ({ index }) => answers[index] ?? null;
}
const times = (answer: ScriptedAnswer, count: number): readonly ScriptedAnswer[] => Array.from({ length: count }, () => answer);

/** A sender whose breaker has just opened. */
async function openBreaker(...then: readonly (ScriptedAnswer | null)[]) {
  const clock = hastyClock();
  const bench = await scriptedRelay(clock, script(...times(down, 5), ...then));
  const request = await phantomRequest(1, model);
  const first = await bench.sender.send(request, bench.target);
  const second = await bench.sender.send(request, bench.target);
  return { ...bench, clock, request, first, second };
}

describe('createRelaySender and the circuit breaker', () => {
  it('stops after five failures; the request in the middle waits instead of leaving a gap', async () => {
    const { first, second, sender, request, target, seen, traffic } = await openBreaker();
    expect(first).toMatchObject({ attempts: 3, stop: null, relayName: 'Scripted relay' });
    expect(second).toMatchObject({ attempts: 2, stop: paused });
    expect(await sender.send(request, target)).toMatchObject({ attempts: 0, stop: paused });
    expect(seen).toHaveLength(5);
    expect(traffic.health(target.id).paused).toMatchObject([{ model, state: 'open' }]);
  });

  it('tests with words alone after 30 s, with a row of its own, and goes on', async () => {
    const { clock, sender, request, target, seen, book, traffic } = await openBreaker();
    await clock.wait(30_000);
    const { answers } = await sender.send(request, target);
    expect([...answers.values()].map(({ state }) => state)).toEqual(['valid']);
    expect(seen.slice(5).map(({ pictures, model: asked }) => [asked, pictures])).toEqual([[model, 0], [model, 1]]);
    const [probe, real] = book.rows.slice(5);
    expect(probe).toMatchObject({ state: 'settled', outcome: 'ok', opening: { purpose: 'probe', requestId: null, readingId: null, forecast: { imageTokens: 0, maxOutputTokens: 16 } } });
    expect(real).toMatchObject({ state: 'settled', outcome: 'ok', opening: { purpose: 'slices', requestId: 'request-1', readingId: 'reading-1' } });
    expect(traffic.health(target.id).paused).toEqual([]);
  });

  it('waits twice as long after a test that fails', async () => {
    const { clock, sender, request, target, seen, book } = await openBreaker(...times(down, 9));
    for (const [seconds, requests] of [[30, 6], [59, 6], [1, 7], [119, 7], [1, 8]] as const) {
      await clock.wait(seconds * 1000);
      expect((await sender.send(request, target)).stop).toMatchObject(paused);
      expect(seen).toHaveLength(requests);
    }
    expect(book.rows.slice(5).map(({ opening }) => opening.purpose)).toEqual(['probe', 'probe', 'probe']);
  });

  it('takes a relay that finds fault with the test’s words for back', async () => {
    const { clock, sender, request, target } = await openBreaker({ status: 400, body: errorBody('messages must hold an image') });
    await clock.wait(30_000);
    expect((await sender.send(request, target)).stop).toBeNull();
  });

  it('sends one test for all requests that wait', async () => {
    const { clock, sender, request, target, seen, inFlight } = await openBreaker();
    await clock.wait(30_000);
    const results = await Promise.all(Array.from({ length: 6 }, () => sender.send(request, target)));
    expect(results.map(({ stop }) => stop)).toEqual(results.map(() => null));
    expect(seen.slice(5).map(({ pictures }) => pictures)).toEqual([0, 1, 1, 1, 1, 1, 1]);
    expect(inFlight.most).toBeLessThanOrEqual(2);
  });

  it('opens after three refusals in a row, and says after the next test what is still the matter', async () => {
    const clock = hastyClock();
    const gone: ScriptedAnswer = { status: 429, body: errorBody('You exceeded your current quota', 'insufficient_quota') };
    const { sender, target, seen } = await scriptedRelay(clock, script(...times(gone, 4)));
    const request = await phantomRequest(1, model);
    const payment = { code: 'relay-payment', hold: 'relay', fallback: true, scope: 'relay' };
    for (const stop of [payment, payment, payment, paused]) expect((await sender.send(request, target)).stop).toMatchObject(stop);
    expect(seen).toHaveLength(3);
    await clock.wait(30_000);
    expect((await sender.send(request, target)).stop).toMatchObject(payment);
    expect(seen).toHaveLength(4);
  });

  it('keeps models apart, and forgets when the relay is changed', async () => {
    const { sender, request, target, traffic } = await openBreaker();
    expect((await sender.send({ ...request, model: 'gpt-6-sol' }, target)).stop).toBeNull();
    expect((await sender.send(request, target)).stop).toMatchObject(paused);
    traffic.reset(target.id);
    expect((await sender.send(request, target)).stop).toBeNull();
  });

  it('hands a test that was called off on to the next request, and books it as what it is', async () => {
    const abort = new AbortController();
    const clock = hastyClock();
    const { sender, target, book } = await scriptedRelay(clock, ({ index }) => {
      if (index === 5) abort.abort();
      return index < 5 ? down : index === 5 ? { hangs: true } : null;
    });
    const request = await phantomRequest(1, model);
    for (let index = 0; index < 2; index += 1) await sender.send(request, target);
    await clock.wait(30_000);
    const [called, next] = await Promise.all([sender.send(request, target, { signal: abort.signal }), sender.send(request, target)]);
    expect(called.stop).toMatchObject(paused);
    expect(next.stop).toBeNull();
    expect(book.rows.slice(5).map(({ opening, state, outcome }) => [opening.purpose, state, outcome])).toEqual([['probe', 'unknown', 'cancelled'], ['probe', 'settled', 'ok'], ['slices', 'settled', 'ok']]);
  });

  it('blames nobody for what broke off while the machine slept', async () => {
    const bench = await scriptedRelay(hastyClock(), () => {
      bench.traffic.resumed();
      void bench.target.transport.dropConnections?.();
      return { hangs: true };
    });
    const request = await phantomRequest(1, model);
    for (let index = 0; index < 6; index += 1) expect((await bench.sender.send(request, bench.target, { unknownRetries: 0 })).stop).toBeNull();
    expect(bench.book.rows.map(({ state, outcome }) => `${state} ${String(outcome)}`)).toEqual(Array.from({ length: 6 }, () => 'unknown relay-cut-off'));
    expect(bench.traffic.health(bench.target.id).paused).toEqual([]);
  });

  it('says when the month’s budget keeps the test from being sent', async () => {
    const { clock, sender, request, target, book, seen } = await openBreaker();
    await clock.wait(30_000);
    Object.assign(book, { reserve: () => Promise.reject(new AppError('budget-reached', 'no')) });
    expect((await sender.send(request, target)).stop).toMatchObject({ code: 'budget-reached', hold: 'budget', fallback: false });
    expect(seen).toHaveLength(5);
  });
});

describe('createRelaySender and the allowance for retries', () => {
  it('fails fast when the whole program has tried again too often', async () => {
    const { sender, target, traffic, seen } = await scriptedRelay(hastyClock(), script(down));
    let taken = 0;
    while (traffic.retries.take()) taken += 1;
    const result = await sender.send(await phantomRequest(1, model), target);
    expect([taken, seen.length, result.attempts, result.stop]).toEqual([20, 1, 1, null]);
  });
});
