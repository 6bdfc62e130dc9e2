import { describe, expect, it } from 'vitest';
import { kernelSmoother } from '../../../../src-main/finder/find/kernel-smoother.ts';
import { plainSmoother, planSmoothing } from '../../../../src-main/finder/find/smooth-field.ts';
import type { SearchGrid } from '../../../../src-main/finder/find/search-grid.ts';
import { seededGenerator } from '../../../../src-main/finder/seeded-generator.ts';

const grid: SearchGrid = {
  columns: 23, rows: 17, layers: 11, cellMm: [1, 1, 2], firstColumn: 0, firstRow: 0, columnStep: 1, rowStep: 1, firstMm: 0, blurMm: [0.5, 0.5, 1],
};

/** Random values within a ball of the grid, zeros outside, and the spans of that ball. */
function ballField(): { readonly values: Float32Array; readonly spans: Int32Array } {
  const random = seededGenerator(4);
  const values = new Float32Array(grid.columns * grid.rows * grid.layers);
  const spans = new Int32Array(2 * grid.rows * grid.layers);
  for (let line = 0; line < grid.rows * grid.layers; line += 1) {
    let [from, to] = [grid.columns, 0];
    for (let column = 0; column < grid.columns; column += 1) {
      const [row, layer] = [line % grid.rows, Math.floor(line / grid.rows)];
      if (Math.hypot(column - 11, row - 8, (layer - 5) * 1.4) > 7) continue;
      values[line * grid.columns + column] = random() * 900;
      [from, to] = [Math.min(from, column), column + 1];
    }
    spans.set([Math.min(from, to), to], 2 * line);
  }
  return { values, spans };
}

/** The same Gaussian at one cell, straight from its definition. */
function smoothedAt(values: Float32Array, kernels: readonly Float64Array[], [column, row, layer]: readonly number[]): number {
  const [kx = [1], ky = [1], kz = [1]] = kernels;
  let sum = 0;
  for (let z = 1 - kz.length; z < kz.length; z += 1) {
    for (let y = 1 - ky.length; y < ky.length; y += 1) {
      for (let x = 1 - kx.length; x < kx.length; x += 1) {
        const held = [Math.min(Math.max((column ?? 0) + x, 0), grid.columns - 1), Math.min(Math.max((row ?? 0) + y, 0), grid.rows - 1), Math.min(Math.max((layer ?? 0) + z, 0), grid.layers - 1)] as const;
        sum += (kx[Math.abs(x)] ?? 0) * (ky[Math.abs(y)] ?? 0) * (kz[Math.abs(z)] ?? 0) * (values[(held[2] * grid.rows + held[1]) * grid.columns + held[0]] ?? 0);
      }
    }
  }
  return sum;
}

describe.each([['plainSmoother', plainSmoother], ['kernelSmoother', kernelSmoother()]] as const)('%s', (_, smoother) => {
  it.each([[1.6, 1.6, 2.5], [0.5, 2.8, 1], [3.4, 0.5, 6]] as const)('is the Gaussian of %f, %f and %f mm by definition on the spans and a cell around them', (...sigmaMm) => {
    const { values, spans } = ballField();
    const plan = planSmoothing(grid, spans, sigmaMm);
    const smoothed = smoother({ grid, values });
    smoothed(planSmoothing(grid, spans, [2, 2, 2]));
    const smooth = smoothed(plan);
    let worst = 0;
    for (let line = 0; line < grid.rows * grid.layers; line += 1) {
      const [from, to] = [spans[2 * line] ?? 0, spans[2 * line + 1] ?? 0];
      if (to === 0) continue;
      for (let column = from - 1; column < to + 1; column += 1) {
        const expected = smoothedAt(values, plan.kernels, [column, line % grid.rows, Math.floor(line / grid.rows)]);
        worst = Math.max(worst, Math.abs((smooth[line * grid.columns + column] ?? NaN) - expected));
      }
    }
    expect(worst).toBeLessThan(0.01);
  });

});

describe('planSmoothing', () => {
  it('adds only the blur that the field does not have yet', () => {
    const { spans } = ballField();
    expect(planSmoothing(grid, spans, [0.5, 0.5, 1]).kernels.map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(planSmoothing(grid, spans, [1.3, 0.5, 1]).kernels[0].length).toBeGreaterThan(3);
  });
});
