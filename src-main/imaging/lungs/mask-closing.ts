import { coarsen, refine, thickParts } from './grid-coarser.ts';
import { closeWithBall, fillHoles } from './grid-morphology.ts';
import type { GridShape, HounsfieldGrid } from './grid-reduce.ts';
import { lungLabels } from './lung-mask.ts';
import { matters, tissueHu } from './mask-body.ts';
import { chestRays, fillCostalDents } from './mask-costal.ts';

/** Radius of the large ball that rolls around a lung, mm: it keeps out of a mass and of the hilum, not of heart and liver. */
const largeBallMm = 25;
/** Radius of the ball that rolls around a lung and its main bronchus, mm: the hilum lies between them, and the aorta beside it. */
const hilarBallMm = 16;
/** Radius of the small ball, mm, which works on the fine grid: vessels and nodules on the pleura lie inside of its way. */
const smallBallMm = 13;
/** A cell beside the lung that is less dense than this may hold lung, and a nodule on the pleura, in a part of it. */
const rimHu = 0;
/** Size of a cell that is aimed at for the large ball, mm. */
const coarseMm = 4;

/** A box of cells around something, in cells. */
interface Box extends GridShape {
  readonly column: number;
  readonly row: number;
  readonly slice: number;
  /** Whether what it is around reaches the first or last slice of the grid. */
  readonly isCutBelow: boolean;
  readonly isCutAbove: boolean;
}

/**
 * Closes a lung's air to the lung with what is dense in it: masses on the ribs' side, vessels, nodules on the pleura or within.
 *
 * @param labels - One label per cell; cells of label 0 that join the lung get its label.
 * @param label - Of the lung.
 * @param bronchi - Cells of the lung's main bronchus: the hilum lies between it and the lung.
 * @param matter - One of `matters` per cell: what lies beyond cannot join.
 * @param grid - The reduced volume.
 * @param middle - Column and row of the mediastinum.
 * @returns Number of cells that got the label as the lung's rim: the lung reaches into them by a part at most.
 */
export function closeLung(
  labels: Uint8Array, label: number, bronchi: readonly number[], matter: Uint8Array, grid: HounsfieldGrid, middle: readonly [number, number],
): number {
  const box = boxAround(labels, label, grid);
  if (box === null) return 0;
  const cells = new Uint8Array(box.columns * box.rows * box.slices);
  visitLines(box, grid, (inner, outer, length) => {
    for (let step = 0; step < length; step += 1) if (labels[outer + step] === label) cells[inner + step] = 1;
  });
  const lumen = bronchi.map((cell) => cellInBox(cell, box, grid)).filter((inner) => inner !== null);
  fillLarge(cells, lumen, box, grid.cellMm, [middle[0] - box.column, middle[1] - box.row]);
  const closed = closeWithBall(cells, box, grid.cellMm, smallBallMm);
  fillHoles(closed, box);
  const mayJoin = (outer: number): boolean => labels[outer] === lungLabels.outside && matter[outer] !== matters.beyond;
  const dense: number[] = [];
  visitLines(box, grid, (inner, outer, length) => {
    for (let step = 0; step < length; step += 1) {
      if (closed[inner + step] !== 1 || !mayJoin(outer + step)) continue;
      labels[outer + step] = label;
      if ((grid.hounsfield[outer + step] ?? 0) >= tissueHu) dense.push(outer + step);
    }
  });
  // What is dense may be a nodule that goes on into the pleura: it gets the next cell as well.
  const rim = rimOf(labels, label, box, grid);
  for (const cell of dense) for (const next of neighbours(cell, grid)) rim.push(next);
  let rimCells = 0;
  for (const cell of rim) {
    if (!mayJoin(cell)) continue;
    labels[cell] = label;
    rimCells += 1;
  }
  return rimCells;
}

/** Cells beside a lung that the lung reaches into by a part. */
function rimOf(labels: Uint8Array, label: number, box: Box, grid: HounsfieldGrid): number[] {
  const rim: number[] = [];
  visitLines(box, grid, (_, outer, length) => {
    for (let cell = outer; cell < outer + length; cell += 1) {
      if (labels[cell] !== lungLabels.outside || (grid.hounsfield[cell] ?? 0) >= rimHu) continue;
      if (labels[cell - 1] === label || labels[cell + 1] === label || labels[cell - grid.columns] === label || labels[cell + grid.columns] === label) rim.push(cell);
    }
  });
  return rim;
}

function neighbours(cell: number, { columns }: GridShape): readonly number[] {
  const [above, below] = [cell - columns, cell + columns];
  return [cell - 1, cell + 1, above - 1, above, above + 1, below - 1, below, below + 1];
}

function cellInBox(cell: number, box: Box, { columns, rows }: GridShape): number | null {
  const column = (cell % columns) - box.column;
  const row = (Math.floor(cell / columns) % rows) - box.row;
  const slice = Math.floor(cell / (columns * rows)) - box.slice;
  const isIn = column >= 0 && row >= 0 && slice >= 0 && column < box.columns && row < box.rows && slice < box.slices;
  return isIn ? (slice * box.rows + row) * box.columns + column : null;
}

/** Fills on a coarser grid, in place, what is two or three of its cells thick and more: in the lung, and between it and its bronchus. */
function fillLarge(cells: Uint8Array, bronchi: readonly number[], box: Box, cellMm: HounsfieldGrid['cellMm'], middle: readonly [number, number]): void {
  const fine = { ...box, cellMm };
  const factors = [factor(cellMm[0]), factor(cellMm[1]), factor(cellMm[2])] as const;
  const padOf = (axis: 0 | 1 | 2): number => Math.floor(largeBallMm / (cellMm[axis] * factors[axis])) + 1;
  const pads = { columns: padOf(0), rows: padOf(1), below: box.isCutBelow ? 0 : padOf(2), above: box.isCutAbove ? 0 : padOf(2) };
  const coarse = coarsen(cells, fine, { factors, pads });
  const lung = coarse.cells.slice();
  fillCostalDents(coarse.cells, coarse, chestRays(coarse, [middle[0] / factors[0] + pads.columns, middle[1] / factors[1] + pads.rows]));
  const dents = without(coarse.cells, lung);
  let closed = closeWithBall(coarse.cells, coarse, coarse.cellMm, largeBallMm);
  if (bronchi.length > 0) {
    for (const cell of bronchi) cells[cell] = 1;
    const withBronchi = coarsen(cells, fine, { factors, pads }).cells;
    for (let index = 0; index < closed.length; index += 1) if (withBronchi[index] === 1) closed[index] = 1;
    closed = closeWithBall(closed, coarse, coarse.cellMm, hilarBallMm);
  }
  fillHoles(closed, coarse);
  refine(cells, fine, thickParts(dents, coarse, 2), { factors, pads });
  refine(cells, fine, thickParts(without(closed, lung), coarse, 3), { factors, pads });
}

function without(cells: Uint8Array, taken: Uint8Array): Uint8Array {
  return cells.map((cell, index) => (taken[index] === 1 ? 0 : cell));
}

function factor(cellMm: number): number {
  return Math.max(1, Math.round(coarseMm / cellMm));
}

/** Leaves room for the small ball on all sides, beyond the grid too; not where the scan cut the lung off, which is taken to go on. */
function boxAround(labels: Uint8Array, label: number, { columns, rows, slices, cellMm }: HounsfieldGrid): Box | null {
  let [firstColumn, lastColumn, firstRow, lastRow, firstSlice, lastSlice] = [columns, -1, rows, -1, slices, -1];
  for (let line = 0; line < rows * slices; line += 1) {
    const from = line * columns;
    const first = labels.indexOf(label, from);
    if (first < 0) break;
    if (first >= from + columns) {
      line = Math.floor(first / columns) - 1;
      continue;
    }
    const last = labels.lastIndexOf(label, from + columns - 1);
    firstColumn = Math.min(firstColumn, first - from);
    lastColumn = Math.max(lastColumn, last - from);
    firstRow = Math.min(firstRow, line % rows);
    lastRow = Math.max(lastRow, line % rows);
    firstSlice = Math.min(firstSlice, Math.floor(line / rows));
    lastSlice = Math.floor(line / rows);
  }
  if (lastColumn < 0) return null;
  const [columnMargin, rowMargin, sliceMargin] = [margin(cellMm[0]), margin(cellMm[1]), margin(cellMm[2])];
  const [isCutBelow, isCutAbove] = [firstSlice === 0, lastSlice === slices - 1];
  const slice = isCutBelow ? 0 : firstSlice - sliceMargin;
  const endSlice = isCutAbove ? slices : lastSlice + 1 + sliceMargin;
  return {
    column: firstColumn - columnMargin, columns: lastColumn - firstColumn + 1 + 2 * columnMargin,
    row: firstRow - rowMargin, rows: lastRow - firstRow + 1 + 2 * rowMargin,
    slice, slices: endSlice - slice, isCutBelow, isCutAbove,
  };
}

function margin(cellMm: number): number {
  return Math.floor(smallBallMm / cellMm) + 1;
}

/** Visits the stretches of lines that box and grid have in common. */
function visitLines(box: Box, { columns, rows, slices }: GridShape, visit: (inner: number, outer: number, length: number) => void): void {
  const first = Math.max(0, -box.column);
  const length = Math.min(box.columns, columns - box.column) - first;
  for (let slice = Math.max(0, -box.slice); slice < Math.min(box.slices, slices - box.slice); slice += 1) {
    for (let row = Math.max(0, -box.row); row < Math.min(box.rows, rows - box.row); row += 1) {
      visit((slice * box.rows + row) * box.columns + first, ((box.slice + slice) * rows + box.row + row) * columns + box.column + first, length);
    }
  }
}
