import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { cellBounds } from '../cell-bounds.ts';
import { smoothPicture } from '../gaussian-smooth.ts';
import { layerOfSlice } from './local-box.ts';
import type { LocalBox } from './local-box.ts';
import { outlineArea, traceContours } from './section-contour.ts';

/** Cells of a nodule and of the dense tissue around it, in a box. */
export interface BoxRegion {
  readonly cells: Uint8Array;
  readonly others: Uint8Array;
  /** How far cells lie on the lung's side of the wall, mm; near the wall right within a cell. */
  readonly fromWall: Float32Array;
}

/** A cut along the wall counts like an edge of this many HU per mm. */
const wallSlope = 400;

/** A nodule's section in a slice of the volume. */
export interface NoduleSection {
  readonly slice: number;
  /** column, row ...; fractional voxel positions of the largest outline. */
  readonly outline: Float64Array;
  readonly areaMm2: number;
  /** Voxels within: index into the volume. */
  readonly inside: Int32Array;
}

/**
 * Draws a nodule's section on the slice's own pixels: where its density crosses the level, and where it was cut from other tissue.
 *
 * @param volume - Voxels in HU.
 * @param box - The nodule was grown in it.
 * @param region - The nodule.
 * @param slice - Of the volume; within the box.
 * @param level - HU of the boundary.
 * @param smoothingMm - The slice is smoothed by that much first, where noise comes near to contrast; 0 for not at all.
 * @returns Null where the slice holds none of it.
 */
export function noduleSection(volume: VoxelBlock, box: LocalBox, region: BoxRegion, slice: number, level: number, smoothingMm: number): NoduleSection | null {
  const layer = Math.min(Math.max(Math.round(layerOfSlice(box, slice)), 0), box.layers - 1);
  const size = box.columns * box.rows;
  const bounds = cellBounds(region.cells.subarray(layer * size, (layer + 1) * size), { columns: box.columns, rows: box.rows, layers: 1 }, [0, 0, 0]);
  if (bounds === null) return null;
  const margin = 2 + Math.ceil((3 * smoothingMm) / volume.spacingMm[0]);
  const left = Math.max(0, box.firstColumn + bounds.from[0] * box.stride - margin);
  const right = Math.min(volume.columns - 1, box.firstColumn + (bounds.to[0] + 1) * box.stride - 1 + margin);
  const top = Math.max(0, box.firstRow + bounds.from[1] * box.stride - margin);
  const bottom = Math.min(volume.rows - 1, box.firstRow + (bounds.to[1] + 1) * box.stride - 1 + margin);
  const columns = right - left + 1;
  const rows = bottom - top + 1;
  const picture = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    const start = (slice * volume.rows + top + row) * volume.columns + left;
    picture.set(volume.voxels.subarray(start, start + columns), row * columns);
  }
  const smooth = smoothingMm > 0 ? smoothPicture(picture, columns, [smoothingMm / volume.spacingMm[0], smoothingMm / volume.spacingMm[1]]) : picture;
  const values = levels(smooth, { left, top, columns, rows }, box, region, layer, level);
  const outlines = traceContours({ values, columns, rows }).toSorted((a, b) => outlineArea(b) - outlineArea(a));
  const [outline] = outlines;
  if (outline === undefined || outlineArea(outline) <= 0) return null;
  const inside: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    if ((values[at] ?? 0) > 0) inside.push((slice * volume.rows + top + Math.floor(at / columns)) * volume.columns + left + (at % columns));
  }
  return {
    slice,
    outline: outline.map((value, at) => value + (at % 2 === 0 ? left : top)),
    areaMm2: outlineArea(outline) * volume.spacingMm[0] * volume.spacingMm[1],
    inside: Int32Array.from(inside),
  };
}

/** HU above the boundary within reach of the nodule; what is dense without belonging to it is turned below the boundary. */
function levels(
  picture: Float32Array, { left, top, columns, rows }: { readonly left: number; readonly top: number; readonly columns: number; readonly rows: number },
  box: LocalBox, { cells, others, fromWall }: BoxRegion, layer: number, level: number,
): Float32Array {
  const base = layer * box.rows * box.columns;
  const half = (box.stride - 1) / 2;
  const result = new Float32Array(picture.length);
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      const x = Math.floor((left + column - box.firstColumn) / box.stride);
      const y = Math.floor((top + row - box.firstRow) / box.stride);
      const own = (picture[at] ?? 0) - level;
      const heightMm = own < 0 ? 1 : heightAt(fromWall, base, box, (left + column - box.firstColumn - half) / box.stride, (top + row - box.firstRow - half) / box.stride);
      const above = heightMm < 1 ? Math.min(own, wallSlope * heightMm) : own;
      const isEdge = row === 0 || column === 0 || row === rows - 1 || column === columns - 1;
      result[at] = above > 0 && (isEdge || !belongs(x, y, base, box, cells, others)) ? -Math.max(above, 1) : above === 0 ? -1e-3 : above;
    }
  }
  return result;
}

/** Between the cells of a layer. */
function heightAt(fromWall: Float32Array, base: number, { columns, rows }: LocalBox, x: number, y: number): number {
  const left = Math.min(Math.max(Math.floor(x), 0), columns - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), rows - 2);
  const [right, lower] = [x - left, y - top];
  const at = base + top * columns + left;
  return ((fromWall[at] ?? 0) * (1 - right) + (fromWall[at + 1] ?? 0) * right) * (1 - lower)
    + ((fromWall[at + columns] ?? 0) * (1 - right) + (fromWall[at + columns + 1] ?? 0) * right) * lower;
}

function belongs(x: number, y: number, base: number, { columns, rows }: LocalBox, cells: Uint8Array, others: Uint8Array): boolean {
  if (x < 0 || y < 0 || x >= columns || y >= rows) return false;
  const at = base + y * columns + x;
  if (cells[at] === 1) return true;
  if (others[at] === 1) return false;
  for (let down = -1; down <= 1; down += 1) {
    for (let across = -1; across <= 1; across += 1) {
      const c = x + across;
      const r = y + down;
      if (c >= 0 && r >= 0 && c < columns && r < rows && cells[base + r * columns + c] === 1) return true;
    }
  }
  return false;
}

/**
 * Density in the middle of a section.
 *
 * @param volume - Voxels in HU.
 * @param section - Of a nodule.
 * @param radiusMm - The mean is taken over a disc of this radius around the middle of the outline.
 */
export function sectionMiddle(volume: VoxelBlock, { slice, outline }: NoduleSection, radiusMm: number): number {
  let column = 0;
  let row = 0;
  for (let at = 0; at < outline.length; at += 2) {
    column += ((outline[at] ?? 0) * 2) / outline.length;
    row += ((outline[at + 1] ?? 0) * 2) / outline.length;
  }
  const [columnMm, rowMm] = volume.spacingMm;
  const reach = Math.ceil(radiusMm / Math.min(columnMm, rowMm)) + 1;
  let sum = 0;
  let weights = 0;
  for (let y = Math.max(Math.round(row) - reach, 0); y <= Math.min(Math.round(row) + reach, volume.rows - 1); y += 1) {
    for (let x = Math.max(Math.round(column) - reach, 0); x <= Math.min(Math.round(column) + reach, volume.columns - 1); x += 1) {
      // Pixels on the disc's edge count by how much of them lies within.
      const weight = Math.min(Math.max((radiusMm - Math.hypot((x - column) * columnMm, (y - row) * rowMm)) / columnMm + 0.5, 0), 1);
      sum += weight * (volume.voxels[(slice * volume.rows + y) * volume.columns + x] ?? 0);
      weights += weight;
    }
  }
  return weights === 0 ? volume.voxels[(slice * volume.rows + Math.round(row)) * volume.columns + Math.round(column)] ?? 0 : sum / weights;
}
