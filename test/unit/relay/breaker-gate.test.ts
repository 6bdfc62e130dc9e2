import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBreakerGate } from '../../../src-main/relay/breaker-gate.ts';
import type { ProbeResult } from '../../../src-main/relay/breaker-gate.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

const settled = () => new Promise((resolve) => { setImmediate(resolve); });
const never = () => Promise.reject(new Error('no test was due'));

function openGate() {
  const clock = manualClock();
  const gate = createBreakerGate(clock);
  for (let index = 0; index < 5; index += 1) gate.note('failed');
  return { clock, gate };
}

describe('createBreakerGate', () => {
  it('lets requests pass without a test, and none once it is open', async () => {
    const { gate } = openGate();
    expect(await createBreakerGate(manualClock()).admit(never)).toBe(true);
    expect(await gate.admit(never)).toBe(false);
  });
  it.each([['good', true, 'closed'], ['failed', false, 'open'], ['undecided', false, 'open']] as const)('after a test that is %s says %s and is %s', async (result, admitted, kind) => {
    const { gate, clock } = openGate();
    clock.advance(30_000);
    expect(await gate.admit(() => Promise.resolve(result))).toBe(admitted);
    expect(gate.state.kind).toBe(kind);
  });
  it('makes one test for all who wait', async () => {
    const { gate, clock } = openGate();
    clock.advance(30_000);
    const probe = Promise.withResolvers<ProbeResult>();
    let probes = 0;
    const all = Array.from({ length: 6 }, () => gate.admit(() => { probes += 1; return probe.promise; }));
    await settled();
    expect([probes, gate.state.kind]).toEqual([1, 'half-open']);
    probe.resolve('good');
    expect(await Promise.all(all)).toEqual([true, true, true, true, true, true]);
  });
  it('hands the test on when the first one is called off', async () => {
    const { gate, clock } = openGate();
    clock.advance(30_000);
    const first = Promise.withResolvers<ProbeResult>();
    const one = gate.admit(() => first.promise);
    const other = gate.admit(() => Promise.resolve('good'));
    first.resolve('undecided');
    expect([await one, await other]).toEqual([false, true]);
  });
  it('stays usable when a test throws', async () => {
    const { gate, clock } = openGate();
    clock.advance(30_000);
    await expect(gate.admit(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await gate.admit(() => Promise.resolve('good'))).toBe(true);
  });
  it('forgets when told to', async () => {
    const { gate } = openGate();
    gate.reset();
    expect(await gate.admit(never)).toBe(true);
  });

  it('never has two tests on their way, and none while it is closed, whatever happens', async () => {
    const step = fc.constantFrom('admit', 'failed', 'good', 'refused', 'pass', 'probe-good', 'probe-failed', 'probe-undecided', 'reset');
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const clock = manualClock();
      const gate = createBreakerGate(clock);
      const probes: ((result: ProbeResult) => void)[] = [];
      let most = 0;
      for (const name of steps) {
        if (name === 'admit') {
          void gate.admit(() => new Promise((resolve) => {
            probes.push(resolve);
            most = Math.max(most, probes.length);
            expect(gate.state.kind).toBe('half-open');
          }));
        } else if (name === 'pass') clock.advance(45_000);
        else if (name === 'reset') gate.reset();
        else if (name === 'probe-good' || name === 'probe-failed' || name === 'probe-undecided') probes.shift()?.(name === 'probe-good' ? 'good' : name === 'probe-failed' ? 'failed' : 'undecided');
        else gate.note(name);
        await settled();
      }
      expect(most).toBeLessThanOrEqual(1);
    }), { numRuns: 60 });
  });
});
