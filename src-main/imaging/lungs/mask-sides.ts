import type { HounsfieldGrid } from './grid-reduce.ts';
import type { SideAndDepth } from './mask-axes.ts';

/** How far a way that parts the lungs may run from the middle, mm. */
const bandMm = 70;
/** Costs of the way per cell: in lung, there per 100 HU below the edge of lung, off the middle per mm, and per cell of a bend. */
const lungCost = 4;
const darknessCost = 2;
const middleCost = 0.012;
const bendCost = 0.35;
const mostBend = 2;
const lungEdgeHu = -400;

/** Lines from front to back that a way has to part: the first and the one behind the last. */
export interface DepthRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds on one slice the way from front to back that parts the lungs: through the mediastinum, and where the lungs touch along
 * the densest air between them, which is where the junction lines lie.
 *
 * @param grid - The reduced volume.
 * @param lung - 1 in lung air, anything else elsewhere.
 * @param plane - The grid's slices seen from front to back.
 * @param slice - Of the grid.
 * @param middle - Where the way runs when nothing speaks for another one: index along the side axis.
 * @param depths - To be parted.
 * @returns For each index from front to back the index along the side axis that the way passes; the middle outside of the depths.
 * @see Hu S, Hoffman EA, Reinhardt JM. Automatic lung segmentation for accurate quantitation of volumetric X-ray CT images.
 *   IEEE Trans Med Imaging 20:490-498, 2001 (separation of the lungs by dynamic programming).
 */
export function partingWay(grid: HounsfieldGrid, lung: Uint8Array, plane: SideAndDepth, slice: number, middle: number, depths: DepthRange): Int16Array {
  const { sideStride, depthStride, sideCount, depthCount, sideMm } = plane;
  const first = Math.max(0, Math.round(middle - bandMm / sideMm));
  const width = Math.min(sideCount, Math.round(middle + bandMm / sideMm) + 1) - first;
  const costs = new Float32Array(width * (depths.to - depths.from));
  const cameFrom = new Int8Array(costs.length);
  const base = slice * grid.columns * grid.rows + first * sideStride;
  for (let depth = depths.from, state = 0; depth < depths.to; depth += 1) {
    const isFirst = depth === depths.from;
    for (let side = 0; side < width; side += 1, state += 1) {
      const cell = base + depth * depthStride + side * sideStride;
      let own = Math.abs(first + side - middle) * sideMm * middleCost;
      if (lung[cell] === 1) own += lungCost + (darknessCost * Math.max(0, lungEdgeHu - (grid.hounsfield[cell] ?? 0))) / 100;
      let best = isFirst ? 0 : Infinity;
      let bestBend = 0;
      for (let bend = Math.max(-mostBend, -side); bend <= mostBend && side + bend < width && !isFirst; bend += 1) {
        const cost = (costs[state - width + bend] ?? 0) + Math.abs(bend) * bendCost;
        if (cost >= best) continue;
        best = cost;
        bestBend = bend;
      }
      costs[state] = best + own;
      cameFrom[state] = bestBend;
    }
  }
  const way = new Int16Array(depthCount).fill(Math.round(middle));
  const last = costs.subarray(costs.length - width);
  let side = last.indexOf(last.reduce((least, cost) => Math.min(least, cost), Infinity));
  for (let depth = depths.to - 1; depth >= depths.from; depth -= 1) {
    way[depth] = first + side;
    side += cameFrom[(depth - depths.from) * width + side] ?? 0;
  }
  return way;
}
