import { createHash } from 'node:crypto';

/**
 * Fingerprint of an exam's content: which instances it has, with which pixels. Order, place, names and a second copy of
 * the same instance make no difference.
 *
 * @param files - The exam's instances (InstanceFile fits).
 * @returns SHA-256, hex, over the sorted pairs of SOP Instance UID and pixel SHA-256.
 */
export function contentHash(
  files: readonly { readonly pixelSha256: string; readonly header: { readonly sopInstanceUid: string } }[],
): string {
  // Neither UIDs nor hex can hold a line break or an equals sign, so two lists of pairs never make the same text.
  const pairs = new Set(files.map(({ header, pixelSha256 }) => `${header.sopInstanceUid}=${pixelSha256}\n`));
  const hash = createHash('sha256');
  for (const pair of [...pairs].sort()) hash.update(pair);
  return hash.digest('hex');
}
