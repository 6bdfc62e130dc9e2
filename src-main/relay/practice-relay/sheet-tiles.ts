import type { PictureLabel } from './read-prompt.ts';

/** Grey levels, row-major. */
export interface GreyImage {
  readonly grey: Uint8Array;
  readonly columns: number;
  readonly rows: number;
}

/** Layout of LungDesk's sheets: a constant background, a strip with the number above each tile, gaps between. */
const layout = { background: 40, gap: 8, strip: 20 } as const;
/** Levels this near to the background count as such. */
const tolerance = 3;

/**
 * Cuts a sheet into its tiles.
 *
 * @param sheet - The whole picture.
 * @param label - How many tiles, in which grid; mirrored sheets leave cells on the left empty instead of on the right.
 * @returns The tiles in reading order; null where the picture is not laid out as the label says.
 */
export function tilesOfSheet(sheet: GreyImage, label: PictureLabel): readonly GreyImage[] | null {
  const { across, down, numbers } = label;
  const filled = filledPart(sheet);
  if (filled === null) return null;
  // A picture without a frame is its one tile.
  if (numbers.length === 1 && filled.left === 0) return [sheet];
  const top = layout.gap + layout.strip;
  const columns = (filled.right - filled.left - (across - 1) * layout.gap) / across;
  const rows = (filled.bottom - top - (down - 1) * (layout.gap + layout.strip)) / down;
  if (!Number.isInteger(columns) || !Number.isInteger(rows) || columns < 1 || rows < 1) return null;
  const between = [
    ...lines(across - 1).map((gap) => ({ left: filled.left + columns + gap * (columns + layout.gap), top: 0, columns: layout.gap, rows: sheet.rows })),
    ...lines(down - 1).map((gap) => ({ left: 0, top: top + rows + gap * (rows + layout.gap + layout.strip), columns: sheet.columns, rows: layout.gap })),
  ];
  if (!between.every((box) => cropOf(sheet, box).grey.every(isBackground))) return null;
  const cells = lines(across * down).map((cell) => cropOf(sheet, {
    left: filled.left + (cell % across) * (columns + layout.gap),
    top: top + Math.floor(cell / across) * (rows + layout.strip + layout.gap),
    columns,
    rows,
  }));
  const tiles = cells.filter((cell) => !cell.grey.every(isBackground));
  return tiles.length === numbers.length ? tiles : null;
}

/**
 * Cuts a rectangle out.
 *
 * @param image - Holds all of it.
 * @param box - Where.
 */
export function cropOf({ grey, columns }: GreyImage, box: { readonly left: number; readonly top: number; readonly columns: number; readonly rows: number }): GreyImage {
  const cropped = new Uint8Array(box.columns * box.rows);
  for (let row = 0; row < box.rows; row += 1) {
    const from = (box.top + row) * columns + box.left;
    cropped.set(grey.subarray(from, from + box.columns), row * box.columns);
  }
  return { grey: cropped, columns: box.columns, rows: box.rows };
}

/** Where anything but background lies; numbers and bars stand above tiles and no wider. */
function filledPart({ grey, columns, rows }: GreyImage): { readonly left: number; readonly right: number; readonly bottom: number } | null {
  let left = columns;
  let right = 0;
  let bottom = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (isBackground(grey[row * columns + column] ?? 0)) continue;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      bottom = row + 1;
    }
  }
  return right === 0 ? null : { left, right, bottom };
}

function lines(count: number): readonly number[] {
  return Array.from({ length: count }, (_, line) => line);
}

function isBackground(level: number): boolean {
  return Math.abs(level - layout.background) <= tolerance;
}
