import { describe, expect, it } from 'vitest';
import { faultKinds, faultsNamed, nameOfFault } from '../../../../src-main/relay/practice-relay/fault-names.ts';
import { faultPlanSchema, faultsFor } from '../../../../src-main/relay/practice-relay/faults.ts';

describe('faultsNamed', () => {
  it.each([
    ['fenced', [{ kind: 'fenced' }]], ['status:503', [{ kind: 'status', status: 503 }]], ['usage:missing', [{ kind: 'usage', how: 'missing' }]], ['redirect:http://127.0.0.1:9/v1', [{ kind: 'redirect', location: 'http://127.0.0.1:9/v1' }]],
    ['fenced+usage:zero+deep-nesting:5000', [{ kind: 'fenced' }, { kind: 'usage', how: 'zero' }, { kind: 'deep-nesting', depth: 5000 }]],
  ])('reads %s, and names it so again', (name, faults) => {
    expect(faultsNamed(name)).toEqual(faults);
    expect(faultsNamed(name).map(nameOfFault).join('+')).toBe(name);
  });
  it.each(['', 'nothing-like-that', 'status', 'status:x', 'status:99', 'usage:odd', 'fenced:3', 'cut:-1'])('refuses %j', (name) => {
    expect(() => faultsNamed(name)).toThrow();
  });
  it('knows every kind by name', () => {
    const values: Readonly<Record<string, string>> = { usage: 'missing', refusal: 'field', 'hostile-words': 'html', 'hostile-around': 'html', status: '500', finish: 'x', 'other-model': 'x', redirect: 'x', headers: '' };
    for (const kind of faultKinds()) {
      if (kind === 'headers') continue;
      const [fault] = [`${kind}:${values[kind] ?? '1'}`, kind].flatMap((name) => {
        try { return faultsNamed(name); } catch { return []; }
      });
      expect(fault?.kind).toBe(kind);
    }
    expect(faultKinds().length).toBeGreaterThanOrEqual(60);
  });
});

describe('faultsFor', () => {
  const fenced = { kind: 'fenced' } as const;
  const blank = { kind: 'blank' } as const;
  it('goes by order of arrival, with one fault or several', () => {
    const plan = faultPlanSchema.parse({ script: [fenced, [fenced, blank]] });
    expect([0, 1, 2].map((index) => faultsFor(plan, index))).toEqual([[fenced], [fenced, blank], []]);
    expect(faultsFor({ script: [blank], repeatLast: true }, 7)).toEqual([blank]);
    expect(faultsFor(undefined, 0)).toEqual([]);
  });
  it('draws the same from the same seed, at the rate that is asked for', () => {
    const plan = faultPlanSchema.parse({ seed: 7, rate: 0.25, faults: [fenced, [fenced, blank]] });
    const drawn = Array.from({ length: 1000 }, (_, index) => faultsFor(plan, index));
    expect(Array.from({ length: 1000 }, (_, index) => faultsFor(plan, index))).toEqual(drawn);
    const share = drawn.filter((faults) => faults.length > 0).length / 1000;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.05);
  });
});
