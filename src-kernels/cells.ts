/*
 * Shapes on small grids of cells: distances to them, how a nodule grows among dense cells, and smoothing of the cells' values.
 *
 * Grids lie layer by layer, row by row; shapes are bytes, 1 in the shape and 0 elsewhere; distances are 32-bit floats, mm. All addresses
 * are the caller's. test/unit/finder/plain-cells.ts and its neighbours do the same in TypeScript and test this
 * one, bit by bit.
 */
import { lowerEnvelope, roots, squaresAlong } from './cells/distances';
import { bottom, findBounds, high, left, low, right, top } from './cells/shapes';

export { fillDeep } from './cells/fill';
export { countSides, markDense, markOthers, markOwn } from './cells/growth';
export { farthest, keepNear } from './cells/shapes';
export { smoothLines, weightsAddress } from './cells/smooth';

/** Distance where there is no shape, mm. */
const FAR_MM: f32 = 1e6;

/**
 * Takes memory behind what the kernel itself uses.
 *
 * @param bytes - As much.
 * @returns Its address, a multiple of 16; 0 when there is no memory.
 */
export function reserve(bytes: u32): usize {
  const start: usize = (__heap_base + 15) & ~15;
  const pages = <i32>((start + bytes + 65535) >>> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) return 0;
  return start;
}

/**
 * Distances from every cell of a grid to the nearest cell of a shape.
 *
 * @param result - Where they go: 0 in the shape, a million where there is none.
 * @param across - Distance of columns, rows and layers, mm.
 * @param work - Room for 24 bytes for each cell of the longest side and 8 more.
 * @see Felzenszwalb P, Huttenlocher D, Distance transforms of sampled functions, Theory of Computing 2012;8:415-428
 */
export function distances(shape: usize, result: usize, columns: i32, rows: i32, layers: i32, across: f64, down: f64, up: f64, work: usize): void {
  distancesIn(shape, result, columns, rows, columns, rows, layers, across, down, up, work);
}

/**
 * As distances, in the box around a place only; outside of it a million.
 *
 * @param place - A shape.
 * @param columnsMore - Cells of the box beyond the place, by axis, where the grid has them.
 */
export function distancesNear(
  shape: usize, place: usize, result: usize, columns: i32, rows: i32, layers: i32, columnsMore: i32, rowsMore: i32, layersMore: i32,
  across: f64, down: f64, up: f64, work: usize,
): void {
  const end = result + (<usize>(columns * rows * layers) << 2);
  let at = result;
  for (; at + 16 <= end; at += 16) v128.store(at, f32x4.splat(FAR_MM));
  for (; at < end; at += 4) store<f32>(at, FAR_MM);
  findBounds(place, columns, rows, layers, columnsMore, rowsMore, layersMore);
  if (right < 0) return;
  const first = <usize>((low * rows + top) * columns + left);
  distancesIn(shape + first, result + (first << 2), columns, rows, right - left + 1, bottom - top + 1, high - low + 1, across, down, up, work);
}

/** Of a part of a grid of columns x rows. */
function distancesIn(
  shape: usize, result: usize, columns: i32, rows: i32, width: i32, height: i32, depth: i32, across: f64, down: f64, up: f64, work: usize,
): void {
  const rowStep = <usize>columns;
  const layerStep = rowStep * <usize>rows;
  for (let layer = 0; layer < depth; layer += 1) {
    for (let row = 0; row < height; row += 1) {
      const line = <usize>layer * layerStep + <usize>row * rowStep;
      squaresAlong(shape + line, result + (line << 2), width, across);
    }
    const start = result + ((<usize>layer * layerStep) << 2);
    for (let column = 0; column < width; column += 1) lowerEnvelope(start + (<usize>column << 2), rowStep << 2, height, down, work);
  }
  for (let row = 0; row < height; row += 1) {
    const start = result + ((<usize>row * rowStep) << 2);
    for (let column = 0; column < width; column += 1) lowerEnvelope(start + (<usize>column << 2), layerStep << 2, depth, up, work);
    for (let layer = 0; layer < depth; layer += 1) roots(start + ((<usize>layer * layerStep) << 2), width);
  }
}
