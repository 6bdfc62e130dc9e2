import type { GridShape } from './grid-reduce.ts';

/** Runs of equal cells along the rows of a grid, in the order of the cells. */
export interface GridRuns extends GridShape {
  readonly count: number;
  /** First column of each run. */
  readonly starts: Int16Array;
  /** Column behind the last one of each run. */
  readonly ends: Int16Array;
  /** First run of each line (slice * rows + row), and the count at the end. */
  readonly lines: Int32Array;
}

/** Connected components of runs. */
export interface RunComponents {
  readonly count: number;
  /** Component of each run, from 0 in the order of their first runs. */
  readonly componentOf: Int32Array;
}

/**
 * Finds the runs of cells that hold a value.
 *
 * @param cells - One value per cell.
 * @param value - That is looked for.
 * @param shape - Of the grid; at most 32767 columns.
 */
export function findRuns(cells: Uint8Array, value: number, { columns, rows, slices }: GridShape): GridRuns {
  const lines = new Int32Array(rows * slices + 1);
  let starts = new Int16Array(rows * slices * 4 + columns);
  let ends = new Int16Array(starts.length);
  let count = 0;
  // The search for the next run's first cell skips what lies between at the speed of memory.
  let next = cells.indexOf(value);
  for (let line = 0; line < rows * slices; line += 1) {
    lines[line] = count;
    const from = line * columns;
    const to = from + columns;
    if (count + columns > starts.length) [starts, ends] = [doubled(starts), doubled(ends)];
    while (next >= 0 && next < to) {
      let end = next + 1;
      while (end < to && cells[end] === value) end += 1;
      starts[count] = next - from;
      ends[count++] = end - from;
      next = cells.indexOf(value, end);
    }
  }
  lines[rows * slices] = count;
  return { columns, rows, slices, count, starts, ends, lines };
}

function doubled(values: Int16Array<ArrayBuffer>): Int16Array<ArrayBuffer> {
  const larger = new Int16Array(values.length * 2);
  larger.set(values);
  return larger;
}

/**
 * Takes the outermost cell off on all four sides in each slice.
 *
 * @param runs - Of one kind of cells.
 * @returns The runs of cells whose neighbours in the row and in the rows above and below are of the kind too.
 */
export function thinRuns(runs: GridRuns): GridRuns {
  const { columns, rows, slices } = runs;
  const lines = new Int32Array(rows * slices + 1);
  let starts = new Int16Array(runs.count + columns);
  let ends = new Int16Array(starts.length);
  let count = 0;
  for (let line = 0; line < rows * slices; line += 1) {
    lines[line] = count;
    if (count + columns > starts.length) [starts, ends] = [doubled(starts), doubled(ends)];
    const row = line % rows;
    if (row === 0 || row === rows - 1) continue;
    let [above, below] = [runs.lines[line - 1] ?? 0, runs.lines[line + 1] ?? 0];
    const [endAbove, endBelow] = [runs.lines[line] ?? 0, runs.lines[line + 2] ?? 0];
    for (let run = runs.lines[line] ?? 0, last = runs.lines[line + 1] ?? 0; run < last && above < endAbove && below < endBelow;) {
      const ownEnd = (runs.ends[run] ?? 0) - 1;
      const end = Math.min(ownEnd, runs.ends[above] ?? 0, runs.ends[below] ?? 0);
      const start = Math.max((runs.starts[run] ?? 0) + 1, runs.starts[above] ?? 0, runs.starts[below] ?? 0);
      if (start < end) {
        starts[count] = start;
        ends[count++] = end;
      }
      if (ownEnd === end) run += 1;
      else if (runs.ends[above] === end) above += 1;
      else below += 1;
    }
  }
  lines[rows * slices] = count;
  return { columns, rows, slices, count, starts, ends, lines };
}

/**
 * Joins runs that share an edge into components.
 *
 * @param runs - Of one kind of cells.
 * @param within - 'slice' for components of single slices, 'volume' for components over neighbouring slices as well.
 */
export function joinRuns(runs: GridRuns, within: 'slice' | 'volume'): RunComponents {
  const parents = new Int32Array(runs.count);
  for (let run = 0; run < runs.count; run += 1) parents[run] = run;
  for (let line = 0; line < runs.rows * runs.slices; line += 1) {
    if (line % runs.rows > 0) joinLines(parents, runs, line - 1, line);
    if (within === 'volume' && line >= runs.rows) joinLines(parents, runs, line - runs.rows, line);
  }
  const componentOf = new Int32Array(runs.count);
  let count = 0;
  for (let run = 0; run < runs.count; run += 1) {
    const root = rootOf(parents, run);
    componentOf[run] = root === run ? count++ : (componentOf[root] ?? 0);
  }
  return { count, componentOf };
}

/** As visitOverlaps, without a call per pair: most of the time of joining goes here. */
function joinLines(parents: Int32Array, { starts, ends, lines }: GridRuns, lineA: number, lineB: number): void {
  const endA = lines[lineA + 1] ?? 0;
  const endB = lines[lineB + 1] ?? 0;
  for (let a = lines[lineA] ?? 0, b = lines[lineB] ?? 0; a < endA && b < endB;) {
    const closeA = ends[a] ?? 0;
    const closeB = ends[b] ?? 0;
    if ((starts[a] ?? 0) < closeB && (starts[b] ?? 0) < closeA) unite(parents, a, b);
    if (closeA <= closeB) a += 1;
    else b += 1;
  }
}

/**
 * Visits each pair of runs of two lines that have columns in common.
 *
 * @param runs - Both lines are of these.
 * @param lineA - slice * rows + row.
 * @param lineB - As lineA.
 * @param visit - Gets the run of each line and the number of columns in common.
 */
export function visitOverlaps({ starts, ends, lines }: GridRuns, lineA: number, lineB: number, visit: (a: number, b: number, overlap: number) => void): void {
  const endA = lines[lineA + 1] ?? 0;
  const endB = lines[lineB + 1] ?? 0;
  for (let a = lines[lineA] ?? 0, b = lines[lineB] ?? 0; a < endA && b < endB;) {
    const closeA = ends[a] ?? 0;
    const closeB = ends[b] ?? 0;
    const overlap = Math.min(closeA, closeB) - Math.max(starts[a] ?? 0, starts[b] ?? 0);
    if (overlap > 0) visit(a, b, overlap);
    if (closeA <= closeB) a += 1;
    else b += 1;
  }
}

/**
 * Visits every cell of runs.
 *
 * @param runs - In the order of the cells.
 * @param visit - Gets the run and the index of each cell.
 */
export function visitRunCells({ columns, rows, slices, starts, ends, lines }: GridRuns, visit: (run: number, index: number) => void): void {
  for (let line = 0; line < rows * slices; line += 1) {
    for (let run = lines[line] ?? 0, last = lines[line + 1] ?? 0; run < last; run += 1) {
      const end = line * columns + (ends[run] ?? 0);
      for (let index = line * columns + (starts[run] ?? 0); index < end; index += 1) visit(run, index);
    }
  }
}

/** The lower number is the root, so that roots come before what hangs on them. */
function unite(parents: Int32Array, a: number, b: number): void {
  const rootA = rootOf(parents, a);
  const rootB = rootOf(parents, b);
  if (rootA < rootB) parents[rootB] = rootA;
  else parents[rootA] = rootB;
}

function rootOf(parents: Int32Array, index: number): number {
  let root = index;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root] ?? 0] ?? 0;
    root = parents[root] ?? 0;
  }
  return root;
}
