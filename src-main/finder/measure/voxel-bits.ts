import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { boxSize } from '../voxel-box.ts';
import type { VoxelBox } from '../voxel-box.ts';

/**
 * Packs the voxels of a nodule into one bit each.
 *
 * @param volume - Gives the size.
 * @param sections - Slices with the indices of their voxels; at least one voxel in all.
 * @returns The smallest box around them, and its bits: column fastest, lowest bit first.
 */
export function voxelBits({ columns, rows }: VoxelBlock, sections: readonly { readonly slice: number; readonly inside: Int32Array }[]): { readonly box: VoxelBox; readonly bits: Uint8Array } {
  let [firstColumn, firstRow, lastColumn, lastRow] = [columns, rows, 0, 0];
  for (const { inside } of sections) {
    for (const at of inside) {
      const column = at % columns;
      const row = Math.floor(at / columns) % rows;
      firstColumn = Math.min(firstColumn, column);
      lastColumn = Math.max(lastColumn, column);
      firstRow = Math.min(firstRow, row);
      lastRow = Math.max(lastRow, row);
    }
  }
  const slices = sections.map(({ slice }) => slice);
  const box: VoxelBox = { firstColumn, lastColumn, firstRow, lastRow, firstSlice: Math.min(...slices), lastSlice: Math.max(...slices) };
  const [width, height, depth] = boxSize(box);
  const bits = new Uint8Array(Math.ceil((width * height * depth) / 8));
  for (const { slice, inside } of sections) {
    for (const at of inside) {
      const place = ((slice - box.firstSlice) * height + (Math.floor(at / columns) % rows) - firstRow) * width + (at % columns) - firstColumn;
      bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
    }
  }
  return { box, bits };
}

/**
 * Whether a voxel belongs to a nodule.
 *
 * @param nodule - Its box and bits.
 * @param column - Of the volume; also row and slice.
 */
export function holdsVoxel({ box, bits }: { readonly box: VoxelBox; readonly bits: Uint8Array }, column: number, row: number, slice: number): boolean {
  const { firstColumn, lastColumn, firstRow, lastRow, firstSlice, lastSlice } = box;
  if (column < firstColumn || column > lastColumn || row < firstRow || row > lastRow || slice < firstSlice || slice > lastSlice) return false;
  const [width, height] = boxSize(box);
  const place = ((slice - firstSlice) * height + row - firstRow) * width + column - firstColumn;
  return ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
}
