import type { GridShape } from './grid-reduce.ts';

/**
 * Draws the convex hull of a kind of cells on every slice, line by line.
 *
 * @param cells - One value per cell.
 * @param value - Of the cells that the hull goes around.
 * @param shape - Of the grid.
 * @returns First and last column inside on each line (slice * rows + row); first > last where the hull does not reach.
 */
export function convexRows(cells: Uint8Array, value: number, { columns, rows, slices }: GridShape): { readonly hullFirst: Int16Array; readonly hullLast: Int16Array } {
  const hullFirst = new Int16Array(rows * slices).fill(columns);
  const hullLast = new Int16Array(rows * slices).fill(-1);
  for (let line = 0; line < rows * slices; line += 1) {
    const from = line * columns;
    let first = 0;
    while (first < columns && cells[from + first] !== value) first += 1;
    if (first === columns) continue;
    let last = columns - 1;
    while (cells[from + last] !== value) last -= 1;
    hullFirst[line] = first;
    hullLast[line] = last;
  }
  for (let slice = 0; slice < slices; slice += 1) {
    const lines = { from: slice * rows, to: (slice + 1) * rows };
    bulgeOut(hullFirst, lines, columns, 1);
    bulgeOut(hullLast, lines, -1, -1);
  }
  return { hullFirst, hullLast };
}

/** Replaces the outline by its lower (sign 1) or upper (sign -1) convex chain, in place. */
function bulgeOut(outline: Int16Array, { from, to }: { readonly from: number; readonly to: number }, absent: number, sign: 1 | -1): void {
  const chain: number[] = [];
  const at = (line: number): number => (outline[line] ?? 0) * sign;
  for (let line = from; line < to; line += 1) {
    if (outline[line] === absent) continue;
    while (chain.length > 1 && isNoCorner(chain, line, at)) chain.pop();
    chain.push(line);
  }
  for (let index = 0; index + 1 < chain.length; index += 1) {
    const [start, end] = [chain[index] ?? 0, chain[index + 1] ?? 0];
    const slope = (at(end) - at(start)) / (end - start);
    const value = at(start);
    for (let line = start + 1; line < end; line += 1) outline[line] = sign * Math.ceil(value + slope * (line - start));
  }
}

/** Whether the chain's last line lies on or inside of the straight way past it. */
function isNoCorner(chain: readonly number[], line: number, at: (line: number) => number): boolean {
  const [before, last] = [chain.at(-2) ?? 0, chain.at(-1) ?? 0];
  return (at(last) - at(before)) * (line - before) >= (at(line) - at(before)) * (last - before);
}
