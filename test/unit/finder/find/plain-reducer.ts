import type { SearchGrid } from '../../../../src-main/finder/find/search-grid.ts';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';

/**
 * What planeReducer and src-kernels/resample.ts do, in plain TypeScript: their oracle.
 *
 * @param volume - The series.
 * @param grid - Over it.
 * @param slice - To reduce.
 */
export function plainReducedPlane({ voxels, columns, rows }: CtVolume, grid: SearchGrid, slice: number): Float32Array {
  const plane = new Float32Array(grid.columns * grid.rows);
  for (let row = 0; row < grid.rows; row += 1) {
    const line = new Float32Array(columns);
    for (const [pixelRow, share] of sharesUnder(grid.firstRow, grid.rowStep, row, rows)) {
      for (let column = 0; column < columns; column += 1) {
        const hu = voxels[(slice * rows + pixelRow) * columns + column] ?? 0;
        line[column] = (line[column] ?? 0) + share * Math.min(Math.max(hu, -1000), 60);
      }
    }
    for (let column = 0; column < grid.columns; column += 1) {
      plane[row * grid.columns + column] = sharesUnder(grid.firstColumn, grid.columnStep, column, columns).reduce((sum, [pixel, share]) => sum + share * (line[pixel] ?? 0), 0);
    }
  }
  return plane;
}

/** Pixels under a cell of an axis that lie in the picture, and their shares of it. */
function sharesUnder(firstMiddle: number, step: number, cell: number, pixels: number): readonly (readonly [pixel: number, share: number])[] {
  const from = firstMiddle + cell * step - step / 2 + 0.5;
  const covered = Array.from({ length: pixels }, (_, pixel) => [pixel, Math.fround(Math.max(0, Math.min(pixel + 1, from + step) - Math.max(pixel, from)))] as const);
  const sum = covered.filter(([, share]) => share > 1e-9).reduce((total, [pixel]) => total + Math.max(0, Math.min(pixel + 1, from + step) - Math.max(pixel, from)), 0);
  return covered.filter(([, share]) => share > 1e-9).map(([pixel, share]) => [pixel, Math.fround(share / (sum || 1))]);
}
