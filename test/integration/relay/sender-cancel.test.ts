import { describe, expect, it } from 'vitest';
import type { TileRequestResult } from '../../../src-main/relay/relay.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { phantomRequest } from '../../helpers/phantom-request.ts';
import { relayBench } from './relay-bench.ts';

function states({ answers }: TileRequestResult): readonly string[] {
  return [...answers.values()].map((answer) => (answer.state === 'valid' ? `valid ${String(answer.regions.length)}` : `${answer.state} ${answer.code}`));
}

describe('createRelaySender when cancelled', () => {
  it('leaves an unsent request unsent', async () => {
    const { sender, target, relay, book } = await relayBench();
    const result = await sender.send(await phantomRequest(), target, { signal: AbortSignal.abort() });
    expect(states(result)).toEqual(['failed cancelled', 'failed cancelled']);
    expect([result.stop, relay.requestCount(), book.rows.length]).toEqual([null, 0, 0]);
  });
  it('voids a request that had its row but no byte on the way', async () => {
    const abort = new AbortController();
    const { sender, target, book, relay } = await relayBench();
    const result = await sender.send(await phantomRequest(), target, { signal: abort.signal, onAttempt: (state) => { if (state === 'sending') abort.abort(); } });
    expect(book.rows.map((row) => `${row.state} ${String(row.outcome)}`)).toEqual(['void cancelled']);
    expect([result.sentTiles, relay.requestCount()]).toEqual([false, 0]);
  });
  it('drains an answer that is on its way, so that its cost is known', async () => {
    const abort = new AbortController();
    const { sender, target, book } = await relayBench({ onRequest: () => { abort.abort(); } }, { clock: manualClock() });
    const result = await sender.send(await phantomRequest(), target, { signal: abort.signal });
    expect(book.rows.map((row) => `${row.state} ${String(row.outcome)}`)).toEqual(['settled ok']);
    expect(states(result)).toEqual(['valid 1', 'valid 0']);
  });
  it('books it as unknown, never as nothing, when the answer does not come in time', async () => {
    const abort = new AbortController();
    const clock = manualClock();
    const arrived = Promise.withResolvers<undefined>();
    const { sender, target, book } = await relayBench({ faults: { script: [{ kind: 'stall' }] }, onRequest: () => { arrived.resolve(undefined); } }, { clock, drainMs: 5000 });
    const sending = sender.send(await phantomRequest(), target, { signal: abort.signal });
    await arrived.promise;
    abort.abort();
    clock.advance(5000);
    expect(states(await sending)).toEqual(['failed cancelled', 'failed cancelled']);
    expect(book.rows.map((row) => `${row.state} ${String(row.outcome)}`)).toEqual(['unknown cancelled']);
  });
});
