/**
 * Takes out of a foreign text what is invisible or changes the reading direction of what follows.
 *
 * Relays and models choose their own names and words; they are shown as text, and as no more than that.
 *
 * @param text - Anything a relay or model sent.
 * @returns The text without C0 and C1 controls, bidirectional controls and zero-width characters.
 */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '');
}
