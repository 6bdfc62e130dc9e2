import { createHash } from 'node:crypto';

/**
 * Content hash of bytes or of text.
 *
 * @param content - Text counts as UTF-8.
 * @returns SHA-256, hex.
 */
export function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
