import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastFourOf, relayKeyFrom } from '../../../src-main/platform/relay-key-text.ts';

describe('relayKeyFrom', () => {
  it.each([
    ['sk-1', 'sk-1'], ['  sk-1\r\n', 'sk-1'], ['~!"#', '~!"#'], ['k'.repeat(1024), 'k'.repeat(1024)],
  ])('takes %j', (text, key) => {
    expect(relayKeyFrom(text)).toBe(key);
  });

  it.each(['', '   ', 'a\0b', 'sk-1\nX-Admin: 1', 'sk-1\r\nHost: x', 'two words', 'schlüssel', '🔑', 'k'.repeat(1025), 'k'.repeat(3000), 'a\tb', 'a\x7f'])(
    'refuses %j', (text) => {
      expect(() => relayKeyFrom(text)).toThrow(expect.objectContaining({ code: 'key-malformed' }));
    });

  it('never passes anything that could split a header, nor repeats the text in its message', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      try {
        expect(relayKeyFrom(text)).toMatch(/^[\x21-\x7e]{1,1024}$/);
      } catch (error) {
        const { message } = error as Error;
        expect(['the key is empty', 'the key holds a space, a line break or a character outside ASCII']).toContain(message);
      }
    }));
  });
});

describe('lastFourOf', () => {
  it.each([['sk-0123456789', '6789'], ['123456789012', '9012'], ['12345678901', null], ['1', null]])('of %j is %j', (key, lastFour) => {
    expect(lastFourOf(key)).toBe(lastFour);
  });
});
