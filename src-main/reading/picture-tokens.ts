import { randomBytes } from 'node:crypto';

/** What a token stands for: a slice as it is sent or in CT numbers, or the close look at a candidate by its hash. */
export type PictureTarget =
  | { readonly kind: 'tile' | 'pixels'; readonly readingId: string; readonly sliceIndex: number }
  | { readonly kind: 'crop'; readonly sha256: string };

/** Random, memory-only names under which the window may ask for pictures; they say nothing about what they stand for. */
export interface PictureTokens {
  /** The same picture keeps its token as long as LungDesk runs. */
  mint(kind: 'tile' | 'pixels', readingId: string, sliceIndex: number): string;
  /** As mint, for a picture of the picture store that never changes. */
  mintCrop(sha256: string): string;
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
    mintCrop: (sha256) => tokenOf(`crop ${sha256}`, { kind: 'crop', sha256 }),
    find: (token) => targets.get(token) ?? null,
  };
}
