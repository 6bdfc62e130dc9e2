import type { ErrorCode } from './errors.ts';

/** How sure a model said it was; shown as said, never used as a probability. */
export const certainties = ['low', 'moderate', 'high'] as const;

/** See certainties. */
export type Certainty = (typeof certainties)[number];

/** A focal thing that a model saw in a tile, by the words of the profile's attributes (attenuation, margin, ...). */
export interface TileRegion {
  /** Attribute name -> one of the profile's words. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly certainty: Certainty;
}

/** What became of one tile: read (no regions: nothing focal seen), declined, or failed; only 'valid' counts as coverage. */
export type TileAnswer =
  | { readonly state: 'valid'; readonly regions: readonly TileRegion[] }
  | { readonly state: 'refused'; readonly code: ErrorCode }
  | { readonly state: 'failed'; readonly code: ErrorCode };
