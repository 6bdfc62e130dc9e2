/** A connected region of a mask. */
export interface Component {
  readonly area: number;
  readonly columnMin: number;
  readonly columnMax: number;
  readonly rowMin: number;
  readonly rowMax: number;
  readonly touchesEdge: boolean;
  /** Indices of its pixels. */
  readonly pixels: Int32Array;
}

/**
 * Finds the 4-connected regions of a mask.
 *
 * @param mask - 1 inside, 0 outside; columns x rows, row-major.
 * @param columns - Width, pixels.
 * @param rows - Height, pixels.
 * @returns Regions in the order of their first pixel.
 */
export function findComponents(mask: Uint8Array, columns: number, rows: number): readonly Component[] {
  const seen = new Uint8Array(mask.length);
  const queue = new Int32Array(mask.length);
  const components: Component[] = [];
  for (let start = 0; start < mask.length; start += 1) {
    if (mask[start] !== 0 && seen[start] === 0) components.push(flood(mask, seen, queue, start, columns, rows));
  }
  return components;
}

function flood(mask: Uint8Array, seen: Uint8Array, queue: Int32Array, start: number, columns: number, rows: number): Component {
  let end = 1;
  queue[0] = start;
  seen[start] = 1;
  let columnMin = columns;
  let columnMax = 0;
  let rowMin = rows;
  let rowMax = 0;
  for (let head = 0; head < end; head += 1) {
    const at = queue[head] ?? 0;
    const column = at % columns;
    const row = (at - column) / columns;
    columnMin = Math.min(columnMin, column);
    columnMax = Math.max(columnMax, column);
    rowMin = Math.min(rowMin, row);
    rowMax = Math.max(rowMax, row);
    if (column > 0) end = visit(mask, seen, queue, at - 1, end);
    if (column < columns - 1) end = visit(mask, seen, queue, at + 1, end);
    if (row > 0) end = visit(mask, seen, queue, at - columns, end);
    if (row < rows - 1) end = visit(mask, seen, queue, at + columns, end);
  }
  const touchesEdge = columnMin === 0 || rowMin === 0 || columnMax === columns - 1 || rowMax === rows - 1;
  return { area: end, columnMin, columnMax, rowMin, rowMax, touchesEdge, pixels: queue.slice(0, end) };
}

function visit(mask: Uint8Array, seen: Uint8Array, queue: Int32Array, at: number, end: number): number {
  if (mask[at] === 0 || seen[at] === 1) return end;
  seen[at] = 1;
  queue[end] = at;
  return end + 1;
}
