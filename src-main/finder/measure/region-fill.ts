import type { Grid } from './local-box.ts';

/**
 * Collects the cells that hang together with a start cell, by their sides.
 *
 * @param isInside - 1 where the fill may go.
 * @param start - Index of a cell; where it is not inside, nothing is filled.
 * @param grid - Size.
 * @returns 1 in the fill, 0 elsewhere.
 */
export function fillFrom(isInside: Uint8Array, start: number, { columns, rows, layers }: Grid): Uint8Array {
  const filled = new Uint8Array(isInside.length);
  if (isInside[start] !== 1) return filled;
  const size = columns * rows;
  // Whole runs along a row are taken at once; from each, the rows beside, above and below are entered.
  const waiting: number[] = [start];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (filled[at] === 1) continue;
    const lineStart = at - (at % columns);
    let left = at;
    while (left > lineStart && isInside[left - 1] === 1) left -= 1;
    let right = at;
    while (right + 1 < lineStart + columns && isInside[right + 1] === 1) right += 1;
    filled.fill(1, left, right + 1);
    const row = Math.floor(lineStart / columns) % rows;
    const layer = Math.floor(lineStart / size);
    if (row > 0) enter(left - columns, right - columns);
    if (row + 1 < rows) enter(left + columns, right + columns);
    if (layer > 0) enter(left - size, right - size);
    if (layer + 1 < layers) enter(left + size, right + size);
  }
  return filled;

  function enter(from: number, to: number): void {
    for (let next = from, wasOpen = false; next <= to; next += 1) {
      const isOpen = isInside[next] === 1 && filled[next] === 0;
      if (isOpen && !wasOpen) waiting.push(next);
      wasOpen = isOpen;
    }
  }
}

/**
 * Number of cells in a shape.
 *
 * @param cells - 1 in the shape.
 */
export function countCells(cells: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < cells.length; at += 1) count += cells[at] ?? 0;
  return count;
}

/**
 * Whether a shape touches a face of the grid.
 *
 * @param cells - 1 in the shape.
 * @param grid - Size.
 * @param isOpen - Which faces count: lower and upper of columns, rows, layers.
 */
export function touchesFace(cells: Uint8Array, { columns, rows, layers }: Grid, isOpen: readonly [boolean, boolean, boolean, boolean, boolean, boolean]): boolean {
  for (let at = 0; at < cells.length; at += 1) {
    if (cells[at] !== 1) continue;
    const column = at % columns;
    if ((isOpen[0] && column === 0) || (isOpen[1] && column === columns - 1)) return true;
    const row = Math.floor(at / columns) % rows;
    if ((isOpen[2] && row === 0) || (isOpen[3] && row === rows - 1)) return true;
    const layer = Math.floor(at / (columns * rows));
    if ((isOpen[4] && layer === 0) || (isOpen[5] && layer === layers - 1)) return true;
  }
  return false;
}
