import type { GreyPicture } from './picture.ts';

/**
 * A font of what sheets are labelled with: digits and "mm", 5 x 7 dots each, drawn by hand for LungDesk.
 *
 * Seven rows from top to bottom, five dots a row, '#' is ink. Every digit differs from every other in at least three dots, so that none is
 * mistaken when a viewer shrinks the picture.
 */
const glyphRows: Readonly<Record<string, readonly string[]>> = {
  0: [' ### ', '#   #', '#   #', '#   #', '#   #', '#   #', ' ### '],
  1: ['  #  ', ' ##  ', '  #  ', '  #  ', '  #  ', '  #  ', ' ### '],
  2: [' ### ', '#   #', '    #', '  ## ', ' #   ', '#    ', '#####'],
  3: [' ### ', '#   #', '    #', '  ## ', '    #', '#   #', ' ### '],
  4: ['   # ', '  ## ', ' # # ', '#  # ', '#####', '   # ', '   # '],
  5: ['#####', '#    ', '#### ', '    #', '    #', '#   #', ' ### '],
  6: [' ### ', '#    ', '#    ', '#### ', '#   #', '#   #', ' ### '],
  7: ['#####', '    #', '   # ', '   # ', '  #  ', '  #  ', '  #  '],
  8: [' ### ', '#   #', '#   #', ' ### ', '#   #', '#   #', ' ### '],
  9: [' ### ', '#   #', '#   #', ' ####', '    #', '    #', ' ### '],
  m: ['     ', '     ', '## # ', '# # #', '# # #', '# # #', '# # #'],
};

/** Dots of a glyph; one more column parts it from the next. */
const glyphSize = { columns: 5, rows: 7 } as const;

/** A picture that is drawn into. */
export interface Canvas extends GreyPicture {
  readonly grey: Uint8Array<ArrayBuffer>;
}

/**
 * Size of a text, pixels.
 *
 * @param text - Digits, 'm' and spaces.
 * @param dotSize - Pixels per dot of the font, a whole number.
 */
export function textSize(text: string, dotSize: number): { readonly columns: number; readonly rows: number } {
  return { columns: Math.max(0, text.length * (glyphSize.columns + 1) - 1) * dotSize, rows: glyphSize.rows * dotSize };
}

/**
 * Draws a text.
 *
 * @param canvas - Drawn into; what lies outside of it is left out.
 * @param text - Digits, 'm' and spaces.
 * @param place - left, top: of the first glyph, pixels; dotSize: pixels per dot; level: grey of the ink.
 * @throws {RangeError} for a character that the font does not have.
 */
export function drawText(
  canvas: Canvas, text: string, place: { readonly left: number; readonly top: number; readonly dotSize: number; readonly level: number },
): void {
  const { left, top, dotSize, level } = place;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === ' ') continue;
    const rows = glyphRows[character];
    if (rows === undefined) throw new RangeError('the font has no such character');
    for (const [row, dots] of rows.entries()) {
      for (let column = 0; column < glyphSize.columns; column += 1) {
        if (dots.charAt(column) !== '#') continue;
        const box = { left: left + (index * (glyphSize.columns + 1) + column) * dotSize, top: top + row * dotSize, columns: dotSize, rows: dotSize };
        fillBox(canvas, box, level);
      }
    }
  }
}

/**
 * Fills a rectangle.
 *
 * @param canvas - Drawn into; what lies outside of it is left out.
 * @param box - Pixels.
 * @param level - Grey, 0 to 255.
 */
export function fillBox(
  { grey, columns, rows }: Canvas,
  box: { readonly left: number; readonly top: number; readonly columns: number; readonly rows: number },
  level: number,
): void {
  const right = Math.min(columns, box.left + box.columns);
  const bottom = Math.min(rows, box.top + box.rows);
  const left = Math.max(0, box.left);
  if (right <= left) return;
  for (let row = Math.max(0, box.top); row < bottom; row += 1) grey.fill(level, row * columns + left, row * columns + right);
}
