import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { TileState } from '../../src-shared/domain/reading.ts';
import type { PlannedTile } from '../../src-shared/domain/request-plan.ts';

/** A tile with what became of it. */
export interface TileFate {
  readonly planned: Pick<PlannedTile, 'sliceIndices' | 'side'>;
  readonly state: TileState;
  readonly reason: ErrorCode | null;
}

/** What became of a slice. */
export interface SliceFate {
  readonly state: TileState;
  readonly reason: ErrorCode | null;
}

/** From what is under way to what went wrong: the first that any tile of an unread part is in tells of the slice. */
const unreadOrder: readonly TileState[] = ['sent', 'planned', 'refused', 'failed'];

/**
 * What became of slices by the tiles that show them.
 *
 * A slice is read when each of its lungs (or all of it) shows on at least one tile with a valid answer; it may show on several, for
 * slabs overlap and requests are repeated.
 *
 * @param tiles - Of one reading, the first reader's; tiles that cover no slice tell nothing.
 * @returns Slice index to fate; slices that no tile shows are not in it.
 */
export function sliceStates(tiles: readonly TileFate[]): ReadonlyMap<number, SliceFate> {
  const shown = new Map<number, Map<PlannedTile['side'], TileFate[]>>();
  for (const tile of tiles) {
    for (const sliceIndex of tile.planned.sliceIndices) {
      const parts = shown.get(sliceIndex) ?? new Map<PlannedTile['side'], TileFate[]>();
      shown.set(sliceIndex, parts.set(tile.planned.side, [...(parts.get(tile.planned.side) ?? []), tile]));
    }
  }
  return new Map([...shown].map(([sliceIndex, parts]) => [sliceIndex, fateOf(parts)]));
}

function fateOf(parts: ReadonlyMap<PlannedTile['side'], readonly TileFate[]>): SliceFate {
  const isRead = (fates: readonly TileFate[] | undefined): boolean => fates?.some(({ state }) => state === 'valid') ?? false;
  // A tile with both lungs on it stands for either.
  if (isRead(parts.get(null))) return { state: 'valid', reason: null };
  const unread = [...parts.values()].filter((fates) => !isRead(fates)).flat();
  if (unread.length === 0) return { state: 'valid', reason: null };
  const state = unreadOrder.find((one) => unread.some((tile) => tile.state === one)) ?? 'failed';
  return { state, reason: state === 'sent' || state === 'planned' ? null : (unread.find((tile) => tile.state === state)?.reason ?? 'unexpected') };
}
