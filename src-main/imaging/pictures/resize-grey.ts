import type { GreyPicture } from './picture.ts';

/**
 * Turns a picture left to right, in its own memory.
 *
 * @param picture - Changed.
 */
export function mirrorGrey({ grey, columns, rows }: GreyPicture): void {
  for (let row = 0; row < rows; row += 1) grey.subarray(row * columns, (row + 1) * columns).reverse();
}

/**
 * Size of a picture that is not longer than a side; none becomes larger.
 *
 * @param picture - Its size.
 * @param longestSide - Pixels, at least 1.
 */
export function sizeWithin({ columns, rows }: Pick<GreyPicture, 'columns' | 'rows'>, longestSide: number): Pick<GreyPicture, 'columns' | 'rows'> {
  const scale = Math.min(1, longestSide / Math.max(columns, rows));
  return { columns: Math.max(1, Math.round(columns * scale)), rows: Math.max(1, Math.round(rows * scale)) };
}

/**
 * Shrinks a picture: every new pixel is the mean of the area that it stands for.
 *
 * @param picture - Grey levels.
 * @param size - No larger than the picture in either direction.
 * @throws {RangeError} for a larger one.
 */
export function shrinkGrey(picture: GreyPicture, size: Pick<GreyPicture, 'columns' | 'rows'>): GreyPicture {
  if (size.columns > picture.columns || size.rows > picture.rows) throw new RangeError('a picture is only made smaller');
  if (size.columns === picture.columns && size.rows === picture.rows) return picture;
  const narrow = new Float32Array(size.columns * picture.rows);
  for (let row = 0; row < picture.rows; row += 1) {
    meansOf(picture.grey.subarray(row * picture.columns, (row + 1) * picture.columns), size.columns, narrow.subarray(row * size.columns, (row + 1) * size.columns));
  }
  const grey = new Uint8Array(size.columns * size.rows);
  const line = new Float32Array(picture.rows);
  const means = new Float32Array(size.rows);
  for (let column = 0; column < size.columns; column += 1) {
    for (let row = 0; row < line.length; row += 1) line[row] = narrow[row * size.columns + column] ?? 0;
    meansOf(line, size.rows, means);
    for (let row = 0; row < size.rows; row += 1) grey[row * size.columns + column] = Math.round(means[row] ?? 0);
  }
  return { grey, columns: size.columns, rows: size.rows };
}

/** Means over equal parts of a line; a value that two parts share counts for each by its share. */
function meansOf(line: Uint8Array | Float32Array, count: number, into: Float32Array): void {
  const length = line.length / count;
  for (let part = 0; part < count; part += 1) {
    const [from, to] = [part * length, (part + 1) * length];
    let sum = 0;
    for (let at = Math.floor(from); at < to && at < line.length; at += 1) sum += (line[at] ?? 0) * (Math.min(to, at + 1) - Math.max(from, at));
    into[part] = sum / length;
  }
}
