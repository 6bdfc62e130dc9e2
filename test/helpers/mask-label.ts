import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';

/**
 * The label of the cell that a voxel lies in.
 *
 * @param mask - Of the volume.
 * @param column - Of the voxel.
 * @param row - Of the voxel.
 * @param slice - Of the voxel.
 */
export function maskLabel({ labels, columns, rows, step }: LungMask, column: number, row: number, slice: number): number {
  return labels[(Math.floor(slice / step[2]) * rows + Math.floor(row / step[1])) * columns + Math.floor(column / step[0])]!;
}
