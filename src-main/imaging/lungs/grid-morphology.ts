import type { GridShape } from './grid-reduce.ts';
import { findRuns, joinRuns } from './grid-runs.ts';
import type { GridRuns } from './grid-runs.ts';

/** One line of the ball: how far it lies off and how many columns to each side it reaches. */
interface BallLine {
  readonly row: number;
  readonly slice: number;
  readonly reach: number;
}

/**
 * Closes a shape with a ball: cells that no ball outside of the shape can reach join it (rolling-ball closing).
 *
 * Nothing is eroded through the first and last slice: what the scan cut off is taken to go on.
 *
 * @param cells - 1 in the shape, 0 outside; the shape keeps a distance of the radius from the columns' and rows' ends.
 * @param shape - Of the grid.
 * @param cellMm - Size of a cell.
 * @param radiusMm - Of the ball.
 * @returns 1 in the closed shape, 0 outside.
 */
export function closeWithBall(cells: Uint8Array, shape: GridShape, cellMm: readonly [number, number, number], radiusMm: number): Uint8Array<ArrayBuffer> {
  const ball = ballLines(cellMm, radiusMm);
  const dilated = dilate(findRuns(cells, 1, shape), ball);
  const closed = dilate(findRuns(dilated, 0, shape), ball);
  for (let index = 0; index < closed.length; index += 1) closed[index] = closed[index] === 1 ? 0 : 1;
  return closed;
}

function ballLines([columnMm, rowMm, sliceMm]: readonly [number, number, number], radiusMm: number): readonly BallLine[] {
  const lines: BallLine[] = [];
  const sliceReach = Math.floor(radiusMm / sliceMm);
  const rowReach = Math.floor(radiusMm / rowMm);
  for (let slice = -sliceReach; slice <= sliceReach; slice += 1) {
    for (let row = -rowReach; row <= rowReach; row += 1) {
      const rest = radiusMm ** 2 - (slice * sliceMm) ** 2 - (row * rowMm) ** 2;
      if (rest >= 0) lines.push({ row, slice, reach: Math.floor(Math.sqrt(rest) / columnMm) });
    }
  }
  // Central lines reach furthest and often cover a whole line at once.
  return lines.sort((a, b) => b.reach - a.reach);
}

/** Dilation line by line: the runs of all lines within the ball, widened by its reach there, are laid over each other. */
function dilate(runs: GridRuns, ball: readonly BallLine[]): Uint8Array<ArrayBuffer> {
  const { columns, rows, slices } = runs;
  const result = new Uint8Array(columns * rows * slices);
  const changes = new Int16Array(columns + 1);
  for (let slice = 0, index = 0; slice < slices; slice += 1) {
    for (let row = 0; row < rows; row += 1, index += columns) {
      const cover = layOver(changes, runs, ball, row, slice);
      if (cover === 'all') result.fill(1, index, index + columns);
      else if (cover === 'some') drawChanges(changes, result, index, columns);
      // A line that is covered at once may have been begun.
      if (cover !== 'none') changes.fill(0);
    }
  }
  return result;
}

/** Notes in `changes` where the widened runs around a line begin and end; stops when one of them covers all of it. */
function layOver(changes: Int16Array, runs: GridRuns, ball: readonly BallLine[], row: number, slice: number): 'none' | 'some' | 'all' {
  const { columns, rows, slices, starts, ends, lines } = runs;
  let cover: 'none' | 'some' = 'none';
  for (const part of ball) {
    const sourceRow = row + part.row;
    const sourceSlice = slice + part.slice;
    if (sourceRow < 0 || sourceRow >= rows || sourceSlice < 0 || sourceSlice >= slices) continue;
    const line = sourceSlice * rows + sourceRow;
    for (let run = lines[line] ?? 0, end = lines[line + 1] ?? 0; run < end; run += 1) {
      const from = Math.max((starts[run] ?? 0) - part.reach, 0);
      const to = Math.min((ends[run] ?? 0) + part.reach, columns);
      if (from === 0 && to === columns) return 'all';
      changes[from] = (changes[from] ?? 0) + 1;
      changes[to] = (changes[to] ?? 0) - 1;
      cover = 'some';
    }
  }
  return cover;
}

function drawChanges(changes: Int16Array, result: Uint8Array, index: number, columns: number): void {
  let depth = 0;
  for (let column = 0; column < columns; column += 1) {
    depth += changes[column] ?? 0;
    if (depth > 0) result[index + column] = 1;
  }
}

/**
 * Fills what a shape encloses on all sides, in place.
 *
 * @param cells - 1 in the shape, 0 outside.
 * @param shape - Of the grid; what reaches its border is not enclosed.
 */
export function fillHoles(cells: Uint8Array, shape: GridShape): void {
  const runs = findRuns(cells, 0, shape);
  const { count, componentOf } = joinRuns(runs, 'volume');
  const isOpen = new Uint8Array(count);
  const { columns, rows, slices, starts, ends, lines } = runs;
  for (let line = 0; line < rows * slices; line += 1) {
    const row = line % rows;
    const isBorder = row === 0 || row === rows - 1 || line < rows || line >= rows * (slices - 1);
    for (let run = lines[line] ?? 0, end = lines[line + 1] ?? 0; run < end; run += 1) {
      if (isBorder || starts[run] === 0 || ends[run] === columns) isOpen[componentOf[run] ?? 0] = 1;
    }
  }
  for (let line = 0; line < rows * slices; line += 1) {
    for (let run = lines[line] ?? 0, end = lines[line + 1] ?? 0; run < end; run += 1) {
      if (isOpen[componentOf[run] ?? 0] === 0) cells.fill(1, line * columns + (starts[run] ?? 0), line * columns + (ends[run] ?? 0));
    }
  }
}
