import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';

/** Soft tissue, fat and bone lie above; lung, air and most of the couch below. */
const bodyHu = -300;
/** So many cells across a slice are enough for a midline. */
const cellsAcross = 64;
/** A body smaller than this share of the grid is a wire, a couch edge or noise. */
const leastShare = 0.01;

/** Where a slice's Hounsfield units come from: only every eighth or so is asked for. */
export interface HounsfieldSource {
  readonly columns: number;
  readonly rows: number;
  /** @param index - Of the pixel, row-major. */
  readonly hounsfieldAt: (index: number) => number;
}

/**
 * Estimates where the middle of the body lies on a slice, to tell left from right.
 *
 * The largest connected region above -300 HU is taken as the body; the middle of each of its rows counts with the row's width.
 *
 * @param slice - Its HU.
 * @param affine - Of the slice.
 * @returns x in mm, LPS (+x is the patient's left); null when there is no body on the slice.
 */
export function bodyMidlineMm({ columns, rows, hounsfieldAt }: HounsfieldSource, affine: ImageAffine): number | null {
  const step = Math.max(1, Math.round(columns / cellsAcross));
  const width = Math.ceil(columns / step);
  const height = Math.ceil(rows / step);
  const inBody = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (hounsfieldAt((row * columns + column) * step) > bodyHu) inBody[row * width + column] = 1;
    }
  }
  const body = largestRegion(inBody, width);
  if (body.length < inBody.length * leastShare) return null;
  const [column, row] = centreOfRows(body, width, height);
  return pixelToPatient(affine, column * step, row * step)[0];
}

function centreOfRows(body: Int32Array, width: number, height: number): readonly [column: number, row: number] {
  const first = new Int32Array(height).fill(width);
  const last = new Int32Array(height).fill(-1);
  for (const cell of body) {
    const row = Math.floor(cell / width);
    const column = cell % width;
    first[row] = Math.min(first[row] ?? width, column);
    last[row] = Math.max(last[row] ?? -1, column);
  }
  let weight = 0;
  let column = 0;
  let middleRow = 0;
  for (let row = 0; row < height; row += 1) {
    const [from, to] = [first[row] ?? width, last[row] ?? -1];
    const rowWidth = Math.max(0, to - from + 1);
    weight += rowWidth;
    column += rowWidth * ((from + to) / 2);
    middleRow += rowWidth * row;
  }
  return [column / weight, middleRow / weight];
}

/** Flood fill over the four neighbours; marks are cleared as they are visited. */
function largestRegion(marks: Uint8Array, width: number): Int32Array {
  const visited = new Int32Array(marks.length);
  let largest = visited.subarray(0, 0);
  let end = 0;
  for (let seed = 0; seed < marks.length; seed += 1) {
    if (marks[seed] !== 1) continue;
    const start = end;
    end = visit(seed, end);
    for (let place = start; place < end; place += 1) {
      const cell = visited[place] ?? 0;
      const column = cell % width;
      if (column > 0) end = visit(cell - 1, end);
      if (column < width - 1) end = visit(cell + 1, end);
      end = visit(cell - width, end);
      end = visit(cell + width, end);
    }
    if (end - start > largest.length) largest = visited.subarray(start, end);
  }
  return largest;

  /** Puts a marked cell behind those visited; returns the new end. */
  function visit(cell: number, at: number): number {
    if (marks[cell] !== 1) return at;
    marks[cell] = 0;
    visited[at] = cell;
    return at + 1;
  }
}
