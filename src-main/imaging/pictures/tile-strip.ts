import { drawText, fillBox, textSize } from './glyphs.ts';
import type { Canvas } from './glyphs.ts';
import type { SheetMeasures } from './sheet-grid.ts';

/** A tile as its strip is drawn: where it lies, its number, the length of its bar. */
export interface StripOfTile {
  readonly number: number;
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  /** Null for no bar. */
  readonly scaleBarColumns: number | null;
}

const inkLevel = 255;
const scaleBarMm = 10;
const scaleBarText = '10 mm';

/**
 * Length of a tile's 10 mm bar.
 *
 * @param number - Of the tile; the bar has to lie beside it.
 * @param columns - Width of the tile.
 * @param columnMm - Distance of its columns, mm.
 * @param measures - Of the sheet.
 * @returns Pixels; null where it has no room.
 */
export function scaleBarColumns(number: number, columns: number, columnMm: number, { dotSize }: Pick<SheetMeasures, 'dotSize'>): number | null {
  const bar = Math.round(scaleBarMm / columnMm);
  return bar <= columns - textSize(String(number), dotSize).columns - 2 * dotSize ? bar : null;
}

/**
 * Draws the strip above a tile: the number on the left; on the right the bar, and left of it what it stands for where there is room.
 *
 * @param canvas - The sheet; drawn into.
 * @param tile - Where and what.
 * @param measures - Of the sheet.
 */
export function drawTileStrip(canvas: Canvas, { number, left, top, columns, scaleBarColumns: bar }: StripOfTile, { strip, dotSize }: SheetMeasures): void {
  const ink = { dotSize, level: inkLevel, top: top - strip + dotSize } as const;
  drawText(canvas, String(number), { ...ink, left });
  if (bar === null) return;
  const barLeft = left + columns - bar;
  const barTop = ink.top + 3 * dotSize;
  fillBox(canvas, { left: barLeft, top: barTop, columns: bar, rows: dotSize }, inkLevel);
  for (const end of [barLeft, barLeft + bar - dotSize]) fillBox(canvas, { left: end, top: barTop - 2 * dotSize, columns: dotSize, rows: 5 * dotSize }, inkLevel);
  const textLeft = barLeft - 3 * dotSize - textSize(scaleBarText, dotSize).columns;
  const numberRight = left + textSize(String(number), dotSize).columns;
  if (textLeft >= numberRight + 6 * dotSize) drawText(canvas, scaleBarText, { ...ink, left: textLeft });
}
