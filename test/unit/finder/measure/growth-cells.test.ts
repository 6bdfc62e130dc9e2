import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthCells } from '../../../../src-main/finder/measure/growth-cells.ts';
import type { GrowthCells } from '../../../../src-main/finder/measure/growth-cells.ts';
import type { Grid } from '../../../../src-main/finder/measure/local-box.ts';
import { plainGrowth } from '../plain-cells.ts';

const grid: Grid = { columns: 13, rows: 11, layers: 9, cellMm: [0.7, 0.8, 1.3] };
const size = grid.columns * grid.rows * grid.layers;

/** Some balls that overlap, as dense as they are deep, in noise. */
const grounds = fc.record({
  balls: fc.array(fc.tuple(fc.nat(grid.columns - 1), fc.nat(grid.rows - 1), fc.nat(grid.layers - 1), fc.double({ min: 1, max: 5, noNaN: true })), { minLength: 1, maxLength: 5 }),
  noise: fc.array(fc.nat(size - 1), { maxLength: 60 }),
  wall: fc.integer({ min: -3, max: grid.columns + 3 }),
  thinMm: fc.double({ min: 0, max: 2.5, noNaN: true }),
  reachMm: fc.double({ min: 0.3, max: 3, noNaN: true }),
  crustMm: fc.constantFrom(0, 0.7, 1.4),
  keptMm: fc.double({ min: 0.5, max: 6, noNaN: true }),
});

function densities(balls: readonly (readonly [number, number, number, number])[], noise: readonly number[]): Float32Array {
  const values = new Float32Array(size).fill(-850);
  for (let at = 0; at < size; at += 1) {
    const [column, row, layer] = [at % grid.columns, Math.floor(at / grid.columns) % grid.rows, Math.floor(at / (grid.columns * grid.rows))];
    for (const [x, y, z, radius] of balls) values[at] = Math.max(values[at] ?? 0, -300 - 100 * (Math.hypot(column - x, row - y, layer - z) - radius));
  }
  for (const at of noise) values[at] = -(values[at] ?? 0) - 800;
  return values;
}

describe('growthCells', () => {
  it('grows bit by bit as the plain twin', () => {
    fc.assert(fc.property(grounds, ({ balls, noise, wall, thinMm, reachMm, crustMm, keptMm }) => {
      const values = densities(balls, noise);
      const fromWall = Float32Array.from(values, (_, at) => (at % grid.columns) - wall);
      const grow = (growth: GrowthCells): readonly unknown[] => {
        const middle = growth.depthMm.reduce((deepest, depth, at) => (depth > (growth.depthMm[deepest] ?? 0) ? at : deepest), 0);
        const seen: unknown[] = [growth.dense.slice(), growth.depthMm.slice(), growth.open(middle, thinMm), growth.coreReachMm(middle)];
        growth.thicken({ reachMm, crustMm, furtherMm: 0.42, haloMm: 2 });
        seen.push(growth.grown());
        growth.keepNear(middle, keptMm);
        return [...seen, growth.grown().cells];
      };
      expect(grow(growthCells(values, fromWall, grid, -300))).toEqual(grow(plainGrowth(values, fromWall, grid, -300)));
    }), { numRuns: 60 });
  });

  it('keeps what was grown when another nodule grows', () => {
    const values = densities([[6, 5, 4, 3]], []);
    const fromWall = new Float32Array(size).fill(1);
    const first = growthCells(values, fromWall, grid, -300);
    first.open((4 * grid.rows + 5) * grid.columns + 6, 1);
    first.thicken({ reachMm: 1, crustMm: 0, furtherMm: 0.42, haloMm: 2 });
    const grown = first.grown();
    const before = structuredClone(grown);
    growthCells(new Float32Array(size), fromWall, grid, -300).open(0, 0.5);
    expect(grown).toEqual(before);
    expect(grown.cells.includes(1)).toBe(true);
  });
});
