import { cellMemory } from './cell-kernel.ts';
import type { Grid } from './measure/local-box.ts';

/**
 * Distances from every cell to the nearest cell of a shape.
 *
 * @param isTarget - 1 in the shape, 0 elsewhere.
 * @param grid - Its size and the distance of cells.
 * @returns mm between cell centres; 0 in the shape, about a million where there is no shape.
 * @see Felzenszwalb P, Huttenlocher D, Distance transforms of sampled functions, Theory of Computing 2012;8:415-428
 */
export function distanceTo(isTarget: Uint8Array, grid: Grid): Float32Array {
  const { kernel, shapes: [shape = 0], fields: [result = 0], work } = cellMemory(grid, 1, 1);
  const { buffer } = kernel.memory;
  new Uint8Array(buffer, shape, isTarget.length).set(isTarget);
  kernel.distances(shape, result, grid.columns, grid.rows, grid.layers, ...grid.cellMm, work);
  return new Float32Array(buffer, result, isTarget.length).slice();
}

/**
 * Distances to a shape in the neighbourhood of a place; farther off about a million.
 *
 * @param isTarget - 1 in the shape, 0 elsewhere.
 * @param grid - Its size.
 * @param withinMm - This far around the place, distances up to here are right.
 * @param cellMm - Distance of cells.
 * @param place - 1 in the place; default: the shape itself.
 */
export function distanceNear(isTarget: Uint8Array, grid: Grid, withinMm: number, cellMm: Grid['cellMm'], place: Uint8Array = isTarget): Float32Array {
  const { kernel, shapes: [shape = 0, around = 0], fields: [result = 0], work } = cellMemory(grid, 2, 1);
  const { buffer } = kernel.memory;
  new Uint8Array(buffer, shape, isTarget.length).set(isTarget);
  new Uint8Array(buffer, around, place.length).set(place);
  const more = [Math.ceil(withinMm / cellMm[0]), Math.ceil(withinMm / cellMm[1]), Math.ceil(withinMm / cellMm[2])] as const;
  kernel.distancesNear(shape, around, result, grid.columns, grid.rows, grid.layers, ...more, ...cellMm, work);
  return new Float32Array(buffer, result, isTarget.length).slice();
}
