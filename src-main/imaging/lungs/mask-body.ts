import type { HounsfieldGrid } from './grid-reduce.ts';
import { findRuns, joinRuns, thinRuns } from './grid-runs.ts';
import type { GridRuns } from './grid-runs.ts';
import { convexRows } from './grid-hull.ts';

/** Half way between lung (-850 HU) and soft tissue (40 HU): where the edge between the two lies. */
export const tissueHu = -400;
/** Padding and air that was cut off at the end of the scale; air with its noise is above it. */
const voidHu = -1010;
/** A body has at least this volume; less is a phantom's insert, a wire or noise. */
const leastBodyMm3 = 300_000;

/** Body this close to the field's end is cut off there, cells. */
const fieldRimCells = 2;

/** What a cell of the grid holds. 'beyond' is outside of what the scanner reconstructed. */
export const matters = { beyond: 0, air: 1, otherTissue: 2, body: 3 } as const;

/** The patient's tissue in a grid, told from couch, clothes and air. */
export interface BodyRegion {
  /** One of `matters` per cell. */
  readonly matter: Uint8Array;
  /** First and last column of the body's convex hull on each line (slice * rows + row); first > last where it does not reach. */
  readonly hullFirst: Int16Array;
  readonly hullLast: Int16Array;
}

/**
 * Tells the patient's tissue from the couch, clothes, air and padding.
 *
 * What is thinner than three cells is taken off before the largest connected piece is chosen, so that the shell of a couch
 * falls away; the body then gets its own skin back.
 *
 * @param grid - The reduced volume.
 * @returns Null when nothing of a body's size is there.
 */
export function findBody(grid: HounsfieldGrid): BodyRegion | null {
  const matter = matterOf(grid);
  const core = largestCore(matter, grid);
  const cellMm3 = grid.cellMm[0] * grid.cellMm[1] * grid.cellMm[2];
  if (core.cells * cellMm3 < leastBodyMm3) return null;
  regrow(core, matter);
  const hull = convexRows(matter, matters.body, grid);
  widenToField(hull, matter, grid);
  return { matter, ...hull };
}

/**
 * Where the field of view cuts the body off, the body goes on to its end: between the highest and the lowest row on which the
 * body's tissue reaches it, lung may.
 */
function widenToField({ hullFirst, hullLast }: Pick<BodyRegion, 'hullFirst' | 'hullLast'>, matter: Uint8Array, { columns, rows, slices }: HounsfieldGrid): void {
  const fieldFirst = new Int16Array(rows);
  const fieldLast = new Int16Array(rows);
  for (let slice = 0; slice < slices; slice += 1) {
    let [leftTop, leftBottom, rightTop, rightBottom] = [rows, -1, rows, -1];
    for (let row = 0; row < rows; row += 1) {
      const line = slice * rows + row;
      let first = 0;
      while (first < columns && matter[line * columns + first] === matters.beyond) first += 1;
      let last = columns - 1;
      while (last >= 0 && matter[line * columns + last] === matters.beyond) last -= 1;
      fieldFirst[row] = first;
      fieldLast[row] = last;
      if (first > last) continue;
      if ((hullFirst[line] ?? columns) <= first + fieldRimCells && touches(matter, line * columns + first, 1)) {
        leftTop = Math.min(leftTop, row);
        leftBottom = row;
      }
      if ((hullLast[line] ?? -1) >= last - fieldRimCells && touches(matter, line * columns + last, -1)) {
        rightTop = Math.min(rightTop, row);
        rightBottom = row;
      }
    }
    for (let row = leftTop; row <= leftBottom; row += 1) hullFirst[slice * rows + row] = Math.min(hullFirst[slice * rows + row] ?? columns, fieldFirst[row] ?? columns);
    for (let row = rightTop; row <= rightBottom; row += 1) hullLast[slice * rows + row] = Math.max(hullLast[slice * rows + row] ?? -1, fieldLast[row] ?? -1);
  }
}

/** Whether body lies within a few cells of the field's end. */
function touches(matter: Uint8Array, end: number, step: 1 | -1): boolean {
  for (let cell = 0; cell <= fieldRimCells; cell += 1) if (matter[end + cell * step] === matters.body) return true;
  return false;
}

interface Core {
  readonly runs: GridRuns;
  readonly cells: number;
  readonly isIn: (run: number) => boolean;
}

function matterOf({ hounsfield, columns, rows, slices }: HounsfieldGrid): Uint8Array {
  const matter = new Uint8Array(hounsfield.length);
  for (let index = 0; index < matter.length; index += 1) {
    matter[index] = (hounsfield[index] ?? 0) >= tissueHu ? matters.otherTissue : matters.air;
  }
  for (let slice = 0; slice < slices; slice += 1) {
    const base = slice * rows * columns;
    for (let row = 0; row < rows; row += 1) {
      clearInwards(hounsfield, matter, base + row * columns, 1, columns);
      clearInwards(hounsfield, matter, base + (row + 1) * columns - 1, -1, columns);
    }
    for (let column = 0; column < columns; column += 1) {
      clearInwards(hounsfield, matter, base + column, columns, rows);
      clearInwards(hounsfield, matter, base + (rows - 1) * columns + column, -columns, rows);
    }
  }
  return matter;
}

/** Padding begins at the border; the cell where it ends is a mixture of padding and what lies inside. */
function clearInwards(hounsfield: Int16Array, matter: Uint8Array, start: number, stride: number, length: number): void {
  let steps = 0;
  while (steps < length && (hounsfield[start + steps * stride] ?? 0) <= voidHu) steps += 1;
  if (steps === 0) return;
  for (let step = 0; step < Math.min(steps + 1, length); step += 1) matter[start + step * stride] = matters.beyond;
}

/** The largest component of what stays when the outermost cell all around is taken off. */
function largestCore(matter: Uint8Array, grid: HounsfieldGrid): Core {
  const runs = thinRuns(findRuns(matter, matters.otherTissue, grid));
  const { count, componentOf } = joinRuns(runs, 'volume');
  const sizes = new Int32Array(count);
  for (let run = 0; run < runs.count; run += 1) {
    const component = componentOf[run] ?? 0;
    sizes[component] = (sizes[component] ?? 0) + (runs.ends[run] ?? 0) - (runs.starts[run] ?? 0);
  }
  const cells = sizes.reduce((largest, size) => Math.max(largest, size), 0);
  const largest = sizes.indexOf(cells);
  return { runs, cells, isIn: (run) => componentOf[run] === largest };
}

/** Tissue within a cell of the core, corners included, is the body's own. */
function regrow({ runs, isIn }: Core, matter: Uint8Array): void {
  const { columns, rows, slices, starts, ends, lines } = runs;
  for (let line = 0; line < rows * slices; line += 1) {
    for (let run = lines[line] ?? 0; run < (lines[line + 1] ?? 0); run += 1) {
      if (!isIn(run)) continue;
      const from = line * columns + (starts[run] ?? 0) - 1;
      const length = (ends[run] ?? 0) - (starts[run] ?? 0) + 2;
      for (let start = from - columns; start <= from + columns; start += columns) {
        for (let index = start; index < start + length; index += 1) if (matter[index] === matters.otherTissue) matter[index] = matters.body;
      }
    }
  }
}
