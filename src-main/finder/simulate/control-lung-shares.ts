import { lungLabels } from '../../imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { distanceTo } from '../distance-transform.ts';

/** Denser than this is vessel, nodule or wall, HU. */
const denseHu = -500;
/** Air of the trachea and the bronchi, HU. */
const openAirwayHu = -900;
/** How far dense tissue belongs to the wall that it hangs together with: less than a cell of the mask is wrong by, mm. */
const wallReachMm = 3;
/** Way from the wall over which its own blur goes over into what the lung is filled with, mm. */
const fadeMm = 2;

/**
 * Tells how much of each voxel of a block can be emptied without touching the chest wall, the mediastinum and the air in the airways.
 *
 * The mask's cells are coarser than voxels: dense voxels at the edge of the lung that hang together with what is not lung belong to
 * that; from there on the share grows from 0 to 1.
 *
 * @param block - A part of the volume that the mask is of.
 * @param start - Voxel of the volume that is the block's first.
 * @param mask - Of the volume.
 * @returns Shares 0 to 1, slice by slice and row by row of the block.
 */
export function lungShares(block: VoxelBlock, start: readonly [column: number, row: number, slice: number], mask: LungMask): Float32Array<ArrayBuffer> {
  const { columns, rows, slices, spacingMm, voxels } = block;
  const size = columns * rows;
  const grid = { columns, rows, layers: 1, cellMm: spacingMm };
  const result = new Float32Array(size * slices.length);
  for (let slice = 0; slice < slices.length; slice += 1) {
    const labels = labelsOfSlice(block, mask, start, slice);
    const hounsfield = voxels.subarray(slice * size, (slice + 1) * size);
    const fromOutside = distanceTo(labels.map((label) => Number(label === lungLabels.outside)), grid);
    const fromWall = distanceTo(wallOf(hounsfield, labels, fromOutside, columns), grid);
    for (const [pixel, label] of labels.entries()) {
      const isOpenAirway = label === lungLabels.airway && (hounsfield[pixel] ?? 0) <= openAirwayHu;
      if (!isOpenAirway) result[slice * size + pixel] = Math.min(1, (fromWall[pixel] ?? 0) / fadeMm);
    }
  }
  return result;
}

/** Labels of a slice's voxels; beyond the mask's last cell it goes on as it ends. */
function labelsOfSlice({ columns, rows }: VoxelBlock, mask: LungMask, start: readonly [number, number, number], slice: number): Uint8Array {
  const cell = (voxel: number, axis: 0 | 1 | 2, count: number): number => Math.min(count - 1, Math.floor((start[axis] + voxel) / mask.step[axis]));
  const z = cell(slice, 2, mask.slices);
  const labels = new Uint8Array(columns * rows);
  for (let row = 0, pixel = 0; row < rows; row += 1) {
    const line = (z * mask.rows + cell(row, 1, mask.rows)) * mask.columns;
    for (let column = 0; column < columns; column += 1, pixel += 1) labels[pixel] = mask.labels[line + cell(column, 0, mask.columns)] ?? lungLabels.outside;
  }
  return labels;
}

/** 1 for what is outside of the lungs, and for dense pixels near it that hang together with it. */
function wallOf(hounsfield: Int16Array, labels: Uint8Array, fromOutside: Float32Array, columns: number): Uint8Array {
  const isWall = labels.map((label) => Number(label === lungLabels.outside));
  const open = [...isWall.keys()].filter((pixel) => isWall[pixel] === 1 && (hounsfield[pixel] ?? 0) > denseHu);
  for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
    const column = pixel % columns;
    for (const next of [column > 0 ? pixel - 1 : -1, column < columns - 1 ? pixel + 1 : -1, pixel - columns, pixel + columns]) {
      if (isWall[next] !== 0 || (hounsfield[next] ?? 0) <= denseHu || (fromOutside[next] ?? 0) > wallReachMm) continue;
      isWall[next] = 1;
      open.push(next);
    }
  }
  return isWall;
}
