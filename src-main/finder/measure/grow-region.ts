import { growthCells } from './growth-cells.ts';
import type { Grid } from './local-box.ts';

/** A nodule parted from what it hangs on. */
export interface GrownRegion {
  /** 1 in the nodule. */
  readonly cells: Uint8Array;
  /** 1 where the box is dense without being the nodule: vessels, wall. */
  readonly others: Uint8Array;
  /** Distance from each cell of the nodule and its attachments to what is not dense or beyond the wall, mm. */
  readonly depthMm: Float32Array;
  /** Radius of the largest ball within the nodule, mm. */
  readonly innerMm: number;
  /** Index of that ball's cell. */
  readonly middle: number;
  /** Share of the nodule's surface that was cut from other tissue. */
  readonly cutShare: number;
  /** The part of that share that lies on the wall. */
  readonly wallShare: number;
  /** Whether it could only be held by limiting it to a ball, since it widens into something larger or goes on as a vessel. */
  readonly isHeld: boolean;
  /** Whether it goes on as something as thin as itself. */
  readonly isAlongVessel: boolean;
  /** How far cells lie on the lung's side of the wall that it was cut from, mm. */
  readonly fromWall: Float32Array;
  /** Distance from the nodule's thick parts; cells of its surface lie at surfaceMm. Right up to 4 mm beyond. */
  readonly aroundMm: Float32Array;
  readonly surfaceMm: number;
}

/** Thickness of what an opening leaves off a nodule's own surface, cells. */
const crustCells = 1;
/** Larger nodules lose next to nothing by it, mm of inner radius; around ground glass it is mostly lung texture. */
const crustInnerMm = { solid: 5, glass: 3 } as const;
/** How far around a nodule distances are kept, mm. */
const haloMm = 4;
/** How far from where it was asked for a nodule may begin, mm. */
const searchMm = 5;
/** Share of a small and of a large nodule's inner radius that vessels may have at most to be cut off; mm of inner radius. */
const openings = { small: { innerMm: 2.5, share: 0.72 }, large: { innerMm: 9, share: 0.6 } } as const;

/** What goes on farther from its middle than this many times the radius of the largest ball within is a vessel; none has a larger radius, mm. */
const vessels = { reach: 4, innerMm: 6 } as const;

/** What a region is grown on. */
export interface GrowthGround {
  /** HU of the box. */
  readonly values: Float32Array;
  readonly grid: Grid;
  /** Cell position asked for; may be fractional. */
  readonly seed: readonly [number, number, number];
  /** On the lung's side of the wall where above 0. */
  readonly fromWall: Float32Array;
  /** Ground glass lies in a web of lung texture that is as dense: large ones are thinned as far as small ones. */
  readonly isGlass?: boolean;
}

/**
 * Grows a nodule at a level and parts it from vessels and wall.
 *
 * The wall is taken as told. Vessels are cut by an opening: the nodule is thinned until only its thick parts hang together, and
 * thickened again.
 *
 * @param ground - Box, seed and wall.
 * @param levelHu - HU from which on a cell is dense.
 * @returns 'nothing' where nothing dense lies near the seed; 'too-deep' where the seed lies so deep in dense tissue that the box is
 *   too small to tell a nodule from the wall.
 * @see Kuhnigk JM et al., IEEE Trans Med Imaging 2006;25(4):417-434, for the opening
 */
export function growRegion({ values, grid, seed, fromWall, isGlass = false }: GrowthGround, levelHu: number): GrownRegion | 'nothing' | 'too-deep' {
  const growth = growthCells(values, fromWall, grid, levelHu);
  const middle = findMiddle(growth.depthMm, growth.dense, grid, seed);
  if (typeof middle === 'string') return middle;
  const [cell] = grid.cellMm;
  const innerMm = growth.depthMm[middle] ?? 0;
  let thinMm = Math.max(innerMm * (isGlass ? openings.small.share : openingShare(innerMm)), Math.min(innerMm * 0.9, cell * 0.99));
  let widestMm = growth.open(middle, thinMm);
  for (let turn = 0; turn < 3 && widestMm > innerMm * 1.5; turn += 1) {
    thinMm += (innerMm * 0.98 - thinMm) * 0.5;
    widestMm = growth.open(middle, thinMm);
  }
  const isAlongVessel = !isGlass && innerMm < vessels.innerMm && growth.coreReachMm(middle) + thinMm > vessels.reach * innerMm;
  const isHeld = isAlongVessel || widestMm > innerMm * 1.5;
  const reachMm = thinMm + 0.3 * cell;
  const crustMm = innerMm < (isGlass ? crustInnerMm.glass : crustInnerMm.solid) ? crustCells * cell : 0;
  growth.thicken({ reachMm, crustMm, furtherMm: 0.6 * cell, haloMm });
  if (isHeld) growth.keepNear(middle, innerMm * 1.6);
  return { ...growth.grown(), innerMm, middle, isHeld, isAlongVessel, fromWall, surfaceMm: reachMm };
}

/** A small nodule hangs on vessels that are thick beside it; a large one has lobes that are thin beside it. */
function openingShare(innerMm: number): number {
  const { small, large } = openings;
  const way = Math.min(Math.max((innerMm - small.innerMm) / (large.innerMm - small.innerMm), 0), 1);
  return small.share + (large.share - small.share) * way;
}

/** The deepest cell near the seed: uphill from where it is dense, else from the cell that is deep and not far. */
function findMiddle(depth: Float32Array, dense: Uint8Array, grid: Grid, seed: readonly [number, number, number]): number | 'nothing' | 'too-deep' {
  let nearest = -1;
  let nearestMm = Infinity;
  let best = -1;
  let bestScore = -Infinity;
  let nearestDenseMm = Infinity;
  visitNear(grid, seed, searchMm, (at, distanceMm) => {
    if (dense[at] === 1) nearestDenseMm = Math.min(nearestDenseMm, distanceMm);
    const value = depth[at] ?? 0;
    if (value <= 0) return;
    if (distanceMm < nearestMm) {
      nearest = at;
      nearestMm = distanceMm;
    }
    const score = Math.min(value, 2.5) - 0.7 * distanceMm;
    if (score > bestScore) {
      best = at;
      bestScore = score;
    }
  });
  if (nearestDenseMm < grid.cellMm[0] && nearestMm > nearestDenseMm + 1.5 * grid.cellMm[0]) return 'too-deep';
  if (nearest < 0) return 'nothing';
  return uphill(depth, grid, nearestMm < 1.2 ? nearest : best);
}

/** Follows the depth upwards, two cells a step, to where no neighbour is deeper. */
function uphill(depth: Float32Array, grid: Grid, start: number): number {
  const { columns, rows } = grid;
  let at = start;
  for (let turn = 0; turn < 200; turn += 1) {
    let best = at;
    const position = [at % columns, Math.floor(at / columns) % rows, Math.floor(at / (columns * rows))] as const;
    visitNear(grid, position, 2 * grid.cellMm[0] + 0.01, (other) => {
      if ((depth[other] ?? 0) > (depth[best] ?? 0) + 1e-4) best = other;
    });
    if (best === at) return at;
    at = best;
  }
  return at;
}

function visitNear({ columns, rows, layers, cellMm }: Grid, [x, y, z]: readonly [number, number, number], reachMm: number, visit: (at: number, distanceMm: number) => void): void {
  const [across, down, up] = cellMm;
  for (let layer = Math.max(0, Math.ceil(z - reachMm / up)); layer <= Math.min(layers - 1, z + reachMm / up); layer += 1) {
    for (let row = Math.max(0, Math.ceil(y - reachMm / down)); row <= Math.min(rows - 1, y + reachMm / down); row += 1) {
      for (let column = Math.max(0, Math.ceil(x - reachMm / across)); column <= Math.min(columns - 1, x + reachMm / across); column += 1) {
        const distance = Math.sqrt(((column - x) * across) ** 2 + ((row - y) * down) ** 2 + ((layer - z) * up) ** 2);
        if (distance <= reachMm) visit((layer * rows + row) * columns + column, distance);
      }
    }
  }
}
