/** First and last cell of a box along each axis, both inclusive. */
export interface CellBounds {
  readonly from: readonly [column: number, row: number, layer: number];
  readonly to: readonly [column: number, row: number, layer: number];
}

/**
 * Smallest box of a grid around its marked cells.
 *
 * @param cells - 1 where marked; column fastest, then rows, then layers.
 * @param size - Of the grid.
 * @param margin - Cells more to every side, by axis, where the grid has them.
 * @returns Null when no cell is marked.
 */
export function cellBounds(
  cells: Uint8Array, { columns, rows, layers }: { readonly columns: number; readonly rows: number; readonly layers: number },
  [across, down, up]: readonly [number, number, number],
): CellBounds | null {
  let [left, top, low] = [columns, rows, layers];
  let [right, bottom, high] = [-1, -1, -1];
  for (let layer = 0, at = 0; layer < layers; layer += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, at += 1) {
        if (cells[at] !== 1) continue;
        if (column < left) left = column;
        if (column > right) right = column;
        if (row < top) top = row;
        if (row > bottom) bottom = row;
        if (layer < low) low = layer;
        high = layer;
      }
    }
  }
  if (right < 0) return null;
  return {
    from: [Math.max(0, left - across), Math.max(0, top - down), Math.max(0, low - up)],
    to: [Math.min(columns - 1, right + across), Math.min(rows - 1, bottom + down), Math.min(layers - 1, high + up)],
  };
}
