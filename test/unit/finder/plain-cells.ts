import type { Grid } from '../../../src-main/finder/measure/local-box.ts';
import type { GrowthCells } from '../../../src-main/finder/measure/growth-cells.ts';
import { fillFrom } from '../../../src-main/finder/measure/region-fill.ts';

// What src-kernels/cells.ts does, in plain TypeScript: its oracle.

const far = 1e12;

/**
 * Distances as distanceTo gives them.
 *
 * @param shape - 1 in the shape.
 * @param grid - Size.
 */
export function plainDistances(shape: Uint8Array, { columns, rows, layers, cellMm }: Grid): Float32Array {
  const size = columns * rows;
  const squares = Float32Array.from(shape, (cell) => (cell === 1 ? 0 : far));
  const lines = [
    { count: rows * layers, startOf: (line: number): number => line * columns, stride: 1, length: columns, stepMm: cellMm[0] },
    { count: columns * layers, startOf: (line: number): number => Math.floor(line / columns) * size + (line % columns), stride: columns, length: rows, stepMm: cellMm[1] },
    { count: size, startOf: (line: number): number => line, stride: size, length: layers, stepMm: cellMm[2] },
  ] as const;
  for (const { count, startOf, stride, length, stepMm } of lines) {
    for (let line = 0; line < count; line += 1) {
      const at = Array.from({ length }, (_, cell) => startOf(line) + cell * stride);
      const nearest = plainLine(at.map((cell) => squares[cell] ?? 0), stepMm, stride === 1);
      for (const [index, cell] of at.entries()) squares[cell] = nearest[index] ?? 0;
    }
  }
  return squares.map(Math.sqrt);
}

/** Every cell of a line against every other one; rounded as the kernel does it. */
function plainLine(squares: readonly number[], stepMm: number, isFirst: boolean): readonly number[] {
  const scale = 1 / (stepMm * stepMm);
  return squares.map((own, at) => {
    let least = Infinity;
    for (const [other, square] of squares.entries()) {
      if (square >= Math.fround(far)) continue;
      const way = (at - other) * stepMm;
      least = Math.min(least, isFirst ? way * way : square * scale + (at - other) * (at - other));
    }
    if (own === 0 || least === Infinity) return own;
    return isFirst ? least : least / scale;
  });
}

/**
 * Grows as growthCells does.
 *
 * @param values - HU.
 * @param fromWall - mm.
 * @param grid - Size.
 * @param levelHu - From which on a cell is dense.
 */
export function plainGrowth(values: Float32Array, fromWall: Float32Array, grid: Grid, levelHu: number): GrowthCells {
  const dense = Uint8Array.from(values, (value) => (value >= levelHu ? 1 : 0));
  const outside = dense.map((cell, at) => (cell === 1 && (fromWall[at] ?? 0) > 0 ? 0 : 1));
  const depthMm = plainDistances(outside, grid);
  let core: Uint8Array = new Uint8Array(values.length);
  let cells: Uint8Array = new Uint8Array(values.length);
  let aroundMm: Float32Array = new Float32Array(values.length);
  return {
    dense, depthMm,
    open(middle, thinMm) {
      core = fillFrom(Uint8Array.from(depthMm, (depth) => (depth > thinMm ? 1 : 0)), middle, grid);
      return core.reduce((most, cell, at) => Math.max(most, cell * (depthMm[at] ?? 0)), 0);
    },
    coreReachMm: (middle) => core.reduce((most, cell, at) => (cell === 1 ? Math.max(most, distanceMm(at, middle, grid)) : most), 0),
    thicken({ reachMm, crustMm, furtherMm, haloMm }) {
      aroundMm = plainDistancesNear(core, grid, reachMm + haloMm);
      cells = outside.map((isOutside, at) => {
        const offMm = (aroundMm[at] ?? 0) - reachMm;
        return isOutside === 0 && (offMm <= 0 || (offMm <= crustMm && isCrust(at, outside, aroundMm, grid, furtherMm))) ? 1 : 0;
      });
    },
    keepNear(middle, mostMm) {
      cells = cells.map((cell, at) => (cell === 1 && distanceMm(at, middle, grid) <= mostMm ? 1 : 0));
    },
    grown() {
      const sides = sidesOf(cells, grid);
      const cut = sides.filter((next) => dense[next] === 1);
      return {
        cells, others: dense.map((cell, at) => (cell === 1 && cells[at] !== 1 ? 1 : 0)), depthMm, aroundMm,
        cutShare: cut.length / (sides.length || 1), wallShare: cut.filter((next) => outside[next] === 1).length / (sides.length || 1),
      };
    },
  };
}

/**
 * Distances as distanceNear gives them, in the shape's own neighbourhood.
 *
 * @param shape - 1 in the shape.
 * @param grid - Size.
 * @param withinMm - Reach.
 */
export function plainDistancesNear(shape: Uint8Array, grid: Grid, withinMm: number): Float32Array {
  const places = Array.from(shape.keys()).filter((at) => shape[at] === 1).map((at) => placeOf(at, grid));
  const isNear = (at: number): boolean => places.length > 0 && placeOf(at, grid).every((cell, axis) => {
    const along = places.map((place) => place[axis] ?? 0);
    const more = Math.ceil(withinMm / (grid.cellMm[axis] ?? 1));
    return cell >= Math.min(...along) - more && cell <= Math.max(...along) + more;
  });
  return plainDistances(shape, grid).map((distance, at) => (isNear(at) ? distance : 1e6));
}

function isCrust(at: number, outside: Uint8Array, aroundMm: Float32Array, { columns, rows }: Grid, furtherMm: number): boolean {
  for (const layer of [-1, 0, 1]) {
    for (const row of [-1, 0, 1]) {
      for (const column of [-1, 0, 1]) {
        const next = at + (layer * rows + row) * columns + column;
        if (outside[next] === 0 && (aroundMm[next] ?? 0) > (aroundMm[at] ?? 0) + furtherMm) return false;
      }
    }
  }
  return true;
}

/** Cells beside a shape's cells, once for each side; the first and the last layer are left out. */
function sidesOf(cells: Uint8Array, { columns, rows }: Grid): readonly number[] {
  const size = columns * rows;
  const inner = Array.from(cells.keys()).filter((at) => cells[at] === 1 && at >= size && at < cells.length - size);
  return inner.flatMap((at) => [at - 1, at + 1, at - columns, at + columns, at - size, at + size].filter((next) => cells[next] !== 1));
}

function placeOf(at: number, { columns, rows }: Grid): readonly [number, number, number] {
  return [at % columns, Math.floor(at / columns) % rows, Math.floor(at / (columns * rows))];
}

function distanceMm(at: number, other: number, grid: Grid): number {
  const [a, b] = [placeOf(at, grid), placeOf(other, grid)];
  const [x, y, z] = [(a[0] - b[0]) * grid.cellMm[0], (a[1] - b[1]) * grid.cellMm[1], (a[2] - b[2]) * grid.cellMm[2]];
  return Math.sqrt(x * x + y * y + z * z);
}
