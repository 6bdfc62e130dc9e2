import { describe, expect, it } from 'vitest';
import { relayTitle } from '../../../src-shared/domain/relay-title.ts';

describe('relayTitle', () => {
  it.each([['', 'host'], ['  ', 'host'], [' Ours ', 'Ours']])('of %j is %s', (name, title) => {
    expect(relayTitle({ name }, 'host')).toBe(title);
  });
});
