import type { Canvas } from './glyphs.ts';
import { checkBox } from './picture.ts';
import type { GreyPicture } from './picture.ts';

/** Neither air nor tissue at the lung window: where a tile ends stays visible. */
const backgroundLevel = 40;

/**
 * An empty sheet.
 *
 * @param columns - Pixels.
 * @param rows - Pixels.
 */
export function emptySheet(columns: number, rows: number): Canvas {
  return { grey: new Uint8Array(columns * rows).fill(backgroundLevel), columns, rows };
}

/**
 * Puts a picture onto a sheet, pixel by pixel.
 *
 * @param sheet - Drawn into.
 * @param picture - As it is shown.
 * @param place - Of its first pixel.
 * @throws {RangeError} where it does not lie inside of the sheet.
 */
export function putPicture(sheet: Canvas, picture: GreyPicture, { left, top }: { readonly left: number; readonly top: number }): void {
  checkBox({ left, top, columns: picture.columns, rows: picture.rows }, sheet);
  for (let row = 0; row < picture.rows; row += 1) {
    sheet.grey.set(picture.grey.subarray(row * picture.columns, (row + 1) * picture.columns), (top + row) * sheet.columns + left);
  }
}
