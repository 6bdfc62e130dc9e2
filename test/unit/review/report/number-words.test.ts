import { describe, expect, it } from 'vitest';
import { chineseNumberAt, englishNumberAt } from '../../../../src-main/review/report/number-words.ts';

describe('englishNumberAt', () => {
  it.each([['one', 1], ['Twelve nodules', 12], ['twenty', 20]])('reads %s', (text, value) => {
    expect(englishNumberAt(text)?.value).toBe(value);
  });
  it.each(['ones', 'nodule', '', '12'])('finds none in "%s"', (text) => {
    expect(englishNumberAt(text)).toBeNull();
  });
});

describe('chineseNumberAt', () => {
  it.each([
    ['一', 1], ['十', 10], ['十二层', 12], ['二十', 20], ['八十四', 84], ['三百一十二', 312], ['三一二', 312], ['一百零五', 105], ['两枚', 2], ['六点二毫米', 6.2], ['零点五', 0.5], ['一千零三', 1003],
  ])('reads %s', (text, value) => {
    expect(chineseNumberAt(text)?.value).toBe(value);
  });
  it.each(['十百', '二三十', '十十'])('does not take %s for a number that there is', (text) => {
    expect(chineseNumberAt(text)?.value).toBeNaN();
  });
  it('counts decimals', () => {
    expect(chineseNumberAt('六点二零')).toMatchObject({ value: 6.2, decimals: 2, text: '六点二零' });
  });
});
