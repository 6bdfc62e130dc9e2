import type { Attenuation } from './finding.ts';
import type { Priority } from './priority.ts';
import type { ErrorCode } from './errors.ts';

/** A region a model pointed at, in fractions 0..1 of the tile's width and height; approximate by nature. */
export interface TileRegion {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly attenuation: Attenuation;
  /** What the model said about its certainty, 0..1; shown as said, never used as a probability. */
  readonly confidence: number;
  readonly priority: Exclude<Priority, 'unknown'>;
}

/** What became of one tile: read, declined, or failed; only 'valid' counts as coverage. */
export type TileAnswer =
  | { readonly state: 'valid'; readonly regions: readonly TileRegion[] }
  | { readonly state: 'refused'; readonly code: ErrorCode }
  | { readonly state: 'failed'; readonly code: ErrorCode };
