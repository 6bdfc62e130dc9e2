import type { WordMeaning } from './sentence-token.ts';

/** Punctuation of both languages; quotation marks, brackets of other kinds and signs of comparison have no place in a report's sentence. */
export const pauses: readonly (readonly [readonly string[], WordMeaning])[] = [
  [[',', ';', ':', '(', ')', '，', '；', '：', '（', '）', '、'], { kind: 'pause' }],
  [['.', '!', '?', '。', '！', '？'], { kind: 'stop' }],
  [['-', '–'], { kind: 'joiner' }],
];

/** Turns groups of words of one meaning into a look-up by spelling. */
export function entries(groups: readonly (readonly [readonly string[], WordMeaning])[]): ReadonlyMap<string, WordMeaning> {
  return new Map(groups.flatMap(([words, meaning]) => words.map((word) => [word, meaning] as const)));
}
