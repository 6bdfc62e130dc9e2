/** Longest text that LungDesk takes from a header; names and descriptions have 64 characters, hostile ones have no limit. */
const maxLength = 1024;

/**
 * Makes a header text safe to show: no control characters, no invisible or direction-changing ones, no padding.
 *
 * @param text - Decoded text of any origin.
 * @returns Null when nothing remains.
 * @see Unicode Standard Annex 9 for the bidirectional controls
 */
export function cleanText(text: string): string | null {
  const cleaned = text
    .slice(0, maxLength)
    .replace(/[\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/gu, '')
    .trim();
  return cleaned === '' ? null : cleaned;
}
