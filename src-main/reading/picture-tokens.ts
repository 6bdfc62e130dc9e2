import { randomBytes } from 'node:crypto';

/** Random, memory-only names under which the window may ask for pictures; they say nothing about what they stand for. */
export interface PictureTokens {
  /** The same picture keeps its token as long as LungDesk runs. */
  mint(kind: 'tile' | 'pixels', readingId: string, sliceIndex: number): string;
  /** What a token stands for; null for one that was never minted. */
  find(token: string): { readonly kind: 'tile' | 'pixels'; readonly readingId: string; readonly sliceIndex: number } | null;
}

/** Makes an empty registry of tokens. */
export function createPictureTokens(): PictureTokens {
  const tokens = new Map<string, string>();
  const targets = new Map<string, { kind: 'tile' | 'pixels'; readingId: string; sliceIndex: number }>();
  return {
    mint(kind, readingId, sliceIndex) {
      const key = `${kind} ${readingId} ${sliceIndex}`;
      const known = tokens.get(key);
      if (known !== undefined) return known;
      const token = randomBytes(18).toString('base64url');
      tokens.set(key, token);
      targets.set(token, { kind, readingId, sliceIndex });
      return token;
    },
    find: (token) => targets.get(token) ?? null,
  };
}
