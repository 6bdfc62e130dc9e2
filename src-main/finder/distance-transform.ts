import { cellBounds } from './cell-bounds.ts';
import type { Grid } from './measure/local-box.ts';

const far = 1e12;

/**
 * Distances from every cell to the nearest cell of a shape.
 *
 * @param isTarget - 1 in the shape, 0 elsewhere.
 * @param grid - Its size.
 * @param cellMm - Distance of cells; default: the grid's.
 * @returns mm between cell centres; 0 in the shape, about a million where there is no shape.
 * @see Felzenszwalb P, Huttenlocher D, Distance transforms of sampled functions, Theory of Computing 2012;8:415-428
 */
export function distanceTo(isTarget: Uint8Array, { columns, rows, layers, cellMm: ownMm }: Grid, cellMm: Grid['cellMm'] = ownMm): Float32Array {
  const size = columns * rows;
  const squares = new Float32Array(isTarget.length);
  nearestInLines(isTarget, squares, columns, cellMm[0]);
  const work = createWork(Math.max(rows, layers));
  for (let layer = 0; layer < layers; layer += 1) {
    for (let column = 0; column < columns; column += 1) lowerEnvelope(squares, layer * size + column, columns, rows, cellMm[1], work);
  }
  for (let at = 0; at < size; at += 1) lowerEnvelope(squares, at, size, layers, cellMm[2], work);
  for (let at = 0; at < squares.length; at += 1) squares[at] = Math.sqrt(squares[at] ?? 0);
  return squares;
}

function nearestInLines(isTarget: Uint8Array, squares: Float32Array, columns: number, step: number): void {
  for (let start = 0; start < isTarget.length; start += columns) {
    let since = -1;
    for (let column = 0; column < columns; column += 1) {
      if (isTarget[start + column] === 1) since = column;
      squares[start + column] = since < 0 ? far : ((column - since) * step) ** 2;
    }
    since = -1;
    for (let column = columns - 1; column >= 0; column -= 1) {
      if (isTarget[start + column] === 1) since = column;
      if (since >= 0) squares[start + column] = Math.min(squares[start + column] ?? far, ((since - column) * step) ** 2);
    }
  }
}

interface Work {
  readonly heights: Float64Array;
  readonly places: Int32Array;
  readonly borders: Float64Array;
}

function createWork(length: number): Work {
  return { heights: new Float64Array(length), places: new Int32Array(length), borders: new Float64Array(length + 1) };
}

/** Replaces a line of squared distances by the lower envelope of the parabolas on them; only between zeros there is anything to do. */
function lowerEnvelope(squares: Float32Array, start: number, stride: number, length: number, step: number, work: Work): void {
  for (let at = 0; at < length; at += 1) {
    if (squares[start + at * stride] === 0) continue;
    const from = at;
    while (at < length && squares[start + at * stride] !== 0) at += 1;
    // What lies beyond a zero is never nearer than the zero itself.
    envelopeOfRun(squares, start, stride, Math.max(from - 1, 0), Math.min(at, length - 1), step, work);
  }
}

function envelopeOfRun(
  squares: Float32Array, start: number, stride: number, first: number, end: number, step: number, { heights, places, borders }: Work,
): void {
  const scale = 1 / (step * step);
  let last = -1;
  for (let at = first; at <= end; at += 1) {
    const height = (squares[start + at * stride] ?? far) * scale;
    heights[at] = height;
    if (height >= far * scale) continue;
    let border = -Infinity;
    while (last >= 0) {
      const place = places[last] ?? 0;
      border = ((height - (heights[place] ?? 0)) / (at - place) + at + place) / 2;
      if (border > (borders[last] ?? 0)) break;
      last -= 1;
      border = -Infinity;
    }
    last += 1;
    places[last] = at;
    borders[last] = border;
  }
  if (last < 0) return;
  for (let at = first, part = 0; at <= end; at += 1) {
    while (part < last && (borders[part + 1] ?? Infinity) <= at) part += 1;
    const place = places[part] ?? 0;
    squares[start + at * stride] = ((heights[place] ?? 0) + (at - place) * (at - place)) / scale;
  }
}

/**
 * Distances to a shape in the neighbourhood of a place; farther off about a million.
 *
 * @param isTarget - 1 in the shape, 0 elsewhere.
 * @param grid - Its size.
 * @param withinMm - This far around the place, distances up to here are right.
 * @param cellMm - Distance of cells.
 * @param place - 1 in the place; default: the shape itself.
 */
export function distanceNear(isTarget: Uint8Array, grid: Grid, withinMm: number, cellMm: Grid['cellMm'], place: Uint8Array = isTarget): Float32Array {
  const { columns, rows } = grid;
  const result = new Float32Array(isTarget.length).fill(Math.sqrt(far));
  const box = cellBounds(place, grid, [Math.ceil(withinMm / cellMm[0]), Math.ceil(withinMm / cellMm[1]), Math.ceil(withinMm / cellMm[2])]);
  if (box === null) return result;
  const part: Grid = { columns: box.to[0] - box.from[0] + 1, rows: box.to[1] - box.from[1] + 1, layers: box.to[2] - box.from[2] + 1, cellMm };
  const cells = new Uint8Array(part.columns * part.rows * part.layers);
  const lines = part.rows * part.layers;
  const lineAt = (line: number): number => ((box.from[2] + Math.floor(line / part.rows)) * rows + box.from[1] + (line % part.rows)) * columns + box.from[0];
  for (let line = 0; line < lines; line += 1) cells.set(isTarget.subarray(lineAt(line), lineAt(line) + part.columns), line * part.columns);
  const distances = distanceTo(cells, part);
  for (let line = 0; line < lines; line += 1) result.set(distances.subarray(line * part.columns, (line + 1) * part.columns), lineAt(line));
  return result;
}
