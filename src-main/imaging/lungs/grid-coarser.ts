import type { GridShape } from './grid-reduce.ts';
import { findRuns, visitRunCells } from './grid-runs.ts';

/** A grid's shape with the size of its cells. */
export interface MeasuredShape extends GridShape {
  readonly cellMm: readonly [column: number, row: number, slice: number];
}

/** How a coarser grid lies over a finer one. */
export interface Coarsening {
  /** Cells of the finer grid per cell. */
  readonly factors: readonly [columns: number, rows: number, slices: number];
  /** Empty cells that the coarser grid has around the finer one. */
  readonly pads: { readonly columns: number; readonly rows: number; readonly below: number; readonly above: number };
}

/**
 * Puts a shape on a coarser grid: a cell is in it when at least half of its finer cells are.
 *
 * @param cells - 1 in the shape, 0 outside.
 * @param fine - Shape of their grid.
 * @param coarsening - How the coarser grid lies over it.
 */
export function coarsen(cells: Uint8Array, fine: MeasuredShape, coarsening: Coarsening): MeasuredShape & { readonly cells: Uint8Array<ArrayBuffer> } {
  const shape = coarseShape(fine, coarsening);
  const { factors, pads } = coarsening;
  const counts = new Uint8Array(shape.columns * shape.rows * shape.slices);
  const runs = findRuns(cells, 1, fine);
  for (let line = 0; line < fine.rows * fine.slices; line += 1) {
    const base = coarseLine(line, fine, shape, coarsening) * shape.columns + pads.columns;
    for (let run = runs.lines[line] ?? 0, last = runs.lines[line + 1] ?? 0; run < last; run += 1) {
      const end = runs.ends[run] ?? 0;
      for (let column = runs.starts[run] ?? 0; column < end;) {
        const coarse = Math.floor(column / factors[0]);
        const next = Math.min(end, (coarse + 1) * factors[0]);
        counts[base + coarse] = (counts[base + coarse] ?? 0) + next - column;
        column = next;
      }
    }
  }
  const half = (factors[0] * factors[1] * factors[2]) / 2;
  for (let index = 0; index < counts.length; index += 1) counts[index] = (counts[index] ?? 0) >= half ? 1 : 0;
  return { ...shape, cells: counts };
}

/**
 * Adds a shape of a coarser grid to one of a finer grid, in place.
 *
 * @param cells - Of the finer grid: 1 in the shape.
 * @param fine - Shape of that grid.
 * @param added - Of the coarser grid: 1 where all finer cells are added.
 * @param coarsening - How the coarser grid lies over it.
 */
export function refine(cells: Uint8Array, fine: MeasuredShape, added: Uint8Array, coarsening: Coarsening): void {
  const shape = coarseShape(fine, coarsening);
  const { factors, pads } = coarsening;
  const runs = findRuns(added, 1, shape);
  for (let line = 0; line < fine.rows * fine.slices; line += 1) {
    const coarse = coarseLine(line, fine, shape, coarsening);
    for (let run = runs.lines[coarse] ?? 0, last = runs.lines[coarse + 1] ?? 0; run < last; run += 1) {
      const start = Math.max(0, ((runs.starts[run] ?? 0) - pads.columns) * factors[0]);
      const end = Math.min(fine.columns, ((runs.ends[run] ?? 0) - pads.columns) * factors[0]);
      if (start < end) cells.fill(1, line * fine.columns + start, line * fine.columns + end);
    }
  }
}

function coarseShape({ columns, rows, slices, cellMm }: MeasuredShape, { factors, pads }: Coarsening): MeasuredShape {
  return {
    columns: Math.ceil(columns / factors[0]) + 2 * pads.columns,
    rows: Math.ceil(rows / factors[1]) + 2 * pads.rows,
    slices: Math.ceil(slices / factors[2]) + pads.below + pads.above,
    cellMm: [cellMm[0] * factors[0], cellMm[1] * factors[1], cellMm[2] * factors[2]],
  };
}

/** Line (slice * rows + row) of the coarser grid that a line of the finer one lies in. */
function coarseLine(line: number, fine: GridShape, coarse: GridShape, { factors, pads }: Coarsening): number {
  const slice = Math.floor(Math.floor(line / fine.rows) / factors[2]) + pads.below;
  return slice * coarse.rows + Math.floor((line % fine.rows) / factors[1]) + pads.rows;
}

/**
 * Keeps of a shape the squares within the slices that lie in it completely.
 *
 * @param cells - 1 in the shape, 0 outside.
 * @param shape - Of the grid.
 * @param width - Of the squares, cells: what is less thick is dropped.
 */
export function thickParts(cells: Uint8Array, shape: GridShape, width: number): Uint8Array<ArrayBuffer> {
  const { columns, rows } = shape;
  const thick = new Uint8Array(cells.length);
  visitRunCells(findRuns(cells, 1, shape), (_, index) => {
    if ((index % columns) + width > columns || (Math.floor(index / columns) % rows) + width > rows) return;
    for (let row = 0; row < width; row += 1) for (let column = 0; column < width; column += 1) if (cells[index + row * columns + column] !== 1) return;
    for (let row = 0; row < width; row += 1) thick.fill(1, index + row * columns, index + row * columns + width);
  });
  return thick;
}
