import type { LungField } from './lung-field.ts';

/**
 * How far a place lies in the lung: the nearest cell's share, 0 to 255; 0 beside the grid.
 *
 * @param field - The lung.
 * @param column - Of its grid, as row and layer; fractional.
 */
export function insideAt({ inside, grid: { columns, rows, layers } }: LungField, column: number, row: number, layer: number): number {
  const [x, y, z] = [Math.round(column), Math.round(row), Math.round(layer)];
  // Where the scan ends the lung goes on as it was.
  const held = Math.min(Math.max(z, 0), layers - 1);
  return x < 0 || y < 0 || x >= columns || y >= rows ? 0 : inside[(held * rows + y) * columns + x] ?? 0;
}

/**
 * Density at a place, between the cells around it; beyond the grid its outermost cells hold.
 *
 * @param field - The lung.
 * @param column - Of its grid, as row and layer; fractional.
 * @returns HU above the lung.
 */
export function valueAt({ values, grid: { columns, rows, layers } }: LungField, column: number, row: number, layer: number): number {
  const [x, y, z] = [Math.min(Math.max(column, 0), columns - 1.001), Math.min(Math.max(row, 0), rows - 1.001), Math.min(Math.max(layer, 0), layers - 1)];
  const [left, top, low] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [a, b, c] = [x - left, y - top, z - low];
  const at = (low * rows + top) * columns + left;
  const up = low + 1 < layers ? rows * columns : 0;
  const lower = ((values[at] ?? 0) * (1 - a) + (values[at + 1] ?? 0) * a) * (1 - b) + ((values[at + columns] ?? 0) * (1 - a) + (values[at + columns + 1] ?? 0) * a) * b;
  if (c === 0) return lower;
  const upper = ((values[at + up] ?? 0) * (1 - a) + (values[at + up + 1] ?? 0) * a) * (1 - b) + ((values[at + up + columns] ?? 0) * (1 - a) + (values[at + up + columns + 1] ?? 0) * a) * b;
  return lower * (1 - c) + upper * c;
}
