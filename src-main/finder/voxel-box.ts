/** A block of voxels of a volume; the last ones belong to it. */
export interface VoxelBox {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstSlice: number;
  readonly lastSlice: number;
}

/**
 * Columns, rows and slices of a block.
 *
 * @param box - The block.
 */
export function boxSize({ firstColumn, lastColumn, firstRow, lastRow, firstSlice, lastSlice }: VoxelBox): readonly [columns: number, rows: number, slices: number] {
  return [lastColumn - firstColumn + 1, lastRow - firstRow + 1, lastSlice - firstSlice + 1];
}
