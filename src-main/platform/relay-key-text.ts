import { AppError } from '../../src-shared/domain/errors.ts';

const longestKey = 1024;

/**
 * Checks a relay key as a person typed or pasted it.
 *
 * Only visible ASCII passes: anything else is a slip of the clipboard, and a line break would split the request's header.
 *
 * @param text - As typed; white space around it is dropped.
 * @returns The key, 1 to 1024 characters. (Windows keeps at most 2560 bytes.)
 * @throws {AppError} key-malformed, saying what is wrong without repeating any of it.
 */
export function relayKeyFrom(text: string): string {
  const key = text.trim();
  if (key === '') throw new AppError('key-malformed', 'the key is empty');
  if (key.length > longestKey) throw new AppError('key-malformed', `the key is longer than ${longestKey} characters`);
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new AppError('key-malformed', 'the key holds a space, a line break or a character outside ASCII');
  }
  return key;
}

/**
 * The end of a key that may be shown, so that people can tell keys apart.
 *
 * @param key - The key.
 * @returns Its last four characters, or null where that would give away a good part of a short one.
 */
export function lastFourOf(key: string): string | null {
  return key.length >= 12 ? key.slice(-4) : null;
}
