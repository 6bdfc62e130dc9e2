import { distanceTo } from '../distance-transform.ts';
import type { Grid } from './local-box.ts';
import { fillFrom } from './region-fill.ts';

/** Air below, tissue above, HU: half between lung and soft tissue. */
const edgeHu = -450;

/**
 * Tells how far cells lie on the lung's side of the wall: the surface on which a ball, rolling outside of the air, touches it
 * (closing of the air). Nodules and vessels that it cannot roll around lie on the lung's side.
 *
 * @param values - HU of the box.
 * @param grid - Size.
 * @param seed - Cell position in or next to the lung: air that does not hang together with the air there is not lung.
 * @param radiusMm - Of the ball: larger than the nodule's own radius.
 * @returns mm; at most 0 in the wall. Near the surface right within a cell, farther off only its sign counts.
 */
export function distanceFromWall(values: Float32Array, grid: Grid, seed: readonly [number, number, number], radiusMm: number): Float32Array {
  const cells = airAround(values, grid, seed);
  const toAir = distanceTo(cells, grid);
  for (let at = 0; at < cells.length; at += 1) cells[at] = (toAir[at] ?? 0) > radiusMm ? 1 : 0;
  if (!cells.includes(1)) return new Float32Array(cells.length).fill(radiusMm);
  const distance = distanceTo(cells, grid);
  // Half a cell: distances are taken between centres of cells.
  const reach = radiusMm - grid.cellMm[0] * 0.5;
  for (let at = 0; at < distance.length; at += 1) distance[at] = (distance[at] ?? 0) - reach;
  return distance;
}

/** A piece of air is the lung when it takes up this share of the box: smaller ones are bronchi in dense tissue. */
const lungPiece = 0.02;
const mostPieces = 6;

/** The air nearest to the seed; beyond a thin chest wall or mediastinum there is other air. */
function airAround(values: Float32Array, grid: Grid, seed: readonly [number, number, number]): Uint8Array {
  const air = new Uint8Array(values.length);
  for (let at = 0; at < air.length; at += 1) air[at] = (values[at] ?? 0) < edgeHu ? 1 : 0;
  let thin = 0;
  for (let at = 0; at < air.length; at += 1) thin += air[at] ?? 0;
  // So little tissue parts no air from other air.
  if (thin > 0.92 * air.length) return air;
  const left = air.slice();
  for (let piece = 0; piece < mostPieces; piece += 1) {
    const start = nearestOf(left, grid, seed);
    if (start < 0) break;
    const filled = fillFrom(left, start, grid);
    let count = 0;
    for (let at = 0; at < filled.length; at += 1) {
      if (filled[at] !== 1) continue;
      count += 1;
      left[at] = 0;
    }
    if (count >= lungPiece * air.length) return filled;
  }
  return air;
}

function nearestOf(cells: Uint8Array, { columns, rows, layers, cellMm }: Grid, [x, y, z]: readonly [number, number, number]): number {
  let nearest = -1;
  let least = Infinity;
  for (let layer = 0, at = 0; layer < layers; layer += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, at += 1) {
        if (cells[at] !== 1) continue;
        const square = ((column - x) * cellMm[0]) ** 2 + ((row - y) * cellMm[1]) ** 2 + ((layer - z) * cellMm[2]) ** 2;
        if (square >= least) continue;
        nearest = at;
        least = square;
      }
    }
  }
  return nearest;
}
