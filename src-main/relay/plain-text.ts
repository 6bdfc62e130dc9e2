/**
 * Makes text from outside fit to be shown: one line, no control, bidi or zero-width characters, nothing that looks like
 * a key, an address or encoded data, and short.
 *
 * @param text - Whatever a relay wrote.
 * @param maxLength - Longest text returned, UTF-16 units.
 * @see OWASP LLM05; facts/reliability.md 4, hostile relay output
 */
export function plainText(text: string, maxLength: number): string {
  return text
    .slice(0, 4000)
    // Control and format characters (bidi marks, zero width, tags), private use and lone surrogates.
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[address]')
    .replace(/\bdata:\S+/gi, '[data]')
    .replace(/\b(?:(?:sk|pk|rk)[-_]|bearer )[A-Za-z0-9_.*-]{4,}/gi, '[key]')
    .replace(/[A-Za-z0-9+/=_*-]{32,}/g, '[data]')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxLength);
}

/**
 * A model's name as a relay wrote it, cut down to characters that names have.
 *
 * @returns null when nothing is left.
 */
export function plainModelName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const name = value.replace(/[^A-Za-z0-9._:/@+-]/g, '').slice(0, 120);
  return name === '' ? null : name;
}
