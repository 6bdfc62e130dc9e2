import { airHu } from '../volume/hounsfield.ts';
import type { CtVolume } from '../volume/ct-volume.ts';

/** Size of a cell that is aimed at in the slices and across them, mm: as fine as the wall between two regions of air asks for. */
const cellAimMm = 2;
const sliceAimMm = 2.4;

/** Number of cells along columns, rows and slices of a grid. */
export interface GridShape {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
}

/** A volume on a coarser grid; cell (i, j, k) holds the voxels whose floor(voxel / step) it is. */
export interface HounsfieldGrid extends GridShape {
  /** Voxels of the volume per cell. */
  readonly step: readonly [columns: number, rows: number, slices: number];
  readonly cellMm: readonly [column: number, row: number, slice: number];
  /** Mean HU of samples of each cell, slice by slice, row-major. */
  readonly hounsfield: Int16Array;
}

/**
 * Reduces a volume to cells of about 2 x 2 x 2.4 mm, never finer than the voxels: each is the mean of up to 2 x 2 x 2 of its voxels, the outermost ones.
 *
 * Slices that could not be decoded have no say; where a cell lies in nothing else it repeats the nearest decoded slice, so
 * that they neither cut the body in two nor let the air of the lungs out.
 *
 * @param volume - The series; HU not below -1024.
 */
export function reduceVolume(volume: CtVolume): HounsfieldGrid {
  const [columnMm, rowMm, sliceMm] = volume.spacingMm;
  const step = [stepOf(columnMm, cellAimMm), stepOf(rowMm, cellAimMm), stepOf(sliceMm, sliceAimMm)] as const;
  const columns = Math.ceil(volume.columns / step[0]);
  const rows = Math.ceil(volume.rows / step[1]);
  const slices = Math.ceil(volume.slices.length / step[2]);
  const hounsfield = new Int16Array(columns * rows * slices);
  const wasDecoded: boolean[] = [];
  for (let slice = 0; slice < slices; slice += 1) {
    const layer = hounsfield.subarray(slice * columns * rows, (slice + 1) * columns * rows);
    wasDecoded.push(reduceLayer(volume, step, slice, layer, columns));
  }
  repeatDecoded(hounsfield, columns * rows, wasDecoded);
  return { columns, rows, slices, step, cellMm: [columnMm * step[0], rowMm * step[1], sliceMm * step[2]], hounsfield };
}

function stepOf(spacingMm: number, aimMm: number): number {
  return spacingMm > 0 ? Math.max(1, Math.round(aimMm / spacingMm)) : 1;
}

/** Returns whether anything of the layer was decoded. */
function reduceLayer(volume: CtVolume, step: HounsfieldGrid['step'], layerIndex: number, layer: Int16Array, columns: number): boolean {
  const first = layerIndex * step[2];
  const last = Math.min(first + step[2], volume.slices.length) - 1;
  const decoded: number[] = [];
  for (let slice = first; slice <= last; slice += 1) if (volume.slices[slice]?.problem === null) decoded.push(slice);
  const [from, to] = [decoded[0], decoded.at(-1)];
  if (from === undefined || to === undefined) return false;
  averageSlices(volume, step, from, to, layer, columns);
  return true;
}

/** Averages four samples of each cell on each of two slices, which may be the same; those of the last, partial cells are repeated. */
function averageSlices(
  { voxels, columns: voxelColumns, rows: voxelRows }: CtVolume, step: HounsfieldGrid['step'], from: number, to: number, layer: Int16Array, columns: number,
): void {
  const [columnStep, rowStep] = step;
  const other = (to - from) * voxelColumns * voxelRows;
  for (let index = 0, row = 0; row < voxelRows; row += rowStep) {
    const upper = (from * voxelRows + row) * voxelColumns;
    const lower = (from * voxelRows + Math.min(row + rowStep - 1, voxelRows - 1)) * voxelColumns;
    for (let cell = 0, column = 0; cell < columns; cell += 1, column += columnStep, index += 1) {
      const right = Math.min(column + columnStep - 1, voxelColumns - 1);
      layer[index] = ((voxels[upper + column] ?? 0) + (voxels[upper + right] ?? 0) + (voxels[lower + column] ?? 0) + (voxels[lower + right] ?? 0)
        + (voxels[upper + column + other] ?? 0) + (voxels[upper + right + other] ?? 0)
        + (voxels[lower + column + other] ?? 0) + (voxels[lower + right + other] ?? 0)) >> 3;
    }
  }
}

function repeatDecoded(hounsfield: Int16Array, size: number, wasDecoded: readonly boolean[]): void {
  for (let slice = 0; slice < wasDecoded.length; slice += 1) {
    if (wasDecoded[slice] === true) continue;
    const source = nearestDecoded(wasDecoded, slice);
    if (source === null) hounsfield.fill(airHu);
    else hounsfield.copyWithin(slice * size, source * size, (source + 1) * size);
  }
}

function nearestDecoded(wasDecoded: readonly boolean[], slice: number): number | null {
  for (let distance = 1; distance < wasDecoded.length; distance += 1) {
    if (wasDecoded[slice - distance] === true) return slice - distance;
    if (wasDecoded[slice + distance] === true) return slice + distance;
  }
  return null;
}
