import { cellMemory } from '../cell-kernel.ts';
import type { Grid } from './local-box.ts';

/** The cells of a box while a nodule grows in it; they are lost when anything else is asked of the kernel. */
export interface GrowthCells {
  /** 1 where the box is dense. */
  readonly dense: Uint8Array;
  /** Distance to what is not dense or lies beyond the wall, mm. */
  readonly depthMm: Float32Array;
  /** Takes the cells deeper than that which hang together with a cell for the core; gives its largest depth, mm. */
  open(middle: number, thinMm: number): number;
  /** How far the core goes from a cell, mm. */
  coreReachMm(middle: number): number;
  /** Takes what lies around the core for the nodule. */
  thicken(reach: Thickening): void;
  /** Takes off the nodule what is farther from a cell, mm. */
  keepNear(middle: number, mostMm: number): void;
  /** Copies of what was grown. */
  grown(): Grown;
}

/** How far from its core a nodule goes, mm. */
export interface Thickening {
  readonly reachMm: number;
  /** So much farther where dense tissue ends; what goes on has a neighbour farther by furtherMm. */
  readonly crustMm: number;
  readonly furtherMm: number;
  /** How far beyond its reach distances from the core are told. */
  readonly haloMm: number;
}

interface Grown {
  /** 1 in the nodule. */
  readonly cells: Uint8Array;
  /** 1 where the box is dense without being the nodule. */
  readonly others: Uint8Array;
  readonly depthMm: Float32Array;
  /** Distance from the core. */
  readonly aroundMm: Float32Array;
  /** Share of the nodule's surface that lies on dense tissue, and on the wall. */
  readonly cutShare: number;
  readonly wallShare: number;
}

/**
 * Lays a box into the kernel and tells how deep its dense cells lie.
 *
 * @param values - HU of the box.
 * @param fromWall - On the lung's side of the wall where above 0.
 * @param grid - Size.
 * @param levelHu - HU from which on a cell is dense.
 */
export function growthCells(values: Float32Array, fromWall: Float32Array, grid: Grid, levelHu: number): GrowthCells {
  const { kernel, work, shapes: [denseAt = 0, outsideAt = 0, coreAt = 0, ownAt = 0], fields: [valuesAt = 0, wallAt = 0, depthAt = 0] } = cellMemory(grid, 4, 3);
  // The level is the last that asks for them.
  const [othersAt, aroundAt] = [coreAt, valuesAt];
  const { buffer } = kernel.memory;
  const count = values.length;
  const size = [grid.columns, grid.rows, grid.layers] as const;
  const field = (at: number): Float32Array => new Float32Array(buffer, at, count);
  const shape = (at: number): Uint8Array => new Uint8Array(buffer, at, count);
  field(valuesAt).set(values);
  field(wallAt).set(fromWall);
  kernel.markDense(valuesAt, wallAt, denseAt, outsideAt, count, levelHu);
  kernel.distances(outsideAt, depthAt, ...size, ...grid.cellMm, work);
  return {
    dense: shape(denseAt),
    depthMm: field(depthAt),
    open: (middle, thinMm) => kernel.fillDeep(depthAt, coreAt, ...size, middle, thinMm, work),
    coreReachMm: (middle) => kernel.farthest(coreAt, ...size, middle, ...grid.cellMm),
    thicken({ reachMm, crustMm, furtherMm, haloMm }) {
      const more = grid.cellMm.map((cell) => Math.ceil((reachMm + haloMm) / cell)) as [number, number, number];
      kernel.distancesNear(coreAt, coreAt, aroundAt, ...size, ...more, ...grid.cellMm, work);
      kernel.markOwn(outsideAt, aroundAt, ownAt, ...size, reachMm, crustMm, furtherMm);
    },
    keepNear: (middle, mostMm) => kernel.keepNear(ownAt, ...size, middle, ...grid.cellMm, mostMm),
    grown() {
      kernel.countSides(ownAt, denseAt, outsideAt, ...size, work);
      const [surface = 0, cut = 0, wall = 0] = new Int32Array(buffer, work, 3);
      kernel.markOthers(denseAt, ownAt, othersAt, count);
      return {
        cells: shape(ownAt).slice(), others: shape(othersAt).slice(), depthMm: field(depthAt).slice(), aroundMm: field(aroundAt).slice(),
        cutShare: surface === 0 ? 0 : cut / surface, wallShare: surface === 0 ? 0 : wall / surface,
      };
    },
  };
}
