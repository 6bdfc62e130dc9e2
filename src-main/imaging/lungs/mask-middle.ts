import type { HounsfieldGrid } from './grid-reduce.ts';
import { sideAndDepth } from './mask-axes.ts';
import type { GridAxes } from './mask-axes.ts';
import { matters } from './mask-body.ts';
import type { BodyRegion } from './mask-body.ts';

/** Bone, or a vessel full of contrast, on a coarse grid. */
const boneHu = 160;
/** Half the width of a vertebra, mm. */
const halfVertebraMm = 20;
/** Bone within that width on an average slice that a spine has at least, mm2. */
const leastSpineMm2 = 250;

/** Where the middle of a body lies on its slices. */
export interface BodyMiddle {
  readonly column: number;
  readonly row: number;
  /** Whether a spine tells it; else it is the middle of what is seen of the body, which may be cut off. */
  readonly isSpine: boolean;
}

/**
 * Finds the middle of the body from side to side: where most bone lies in its back half, which is the spine.
 *
 * @param grid - The reduced volume.
 * @param body - Found in it.
 * @param axes - How the grid lies in the patient.
 */
export function findMiddle(grid: HounsfieldGrid, body: BodyRegion, axes: GridAxes): BodyMiddle {
  const [column, row] = middleOfHull(body, grid);
  const { sideCount, sideMm } = sideAndDepth(grid, axes);
  const bones = boneBySide(grid, body, axes, axes.sideAxis === 'column' ? row : column, sideCount);
  const half = Math.max(1, Math.round(halfVertebraMm / sideMm));
  let [best, most] = [0, 0];
  for (let side = 0, sum = 0; side < sideCount + half; side += 1) {
    sum += (bones[side] ?? 0) - (bones[side - 2 * half - 1] ?? 0);
    if (sum > most) [best, most] = [side - half, sum];
  }
  const isSpine = most * grid.cellMm[0] * grid.cellMm[1] >= leastSpineMm2 * Math.ceil(grid.slices / 2);
  if (!isSpine) return { column, row, isSpine };
  return axes.sideAxis === 'column' ? { column: best, row, isSpine } : { column, row: best, isSpine };
}

/** Cells of bone behind the body's middle at each index from side to side. */
function boneBySide({ hounsfield, columns, rows }: HounsfieldGrid, { matter }: BodyRegion, axes: GridAxes, middleDepth: number, sideCount: number): Int32Array {
  const counts = new Int32Array(sideCount);
  const isColumn = axes.sideAxis === 'column';
  const size = columns * rows;
  for (let index = 0; index < hounsfield.length; index += 1) {
    // Every other slice tells enough.
    if (index % size === 0 && Math.floor(index / size) % 2 === 1) index += size;
    if ((hounsfield[index] ?? 0) < boneHu || matter[index] !== matters.body) continue;
    const column = index % columns;
    const row = Math.floor(index / columns) % rows;
    const [side, depth] = isColumn ? [column, row] : [row, column];
    if (depth > middleDepth === axes.isTowardsBack) counts[side] = (counts[side] ?? 0) + 1;
  }
  return counts;
}

function middleOfHull({ hullFirst, hullLast }: BodyRegion, { rows }: HounsfieldGrid): readonly [column: number, row: number] {
  let [columnSum, rowSum, weight] = [0, 0, 0];
  for (let line = 0; line < hullFirst.length; line += 1) {
    const width = (hullLast[line] ?? -1) - (hullFirst[line] ?? 0) + 1;
    if (width <= 0) continue;
    columnSum += (width * ((hullLast[line] ?? 0) + (hullFirst[line] ?? 0))) / 2;
    rowSum += width * (line % rows);
    weight += width;
  }
  return [columnSum / weight, rowSum / weight];
}
