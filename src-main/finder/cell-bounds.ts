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
  let left = columns;
  let right = -1;
  let top = rows;
  let bottom = -1;
  let low = layers;
  let high = -1;
  for (let at = 0; at < cells.length; at += 1) {
    if (cells[at] !== 1) continue;
    const column = at % columns;
    const row = Math.floor(at / columns) % rows;
    const layer = Math.floor(at / (columns * rows));
    if (column < left) left = column;
    if (column > right) right = column;
    if (row < top) top = row;
    if (row > bottom) bottom = row;
    if (layer < low) low = layer;
    high = layer;
  }
  if (right < 0) return null;
  return {
    from: [Math.max(0, left - across), Math.max(0, top - down), Math.max(0, low - up)],
    to: [Math.min(columns - 1, right + across), Math.min(rows - 1, bottom + down), Math.min(layers - 1, high + up)],
  };
}
