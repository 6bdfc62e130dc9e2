const english = [
  'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen',
  'seventeen', 'eighteen', 'nineteen', 'twenty',
];
const chineseDigits: ReadonlyMap<string, number> = new Map(Array.from('零一二三四五六七八九', (digit, value) => [digit, value] as const).concat([['〇', 0], ['两', 2]]));
const chinesePlaces: ReadonlyMap<string, number> = new Map([['十', 10], ['百', 100], ['千', 1000]]);

/** A number that was written in words. */
export interface NumberWords {
  readonly text: string;
  /** NaN where the words are put together like no number. */
  readonly value: number;
  readonly decimals: number;
}

/**
 * English number words, one to twenty, at the beginning of a text.
 *
 * @returns null where there is none.
 */
export function englishNumberAt(text: string): NumberWords | null {
  const word = /^[a-z]+/i.exec(text)?.[0] ?? '';
  const value = english.indexOf(word.toLowerCase()) + 1;
  return value === 0 ? null : { text: word, value, decimals: 0 };
}

/**
 * Chinese numerals at the beginning of a text: digits one by one (三一二), by places (三百一十二), with decimals (六点二).
 *
 * @returns null where there is none.
 */
export function chineseNumberAt(text: string): NumberWords | null {
  const [written = '', whole = '', fraction] = /^([零〇一二两三四五六七八九十百千]+)(?:点([零〇一二两三四五六七八九]+))?/.exec(text) ?? [];
  if (written === '') return null;
  const decimals = fraction?.length ?? 0;
  const value = wholeNumber(whole) + (fraction === undefined ? 0 : digitByDigit(fraction) / 10 ** decimals);
  return { text: written, value: Number(value.toFixed(decimals)), decimals };
}

function wholeNumber(text: string): number {
  if (!Array.from(text).some((character) => chinesePlaces.has(character))) return digitByDigit(text);
  let sum = 0;
  let digit: number | null = null;
  let lastPlace = Number.POSITIVE_INFINITY;
  for (const character of text) {
    const place = chinesePlaces.get(character);
    if (place === undefined) {
      if (digit !== null && digit !== 0) return Number.NaN;
      digit = chineseDigits.get(character) ?? Number.NaN;
      continue;
    }
    if (place >= lastPlace) return Number.NaN;
    // 十二 stands for 一十二.
    sum += place * (digit === null || digit === 0 ? 1 : digit);
    lastPlace = place;
    digit = null;
  }
  return sum + (digit ?? 0);
}

function digitByDigit(text: string): number {
  return Array.from(text).reduce((sum, digit) => 10 * sum + (chineseDigits.get(digit) ?? Number.NaN), 0);
}
