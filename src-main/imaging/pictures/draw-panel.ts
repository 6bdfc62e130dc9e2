import type { PlannedPanel } from '../../../src-shared/domain/request-plan.ts';
import { fillBox } from './glyphs.ts';
import type { Canvas } from './glyphs.ts';
import type { HounsfieldPicture } from './picture.ts';
import { mirrorGrey } from './resize-grey.ts';
import { putPicture } from './sheet-canvas.ts';
import { renderGrey } from './voi.ts';
import type { VoiWindow } from './voi.ts';

/** How a panel is drawn. */
export interface PanelStyle {
  readonly window: VoiWindow;
  /** Left to right. */
  readonly mirrored: boolean;
  /** Whether ticks point at its middle. */
  readonly marked: boolean;
}

/** Depth of the rim that ticks may cover, as a share of the panel's side. */
const rimShare = 1 / 24;
const tickLevel = 255;
/** Beside the ink: it must stand out from tissue and bone as well. */
const outlineLevel = 0;

/**
 * Draws a panel onto its place on a sheet.
 *
 * @param sheet - Drawn into.
 * @param panel - Where, and how large.
 * @param picture - At the panel's own pixels, HU.
 * @param style - Window, direction and ticks.
 * @throws {RangeError} for a picture of another size than the panel's, or a panel that does not lie inside of the sheet.
 */
export function drawPanel(
  sheet: Canvas, panel: Pick<PlannedPanel, 'left' | 'top' | 'columns' | 'rows'>, picture: HounsfieldPicture, { window, mirrored, marked }: PanelStyle,
): void {
  const { columns, rows } = picture;
  if (columns !== panel.columns || rows !== panel.rows) throw new RangeError('the picture is not of the size of its panel');
  const grey = { grey: renderGrey(picture.pixels, window), columns, rows };
  if (mirrored) mirrorGrey(grey);
  putPicture(sheet, grey, panel);
  if (marked) drawTicks(sheet, panel);
}

/**
 * Depth of the rim of a panel within which its ticks lie.
 *
 * @param panel - Its size.
 * @returns Pixels, at least 2.
 */
export function tickDepth({ columns, rows }: Pick<PlannedPanel, 'columns' | 'rows'>): number {
  return Math.max(2, Math.round(Math.min(columns, rows) * rimShare));
}

/** One in the middle of each edge, symmetric about the panel's middle whether its side is even or odd. */
function drawTicks(sheet: Canvas, { left, top, columns, rows }: Pick<PlannedPanel, 'left' | 'top' | 'columns' | 'rows'>): void {
  const depth = tickDepth({ columns, rows });
  for (const [margin, level] of [[1, outlineLevel], [0, tickLevel]] as const) {
    const wide = 2 + (columns % 2) + 2 * margin;
    const high = 2 + (rows % 2) + 2 * margin;
    const [middle, centre] = [left + (columns - wide) / 2, top + (rows - high) / 2];
    for (const tickTop of [top, top + rows - depth]) fillBox(sheet, { left: middle, top: tickTop, columns: wide, rows: depth }, level);
    for (const tickLeft of [left, left + columns - depth]) fillBox(sheet, { left: tickLeft, top: centre, columns: depth, rows: high }, level);
  }
}
