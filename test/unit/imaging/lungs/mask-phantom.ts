import type { LungMask } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../../../src-main/imaging/pictures/picture.ts';

/** A mask of cells of 4 x 4 x 2 voxels whose labels are written by hand. */
export function writtenMask(volume: VoxelBlock, labelAt: (column: number, row: number, slice: number) => number): LungMask {
  const step = [4, 4, 2] as const;
  const columns = Math.ceil(volume.columns / step[0]);
  const rows = Math.ceil(volume.rows / step[1]);
  const slices = Math.ceil(volume.slices.length / step[2]);
  const labels = new Uint8Array(new SharedArrayBuffer(columns * rows * slices));
  const filled: number[] = [];
  for (let cell = 0; cell < labels.length; cell += 1) {
    const slice = Math.floor(cell / (columns * rows));
    labels[cell] = labelAt(cell % columns, Math.floor(cell / columns) % rows, slice);
    if (labels[cell] !== 0) filled.push(slice);
  }
  const extent = filled.length === 0 ? null : [(filled[0] ?? 0) * step[2], Math.min(volume.slices.length, ((filled.at(-1) ?? 0) + 1) * step[2]) - 1] as const;
  return { kind: 'lungs', reason: null, notes: [], columns, rows, slices, step, labels, rightMm3: 1, leftMm3: 1, extent };
}
