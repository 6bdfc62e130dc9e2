import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { replaceFile } from './atomic-file.ts';

const markerSchema = z.strictObject({
  schema: z.literal('lungdesk.key-marker/1'),
  salt: z.string().min(1).max(100),
  relays: z.record(z.string(), z.strictObject({
    keyPresent: z.literal(true),
    keyFingerprint: z.string().max(100),
    backend: z.enum(['keychain', 'memory']),
    createdAt: z.int(),
  })),
});

/** What LungDesk remembers about stored keys without knowing them. */
export type RelayKeyMarker = z.infer<typeof markerSchema>;

/**
 * Reads the marker file.
 *
 * @param path - Of the file, beside the database.
 * @returns The marker; null when there is none; 'damaged' when it cannot be read, which must count as "there was a key".
 */
export async function readRelayKeyMarker(path: string): Promise<RelayKeyMarker | 'damaged' | null> {
  try {
    return markerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'damaged';
  }
}

/**
 * Writes the marker file, whole or not at all.
 *
 * @param path - Of the file.
 * @param marker - Its content.
 */
export async function writeRelayKeyMarker(path: string, marker: RelayKeyMarker): Promise<void> {
  await replaceFile(path, `${JSON.stringify(marker)}\n`);
}

/**
 * Short salted fingerprint of a key: tells whether it is the same key, not what it is.
 *
 * @param salt - Random, of this data folder.
 * @param key - The key.
 * @returns 32 bits, hex.
 */
export function keyFingerprint(salt: string, key: string): string {
  return createHash('sha256').update(`${salt}\n${key}`).digest('hex').slice(0, 8);
}
