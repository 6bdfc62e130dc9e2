import { describe, expect, it } from 'vitest';
import { createRelayWatch } from '../../../src-main/relay/relay-watch.ts';
import type { RelayCheck } from '../../../src-shared/domain/views.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

/** A watch over a relay that answers what the test says; looks and returns are written down with their time. */
function bench() {
  const clock = manualClock();
  const answer: { state: RelayCheck['state'] | null | 'throws' } = { state: 'unreachable' };
  const looks: number[] = [];
  const back: string[] = [];
  const watch = createRelayWatch({
    clock,
    look() {
      looks.push(clock.monotonicMs() / 1000);
      return answer.state === 'throws' ? Promise.reject(new Error('locked')) : Promise.resolve(answer.state);
    },
    onBack: (relayId) => { back.push(relayId); },
  });
  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1000);
      await settled();
    }
  }
  return { watch, answer, looks, back, pass };
}

describe('createRelayWatch', () => {
  it('looks after 15 s, then twice as long each time up to 5 min, once for each relay', async () => {
    const { watch, looks, pass } = bench();
    watch.lost('a');
    watch.lost('a');
    await pass(1400);
    expect(looks).toEqual([15, 45, 105, 225, 465, 765, 1065, 1365]);
    watch.stop();
  });
  it.each(['ok', 'practice', 'unauthorised'] as const)('takes a relay that says %s for back, once', async (state) => {
    const { watch, answer, looks, back, pass } = bench();
    watch.lost('a');
    await pass(20);
    answer.state = state;
    await pass(1000);
    expect([looks, back, watch.isLost('a')]).toEqual([[15, 45], ['a'], false]);
  });
  it.each(['portal', 'proxy', 'tls', 'refused', 'unreachable', 'throws'] as const)('goes on looking after %s', async (state) => {
    const { watch, answer, looks, back, pass } = bench();
    answer.state = state;
    watch.lost('a');
    await pass(120);
    expect([looks.length, back, watch.isLost('a')]).toEqual([3, [], true]);
    watch.stop();
  });
  it('looks at once when asked, and is patient anew', async () => {
    const { watch, looks, pass } = bench();
    watch.lost('a');
    await pass(200);
    watch.lookNow();
    await settled();
    await pass(50);
    expect(looks).toEqual([15, 45, 105, 200, 215, 245]);
    watch.stop();
  });
  it('hears from others that the relay answers', async () => {
    const { watch, looks, back, pass } = bench();
    watch.lost('a');
    watch.seen('a', 'portal');
    watch.seen('b', 'ok');
    expect(back).toEqual([]);
    watch.seen('a', 'ok');
    await pass(100);
    expect([looks, back]).toEqual([[], ['a']]);
  });
  it('forgets a relay that is no longer set up', async () => {
    const { watch, answer, looks, back, pass } = bench();
    answer.state = null;
    watch.lost('a');
    await pass(100);
    expect([looks, back, watch.isLost('a')]).toEqual([[15], [], false]);
  });
  it('looks for nothing after its end', async () => {
    const { watch, looks, pass } = bench();
    watch.lost('a');
    watch.stop();
    watch.lost('b');
    await pass(100);
    expect([looks, watch.isLost('b')]).toEqual([[], false]);
  });
});
