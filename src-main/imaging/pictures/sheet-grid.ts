/** What stands between and above the tiles of a sheet, pixels. */
export interface SheetMeasures {
  readonly gap: number;
  /** Pixels per dot of the numbers. */
  readonly dotSize: number;
  /** Height of the strip above a tile, which holds its number and its scale bar. */
  readonly strip: number;
}

/** How tiles are laid out on a sheet. */
export interface SheetLayout {
  /** Largest sheet, pixels: a provider that would shrink it loses detail. */
  readonly maxColumns: number;
  readonly maxRows: number;
  /** At most so many tiles a sheet; default: as many as fit. */
  readonly tilesPerSheet?: number;
  /** Pixels between tiles and around them; default 8. */
  readonly gap?: number;
  /** Pixels per dot of the numbers, which are 7 dots high; default 2: 14 pixels. */
  readonly dotSize?: number;
}

/** Cells of a sheet: every cell holds a strip for the number and below it a tile. */
export interface SheetGrid extends SheetMeasures {
  readonly across: number;
  readonly down: number;
  /** Size of the sheet. */
  readonly columns: number;
  readonly rows: number;
  /** Size of the largest tile. */
  readonly tileColumns: number;
  readonly tileRows: number;
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Dots of the font's height, with one dot above and two below. */
const stripDots = 7 + 3;

/**
 * What stands between and above the tiles of a sheet.
 *
 * @param layout - Gap and size of the numbers; by default what every sheet for a relay has.
 */
export function sheetMeasures({ gap = 8, dotSize = 2 }: Pick<SheetLayout, 'gap' | 'dotSize'> = {}): SheetMeasures {
  return { gap, dotSize, strip: stripDots * dotSize };
}

/**
 * How many tiles of a size fit on one sheet.
 *
 * @param tile - Size of the largest tile.
 * @param layout - Limits.
 * @returns 0 when not even one does.
 */
export function sheetCapacity(tile: Size, layout: SheetLayout): number {
  const { across, down } = mostCells(tile, layout);
  return Math.min(across * down, layout.tilesPerSheet ?? Infinity);
}

/**
 * Size of a sheet with a single tile.
 *
 * @param tile - Its size.
 * @param layout - Gap and size of the numbers.
 */
export function sheetFrame(tile: Size, layout: Pick<SheetLayout, 'gap' | 'dotSize'> = {}): Size {
  const { gap, strip } = sheetMeasures(layout);
  return { columns: tile.columns + 2 * gap, rows: tile.rows + strip + 2 * gap };
}

/**
 * Chooses the grid for some tiles: the smallest sheet that holds them and, of equal ones, the one nearest to a square.
 *
 * @param count - Tiles on the sheet.
 * @param tile - Size of the largest tile.
 * @param layout - Limits.
 * @throws {RangeError} when they do not fit on one sheet.
 */
export function sheetGrid(count: number, tile: Size, layout: SheetLayout): SheetGrid {
  if (count < 1 || count > sheetCapacity(tile, layout)) throw new RangeError('the tiles do not fit on one sheet');
  const most = mostCells(tile, layout);
  const grids: SheetGrid[] = [];
  for (let across = 1; across <= Math.min(most.across, count); across += 1) {
    const down = Math.ceil(count / across);
    if (down <= most.down) grids.push(gridOf(across, down, tile, layout));
  }
  const [best] = grids.sort((a, b) => a.columns * a.rows - b.columns * b.rows || unevenness(a) - unevenness(b));
  if (best === undefined) throw new RangeError('the tiles do not fit on one sheet');
  return best;
}

/**
 * Deals tiles out to sheets of about equal size, in order.
 *
 * @param count - Tiles.
 * @param capacity - Most per sheet, at least 1.
 * @returns Tiles per sheet.
 */
export function sheetShares(count: number, capacity: number): readonly number[] {
  const sheets = Math.ceil(count / capacity);
  return Array.from({ length: sheets }, (_, sheet) => Math.floor(((sheet + 1) * count) / sheets) - Math.floor((sheet * count) / sheets));
}

function gridOf(across: number, down: number, tile: Size, layout: SheetLayout): SheetGrid {
  const measures = sheetMeasures(layout);
  const { gap, strip } = measures;
  return {
    across, down, ...measures,
    columns: across * (tile.columns + gap) + gap,
    rows: down * (tile.rows + strip + gap) + gap,
    tileColumns: tile.columns,
    tileRows: tile.rows,
  };
}

function mostCells(tile: Size, layout: SheetLayout): { readonly across: number; readonly down: number } {
  const { gap, strip } = sheetMeasures(layout);
  return {
    across: Math.max(0, Math.floor((layout.maxColumns - gap) / (tile.columns + gap))),
    down: Math.max(0, Math.floor((layout.maxRows - gap) / (tile.rows + strip + gap))),
  };
}

function unevenness({ columns, rows }: Size): number {
  return Math.abs(Math.log(columns / rows));
}
