/** A level over a grid of a plane: positive inside of a shape, negative outside. */
export interface LevelField {
  /** rows x columns values. */
  readonly values: Float32Array;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Traces the closed outlines of a shape at level 0, between the grid's points (marching squares, interpolated along the edges).
 *
 * @param field - Negative along its own edge, or outlines end there.
 * @returns Outlines as column, row, column, row ...; fractional grid positions; each closed without repeating its first point.
 */
export function traceContours({ values, columns, rows }: LevelField): readonly Float64Array[] {
  // An edge of the grid is named by its first point and direction: 2 * index for the one to the right, + 1 for the one down.
  const next = new Map<number, number>();
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const at = row * columns + column;
      const a = (values[at] ?? -1) > 0 ? 1 : 0;
      const b = (values[at + 1] ?? -1) > 0 ? 2 : 0;
      const c = (values[at + columns + 1] ?? -1) > 0 ? 4 : 0;
      const d = (values[at + columns] ?? -1) > 0 ? 8 : 0;
      const corners = a | b | c | d;
      if (corners === 0 || corners === 15) continue;
      const edges = [2 * at, 2 * (at + 1) + 1, 2 * (at + columns), 2 * at + 1] as const;
      for (const [from, to] of segments[corners] ?? []) next.set(edges[from] ?? 0, edges[to] ?? 0);
    }
  }
  const outlines: Float64Array[] = [];
  for (const start of next.keys()) {
    if (!next.has(start)) continue;
    const points: number[] = [];
    let edge = start;
    for (let following = next.get(edge); following !== undefined; following = next.get(edge)) {
      next.delete(edge);
      const first: number = edge >> 1;
      const second = (edge & 1) === 0 ? first + 1 : first + columns;
      const share = crossing(values[first] ?? 0, values[second] ?? 0);
      points.push((first % columns) + ((edge & 1) === 0 ? share : 0), Math.floor(first / columns) + ((edge & 1) === 0 ? 0 : share));
      edge = following;
    }
    if (points.length >= 6) outlines.push(Float64Array.from(points));
  }
  return outlines;
}

/** Segments from edge to edge (0 top, 1 right, 2 bottom, 3 left) by which corners are inside, the inside on the right-hand side of the way. */
const segments: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [], [[0, 3]], [[1, 0]], [[1, 3]], [[2, 1]], [[0, 3], [2, 1]], [[2, 0]], [[2, 3]],
  [[3, 2]], [[0, 2]], [[1, 0], [3, 2]], [[1, 2]], [[3, 1]], [[0, 1]], [[3, 0]], [],
];

function crossing(first: number, second: number): number {
  return first === second ? 0.5 : first / (first - second);
}

/**
 * Area within an outline; negative for the outline of a hole.
 *
 * @param outline - As traceContours gives it, scaled or not.
 */
export function outlineArea(outline: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < outline.length; at += 2) {
    const after = (at + 2) % outline.length;
    sum += (outline[at] ?? 0) * (outline[after + 1] ?? 0) - (outline[after] ?? 0) * (outline[at + 1] ?? 0);
  }
  return sum / 2;
}
