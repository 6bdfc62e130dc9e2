import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceNear, distanceTo } from '../../../src-main/finder/distance-transform.ts';
import type { Grid } from '../../../src-main/finder/measure/local-box.ts';
import { plainDistances, plainDistancesNear } from './plain-cells.ts';

const grid: Grid = { columns: 7, rows: 6, layers: 5, cellMm: [0.7, 0.8, 1.3] };
const size = grid.columns * grid.rows * grid.layers;

function placeOf(at: number): readonly [number, number, number] {
  return [(at % grid.columns) * grid.cellMm[0], (Math.floor(at / grid.columns) % grid.rows) * grid.cellMm[1], Math.floor(at / (grid.columns * grid.rows)) * grid.cellMm[2]];
}

/** Every cell against every other one. */
function slowDistances(shape: Uint8Array): readonly number[] {
  return Array.from(shape, (_, at) => {
    const [x, y, z] = placeOf(at);
    return Math.min(...Array.from(shape, (cell, other) => {
      const [a, b, c] = placeOf(other);
      return cell === 1 ? Math.hypot(x - a, y - b, z - c) : Infinity;
    }));
  });
}

const shapes = fc.uint8Array({ minLength: size, maxLength: size, max: 19 }).map((cells) => cells.map((cell) => (cell === 0 ? 1 : 0)));

describe('distanceTo', () => {
  it('gives what comparing every cell with every other gives', () => {
    fc.assert(fc.property(shapes, (shape) => {
      fc.pre(shape.includes(1));
      const expected = slowDistances(shape);
      for (const [at, distance] of distanceTo(shape, grid).entries()) expect(distance).toBeCloseTo(expected[at] ?? 0, 3);
    }), { numRuns: 40 });
  });

  it('is bit by bit what the plain twin gives', () => {
    fc.assert(fc.property(shapes, (shape) => {
      expect(distanceTo(shape, grid)).toEqual(plainDistances(shape, grid));
    }), { numRuns: 40 });
  });

  it('is far from everything where there is no shape', () => {
    expect(Math.min(...distanceTo(new Uint8Array(size), grid))).toBeGreaterThan(1e5);
  });
});

describe('distanceNear', () => {
  it('is right within its reach', () => {
    fc.assert(fc.property(shapes, (shape) => {
      fc.pre(shape.includes(1));
      const expected = slowDistances(shape);
      for (const [at, distance] of distanceNear(shape, grid, 1.5, grid.cellMm).entries()) {
        if ((expected[at] ?? 0) <= 1.5) expect(distance).toBeCloseTo(expected[at] ?? 0, 3);
        else expect(distance).toBeGreaterThan(1.5);
      }
    }), { numRuns: 40 });
  });

  it('is bit by bit what the plain twin gives', () => {
    fc.assert(fc.property(shapes, (shape) => {
      expect(distanceNear(shape, grid, 0.9, grid.cellMm)).toEqual(plainDistancesNear(shape, grid, 0.9));
    }), { numRuns: 40 });
  });
});
