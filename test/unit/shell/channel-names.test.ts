import { describe, expect, it } from 'vitest';
import { callNames, eventNames } from '../../../src-shared/ipc/channel-names.ts';
import { calls } from '../../../src-shared/ipc/contract.ts';

describe('callNames', () => {
  it('names every call of the contract once', () => {
    expect([...callNames].sort()).toEqual(Object.keys(calls).sort());
  });

  it('shares no name with the events and not "on"', () => {
    expect(callNames.filter((name) => (eventNames as readonly string[]).includes(name) || (name as string) === 'on')).toEqual([]);
  });
});
