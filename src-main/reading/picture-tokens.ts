import { randomBytes } from 'node:crypto';

/** What a token stands for: a slice in CT numbers, or a picture of the picture store by its hash. */
export type PictureTarget =
  | { readonly kind: 'pixels'; readonly readingId: string; readonly sliceIndex: number }
  | { readonly kind: 'stored'; readonly sha256: string };

/** Random, memory-only names under which the window may ask for pictures; they say nothing about what they stand for. */
export interface PictureTokens {
  /** The same picture keeps its token as long as LungDesk runs. */
  mint(kind: 'pixels', readingId: string, sliceIndex: number): string;
  /** As mint, for a picture of the picture store that never changes. */
  mintStored(sha256: string): string;
  /** What a token stands for; null for one that was never minted. */
  find(token: string): PictureTarget | null;
}

/** Makes an empty registry of tokens. */
export function createPictureTokens(): PictureTokens {
  const tokens = new Map<string, string>();
  const targets = new Map<string, PictureTarget>();

  function tokenOf(key: string, target: PictureTarget): string {
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const token = randomBytes(18).toString('base64url');
    tokens.set(key, token);
    targets.set(token, target);
    return token;
  }

  return {
    mint: (kind, readingId, sliceIndex) => tokenOf(`${kind} ${readingId} ${sliceIndex}`, { kind, readingId, sliceIndex }),
    mintStored: (sha256) => tokenOf(`stored ${sha256}`, { kind: 'stored', sha256 }),
    find: (token) => targets.get(token) ?? null,
  };
}
