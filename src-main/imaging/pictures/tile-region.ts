import { lungLabels } from '../lungs/lung-mask.ts';
import type { LungMask } from '../lungs/lung-mask.ts';
import type { PixelBox, VoxelBlock } from './picture.ts';

/** The part of a volume that has to be read. */
export interface TileRegion {
  /** First and last slice, inclusive. */
  readonly extent: readonly [first: number, last: number];
  /** In-plane box of the lungs with a margin. */
  readonly crop: PixelBox;
}

/**
 * The part of a volume that its lungs take up: slices that hold lung, and one in-plane box around the lungs of all of them.
 *
 * Airways do not count; where the lungs could not be outlined the body does, and where there is no body all of the volume.
 *
 * @param volume - Size, slices and spacing.
 * @param mask - Of the volume.
 * @param marginMm - Around the lungs in plane, so that the pleura and what abuts it are inside.
 */
export function tileRegion(
  volume: Pick<VoxelBlock, 'columns' | 'rows' | 'slices' | 'spacingMm'>, mask: LungMask, marginMm: number,
): TileRegion {
  return { extent: mask.extent ?? [0, volume.slices.length - 1], crop: lungsBox(volume, mask, marginMm) };
}

function lungsBox(volume: Pick<VoxelBlock, 'columns' | 'rows' | 'spacingMm'>, mask: LungMask, marginMm: number): PixelBox {
  return boxOfCells(volume, mask, marginMm, isToBeRead) ?? { left: 0, top: 0, columns: volume.columns, rows: volume.rows };
}

/**
 * In-plane box around the marked cells of all slices.
 *
 * @param volume - Size and spacing.
 * @param mask - Of the volume.
 * @param marginMm - Around the cells; the box ends at the edge of the picture.
 * @param isMarked - Told a cell's label.
 * @returns Null where no cell is marked.
 */
export function boxOfCells(
  { columns, rows, spacingMm }: Pick<VoxelBlock, 'columns' | 'rows' | 'spacingMm'>, mask: LungMask, marginMm: number,
  isMarked: (label: number | undefined) => boolean,
): PixelBox | null {
  const cells = markedCells(mask, isMarked);
  if (cells === null) return null;
  const across = range(cells.left, cells.right, mask.step[0], marginMm / spacingMm[0], columns);
  const down = range(cells.top, cells.bottom, mask.step[1], marginMm / spacingMm[1], rows);
  return { left: across.start, top: down.start, columns: across.count, rows: down.count };
}

/** Whole cells to voxels, widened by the margin, inside of the picture. */
function range(firstCell: number, lastCell: number, step: number, margin: number, size: number): { readonly start: number; readonly count: number } {
  const start = Math.max(0, Math.floor(firstCell * step - margin));
  const end = Math.min(size, Math.ceil((lastCell + 1) * step + margin));
  return { start, count: end - start };
}

function markedCells(
  { labels, columns, rows, slices }: LungMask, isMarked: (label: number | undefined) => boolean,
): { left: number; right: number; top: number; bottom: number } | null {
  const box = { left: columns, right: -1, top: rows, bottom: -1 };
  for (let line = 0; line < slices * rows; line += 1) {
    const row = line % rows;
    for (let column = 0; column < columns; column += 1) {
      if (!isMarked(labels[line * columns + column])) continue;
      box.left = Math.min(box.left, column);
      box.right = Math.max(box.right, column);
      box.top = Math.min(box.top, row);
      box.bottom = Math.max(box.bottom, row);
    }
  }
  return box.right < 0 ? null : box;
}

/**
 * Whether a cell of a mask has to be read: lung, or body where that stands in for the lungs.
 *
 * @param label - Of the cell; undefined outside of the mask.
 */
export function isToBeRead(label: number | undefined): boolean {
  return label === lungLabels.rightLung || label === lungLabels.leftLung || label === lungLabels.body;
}
