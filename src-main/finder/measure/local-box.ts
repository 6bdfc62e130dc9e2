import { gapFactor } from '../../../src-shared/domain/study.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { gaussianKernel, smoothLines } from '../gaussian-smooth.ts';

/** Size of a small three-dimensional grid; layer by layer, row by row. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly layers: number;
  /** Distance of neighbouring cells, mm. */
  readonly cellMm: readonly [column: number, row: number, layer: number];
}

/**
 * Voxels around a point on a grid of nearly cubic cells that lines up with the volume's own: whole pixels are taken together or used
 * as they are, layers are put between slices or take slices together. Nothing is turned or shifted, so that a mirrored volume gives
 * a mirrored box.
 */
export interface LocalBox extends Grid {
  /** HU. */
  readonly values: Float32Array;
  /** Column and row of the volume at the box's first cell's first pixel. */
  readonly firstColumn: number;
  readonly firstRow: number;
  /** Pixels per cell, along a row and along a column. */
  readonly stride: number;
  readonly firstSlice: number;
  readonly lastSlice: number;
  /** Layers from one slice to the next; below 1 when a layer takes several slices together. */
  readonly layersPerSlice: number;
  /** Whether the box ends in a gap of the series or at a damaged slice. */
  readonly endsInGap: boolean;
}

/** Cells along the box's side at most, nearly; a mass needs no finer ones, since its outline is drawn on the slices' own pixels. */
const mostCells = { nodule: 42, mass: 46 } as const;
const massMm = 50;

/**
 * Cuts a box out of a volume.
 *
 * @param volume - Voxels in HU.
 * @param centre - Voxel position; inside of the volume, in a slice that was decoded.
 * @param halfMm - Half the box's side; it is cut off at the volume's edges and at gaps of the series.
 */
export function cutBox(volume: VoxelBlock, centre: readonly [number, number, number], halfMm: number): LocalBox {
  const [columnMm, rowMm, sliceMm] = volume.spacingMm;
  const wishMm = Math.max(columnMm, (2 * halfMm) / (halfMm > massMm ? mostCells.mass : mostCells.nodule));
  const stride = Math.max(1, Math.round(wishMm / columnMm));
  const [firstColumn, columns] = cellRange(Math.round(centre[0]), halfMm / columnMm, stride, volume.columns);
  const [firstRow, rows] = cellRange(Math.round(centre[1]), halfMm / rowMm, stride, volume.rows);
  const range = sliceRange(volume, Math.round(centre[2]), Math.max(halfMm, 1.6 * sliceMm));
  const layersPerSlice = sliceMm >= wishMm ? Math.max(1, Math.round(sliceMm / wishMm)) : 1 / Math.max(1, Math.round(wishMm / sliceMm));
  const slices = range.last - range.first + 1;
  const layers = layersPerSlice >= 1 ? (slices - 1) * layersPerSlice + 1 : Math.max(1, Math.floor(slices * layersPerSlice));
  const box = {
    columns, rows, layers, cellMm: [columnMm * stride, rowMm * stride, sliceMm / layersPerSlice] as const,
    firstColumn, firstRow, stride, firstSlice: range.first, lastSlice: range.last, layersPerSlice, endsInGap: range.endsInGap,
  };
  return { ...box, values: layersPerSlice >= 1 ? betweenSlices(volume, box) : overSlices(volume, box) };
}

/**
 * Smooths a box in all directions.
 *
 * @param box - Left as it is.
 * @param sigmaMm - Standard deviation of the Gaussian.
 * @returns HU, in the box's order.
 */
export function smoothBox({ values, columns, rows, layers, cellMm, layersPerSlice }: LocalBox, sigmaMm: number): Float32Array {
  let result = smoothLines(values, rows * layers, columns, columns, 1, gaussianKernel(sigmaMm / cellMm[0]));
  const down = gaussianKernel(sigmaMm / cellMm[1]);
  if (down.length > 1) {
    const parts = new Float32Array(result.length);
    for (let layer = 0; layer < layers; layer += 1) {
      const from = layer * rows * columns;
      parts.set(smoothLines(result.subarray(from, from + rows * columns), columns, rows, 1, columns, down), from);
    }
    result = parts;
  }
  // Layers between thick slices are interpolated: smooth already.
  return layersPerSlice > 2 ? result : smoothLines(result, rows * columns, layers, 1, rows * columns, gaussianKernel(sigmaMm / cellMm[2]));
}

/**
 * Layer of a box that a slice of the volume lies in.
 *
 * @param box - The box.
 * @param slice - Of the volume; may be fractional.
 * @returns Fractional; whole for a whole slice where layers lie between slices.
 */
export function layerOfSlice({ firstSlice, layersPerSlice }: LocalBox, slice: number): number {
  return layersPerSlice >= 1 ? (slice - firstSlice) * layersPerSlice : (slice - firstSlice + 0.5) * layersPerSlice - 0.5;
}

/**
 * Slice of the volume that a layer of a box lies in: the inverse of layerOfSlice.
 *
 * @param box - The box.
 * @param layer - Whole.
 * @returns Fractional.
 */
export function sliceOfLayer({ firstSlice, layersPerSlice }: LocalBox, layer: number): number {
  return layersPerSlice >= 1 ? firstSlice + layer / layersPerSlice : firstSlice + (layer + 0.5) / layersPerSlice - 0.5;
}

/** First pixel and number of cells, the centre pixel in the middle of the middle cell. */
function cellRange(centre: number, half: number, stride: number, end: number): readonly [first: number, cells: number] {
  const middle = centre - ((stride - 1) >> 1);
  const before = Math.min(Math.ceil(half / stride), Math.floor(middle / stride));
  const after = Math.min(Math.ceil(half / stride), Math.floor((end - stride - middle) / stride));
  return [middle - Math.max(before, 0) * stride, Math.max(before, 0) + Math.max(after, 0) + 1];
}

function sliceRange({ slices, spacingMm }: VoxelBlock, centre: number, halfMm: number): { readonly first: number; readonly last: number; readonly endsInGap: boolean } {
  let first = centre;
  let last = centre;
  let endsInGap = false;
  const middleMm = slices[centre]?.positionMm ?? 0;
  for (const direction of [-1, 1]) {
    for (let at = centre + direction; at >= 0 && at < slices.length; at += direction) {
      const slice = slices[at];
      const before = slices[at - direction];
      if (slice === undefined || before === undefined || Math.abs(slice.positionMm - middleMm) > halfMm) break;
      if (slice.problem !== null || Math.abs(slice.positionMm - before.positionMm) > spacingMm[2] * gapFactor) {
        endsInGap = true;
        break;
      }
      if (direction < 0) first = at;
      else last = at;
    }
  }
  return { first, last, endsInGap };
}

function betweenSlices(volume: VoxelBlock, box: Omit<LocalBox, 'values'>): Float32Array {
  const { columns, rows, layers, layersPerSlice, firstSlice, lastSlice } = box;
  const size = columns * rows;
  const values = new Float32Array(size * layers);
  for (let slice = firstSlice; slice <= lastSlice; slice += 1) fillPicture(volume, box, slice, values.subarray((slice - firstSlice) * layersPerSlice * size));
  for (let layer = 0; layer < layers; layer += 1) {
    const part = layer % layersPerSlice;
    if (part === 0) continue;
    const share = part / layersPerSlice;
    const below = layer - part;
    blend(values.subarray(layer * size, (layer + 1) * size), values.subarray(below * size), values.subarray((below + layersPerSlice) * size), share);
  }
  return values;
}

function blend(target: Float32Array, below: Float32Array, above: Float32Array, share: number): void {
  for (let at = 0; at < target.length; at += 1) target[at] = (below[at] ?? 0) * (1 - share) + (above[at] ?? 0) * share;
}

function overSlices(volume: VoxelBlock, box: Omit<LocalBox, 'values'>): Float32Array {
  const { columns, rows, layers, layersPerSlice, firstSlice } = box;
  const together = Math.round(1 / layersPerSlice);
  const size = columns * rows;
  const values = new Float32Array(size * layers);
  const picture = new Float32Array(size);
  for (let layer = 0; layer < layers; layer += 1) {
    for (let part = 0; part < together; part += 1) {
      fillPicture(volume, box, firstSlice + layer * together + part, picture);
      addShare(values.subarray(layer * size, (layer + 1) * size), picture, together);
    }
  }
  return values;
}

function addShare(target: Float32Array, picture: Float32Array, together: number): void {
  for (let at = 0; at < target.length; at += 1) target[at] = (target[at] ?? 0) + (picture[at] ?? 0) / together;
}

function fillPicture(volume: VoxelBlock, { columns, rows, stride, firstColumn, firstRow }: Omit<LocalBox, 'values'>, slice: number, target: Float32Array): void {
  const { voxels } = volume;
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      let sum = 0;
      for (let y = 0; y < stride; y += 1) {
        const from = (slice * volume.rows + firstRow + row * stride + y) * volume.columns + firstColumn + column * stride;
        for (let x = 0; x < stride; x += 1) sum += voxels[from + x] ?? 0;
      }
      target[at] = sum / (stride * stride);
    }
  }
}
