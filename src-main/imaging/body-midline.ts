import { pixelToPatient } from '../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';

/** Soft tissue, fat and bone lie above; lung, air and most of the couch below. */
const bodyHu = -300;
/** Every fourth pixel is enough for a midline. */
const step = 4;
/** A body smaller than this share of the grid is a wire, a couch edge or noise. */
const leastShare = 0.01;

/**
 * Estimates where the middle of the body lies on a slice, to tell left from right.
 *
 * The largest connected region above -300 HU is taken as the body; the middle of each of its rows counts with the row's width.
 *
 * @param hounsfield - HU of the slice, row-major.
 * @param columns - Of the slice.
 * @param affine - Of the slice.
 * @returns x in mm, LPS (+x is the patient's left); null when there is no body on the slice.
 */
export function bodyMidlineMm(hounsfield: Int16Array, columns: number, affine: ImageAffine): number | null {
  const width = Math.floor(columns / step);
  const height = Math.floor(hounsfield.length / columns / step);
  const inBody = new Uint8Array(width * height);
  for (let index = 0; index < inBody.length; index += 1) {
    const row = Math.floor(index / width) * step;
    if ((hounsfield[row * columns + (index % width) * step] ?? 0) > bodyHu) inBody[index] = 1;
  }
  const body = largestRegion(inBody, width);
  if (body.length < inBody.length * leastShare) return null;
  const [column, row] = centreOfRows(body, width);
  return pixelToPatient(affine, column * step, row * step)[0];
}

function centreOfRows(body: readonly number[], width: number): readonly [column: number, row: number] {
  const rows = new Map<number, { first: number; last: number }>();
  for (const index of body) {
    const row = Math.floor(index / width);
    const column = index % width;
    const extent = rows.get(row) ?? { first: column, last: column };
    extent.first = Math.min(extent.first, column);
    extent.last = Math.max(extent.last, column);
    rows.set(row, extent);
  }
  let weight = 0;
  let column = 0;
  let middleRow = 0;
  for (const [row, { first, last }] of rows) {
    const rowWidth = last - first + 1;
    weight += rowWidth;
    column += rowWidth * ((first + last) / 2);
    middleRow += rowWidth * row;
  }
  return [column / weight, middleRow / weight];
}

/** Flood fill over the four neighbours; marks are cleared as they are visited. */
function largestRegion(marks: Uint8Array, width: number): readonly number[] {
  let largest: number[] = [];
  for (let seed = 0; seed < marks.length; seed += 1) {
    if (marks[seed] !== 1) continue;
    marks[seed] = 0;
    const region = [seed];
    for (const index of region) {
      const column = index % width;
      for (const neighbour of [column > 0 ? index - 1 : -1, column < width - 1 ? index + 1 : -1, index - width, index + width]) {
        if (marks[neighbour] !== 1) continue;
        marks[neighbour] = 0;
        region.push(neighbour);
      }
    }
    if (region.length > largest.length) largest = region;
  }
  return largest;
}
