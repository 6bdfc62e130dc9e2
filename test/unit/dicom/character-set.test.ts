import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src-main/dicom/character-set.ts';
import { cleanText } from '../../../src-main/dicom/clean-text.ts';

const bytes = (...values: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => (typeof value === 'number' ? [value] : [...Buffer.from(value, 'latin1')])));

describe('decodeText', () => {
  // Examples of DICOM PS3.5 annexes H, I, J and K.
  it.each<[string, Uint8Array, readonly string[], string]>([
    ['ASCII', bytes('Doe^Jane'), [], 'Doe^Jane'],
    ['Latin-1', bytes('Buc^J', 0xe9, 'r', 0xf4, 'me'), ['ISO_IR 100'], 'Buc^Jérôme'],
    ['UTF-8', bytes(0xe7, 0x8e, 0x8b), ['ISO_IR 192'], '王'],
    ['GB18030', bytes('Wang=', 0xcd, 0xf5), ['GB18030'], 'Wang=王'],
    ['Japanese with escapes', bytes('Yamada=', 0x1b, '$B;3ED', 0x1b, '(B'), ['', 'ISO 2022 IR 87'], 'Yamada=山田'],
    ['Korean with escapes', bytes('Hong=', 0x1b, '$)C', 0xfb, 0xf3), ['', 'ISO 2022 IR 149'], 'Hong=洪'],
    ['Simplified Chinese with escapes', bytes('Zhang=', 0x1b, '$)A', 0xd5, 0xc5), ['', 'ISO 2022 IR 58'], 'Zhang=张'],
    ['an unknown set holding UTF-8', bytes(0xc3, 0xa9), ['ISO_IR 999'], 'é'],
    ['an unknown set holding anything', bytes(0xe9), ['nonsense'], 'é'],
  ])('decodes %s', (_name, value, sets, expected) => {
    expect(decodeText(value, sets)).toBe(expected);
  });

  it('does not throw on bytes that the set cannot hold', () => {
    expect(decodeText(bytes(0xff, 0xfe), ['ISO_IR 192'])).toBe('\uFFFD\uFFFD');
  });
});

describe('cleanText', () => {
  it('removes control and direction-changing characters', () => {
    expect(cleanText('Doe\u202Eenaj\u0000\u200F^J\u2066\nx\u0007 ')).toBe('Doeenaj^Jx');
  });

  it('keeps names of every script', () => {
    expect(cleanText('قباني^لنزار=山田')).toBe('قباني^لنزار=山田');
  });

  it('is null for padding alone', () => {
    expect(cleanText(' \0 ')).toBeNull();
  });
});
