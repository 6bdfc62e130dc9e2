/**
 * Chamfer distance (3-4, divided by 3) from each pixel to the nearest pixel outside a mask, pixels.
 *
 * @param mask - 1 inside, 0 outside; columns x rows, row-major.
 * @param columns - Width, pixels.
 * @param rows - Height, pixels.
 * @param beyond - Whether what lies beyond the picture's edge counts as outside.
 * @returns Distances, same order; 0 outside the mask.
 * @see Borgefors, Computer Vision, Graphics, and Image Processing 1986;34:344-371
 */
export function distanceInside(mask: Uint8Array, columns: number, rows: number, beyond: boolean): Float32Array {
  const edge = beyond ? 0 : 1e6;
  const distance = new Float32Array(mask.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      if (mask[at] === 0) continue;
      const left = column > 0 ? distance[at - 1] ?? 0 : edge;
      const up = row > 0 ? distance[at - columns] ?? 0 : edge;
      const upLeft = row > 0 && column > 0 ? distance[at - columns - 1] ?? 0 : edge;
      const upRight = row > 0 && column < columns - 1 ? distance[at - columns + 1] ?? 0 : edge;
      distance[at] = Math.min(Math.min(left, up) + 3, Math.min(upLeft, upRight) + 4);
    }
  }
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const at = row * columns + column;
      if (mask[at] === 0) continue;
      const right = column < columns - 1 ? distance[at + 1] ?? 0 : edge;
      const down = row < rows - 1 ? distance[at + columns] ?? 0 : edge;
      const downRight = row < rows - 1 && column < columns - 1 ? distance[at + columns + 1] ?? 0 : edge;
      const downLeft = row < rows - 1 && column > 0 ? distance[at + columns - 1] ?? 0 : edge;
      distance[at] = Math.min(distance[at] ?? 0, Math.min(right, down) + 3, Math.min(downRight, downLeft) + 4);
    }
  }
  for (let at = 0; at < distance.length; at += 1) distance[at] = (distance[at] ?? 0) / 3;
  return distance;
}

/**
 * Closes gaps and bays of a mask that are narrower than twice the radius.
 *
 * @param mask - 1 inside, 0 outside.
 * @param columns - Width, pixels.
 * @param rows - Height, pixels.
 * @param radius - Pixels.
 * @returns A new mask that contains the old one.
 */
export function closeMask(mask: Uint8Array, columns: number, rows: number, radius: number): Uint8Array {
  const outside = mask.map((value) => (value === 0 ? 1 : 0));
  const toMask = distanceInside(outside, columns, rows, false);
  const grown = mask.map((value, at) => (value === 1 || (toMask[at] ?? 0) <= radius ? 1 : 0));
  const toOutside = distanceInside(grown, columns, rows, false);
  return mask.map((value, at) => (value === 1 || (toOutside[at] ?? 0) > radius ? 1 : 0));
}
