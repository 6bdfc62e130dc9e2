import { describe, expect, it } from 'vitest';
import { nextWay, reasonFor, waysFor } from '../../../src-main/relay/fallback.ts';
import type { GivenUpWay } from '../../../src-main/relay/fallback.ts';

const names = (ways: readonly { readonly relayId: string; readonly model: string }[]): readonly string[] => ways.map(({ relayId, model }) => `${relayId}/${model}`);
const gone = (relayId: string, model: string, scope: 'relay' | 'model'): GivenUpWay => ({ relayId, model, scope, code: 'relay-failed', hold: 'relay' });

describe('waysFor', () => {
  it('asks the chosen model on every relay in order, then what is allowed, nothing twice', () => {
    const allowed = [{ relayId: 'b', model: 'm' }, { relayId: 'a', model: 'n' }, { relayId: 'c', model: 'n' }, { relayId: 'b', model: 'n' }];
    expect(names(waysFor('m', ['a', 'b'], allowed))).toEqual(['a/m', 'b/m', 'a/n', 'b/n']);
  });
  it('never invents a model', () => {
    expect(names(waysFor('m', ['a'], []))).toEqual(['a/m']);
  });
});

describe('nextWay', () => {
  const ways = waysFor('m', ['a', 'b'], [{ relayId: 'a', model: 'n' }]);
  it.each([
    [[], 'a/m'], [[gone('a', 'm', 'model')], 'b/m'], [[gone('a', 'm', 'relay')], 'b/m'], [[gone('a', 'm', 'model'), gone('b', 'm', 'model')], 'a/n'],
    [[gone('a', 'm', 'relay'), gone('b', 'm', 'model')], null], [[gone('c', 'm', 'relay')], 'a/m'],
  ] as const)('after %o goes on with %s', (givenUp, next) => {
    const way = nextWay(ways, givenUp);
    expect(way === null ? null : names([way])[0]).toBe(next);
  });
  it('knows why a way was given up', () => {
    const reason = gone('a', 'm', 'relay');
    expect(reasonFor({ relayId: 'a', model: 'n' }, [reason])).toBe(reason);
    expect(reasonFor({ relayId: 'b', model: 'm' }, [reason])).toBeNull();
  });
});
