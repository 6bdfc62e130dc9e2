import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import { lungLabels } from '../../imaging/lungs/lung-mask.ts';
import { distanceTo } from '../distance-transform.ts';
import { smoothPicture } from '../gaussian-smooth.ts';
import type { LocalBox } from './local-box.ts';
import { sliceOfLayer } from './local-box.ts';

/** Farther off only the sign of a height counts, mm. */
const farthestMm = 9;
/** Steps of the mask's cells are smoothed away, cells. */
const smoothingCells = 0.8;
/** Between air and tissue, HU. */
const edgeHu = -450;
/** The mask ends within this of the wall's surface, mm: it takes in the cells that lung fills by a part. */
const slack = { leastMm: -2, mostMm: 4, usualMm: 1.3 } as const;
const fewestEdges = 40;

/**
 * Tells how far cells lie on the lung's side of the wall, by the outline of the lungs: it bridges what lies on the wall.
 *
 * The outline is drawn on coarse cells. It is moved onto the surface between air and tissue that the box itself shows around.
 *
 * @param box - Around a nodule.
 * @param values - HU of the box.
 * @param mask - Of the volume's lungs.
 * @returns mm; above 0 in the lung, within the slice where that is nearer.
 */
export function heightOverMask(box: LocalBox, values: Float32Array, mask: LungMask): Float32Array {
  const heights = interpolate(box, mask);
  if (leastOf(heights) > slack.mostMm) return heights;
  const offMm = offsetOf(heights, values, box);
  for (let at = 0; at < heights.length; at += 1) heights[at] = (heights[at] ?? 0) - offMm;
  return heights;
}

function leastOf(heights: Float32Array): number {
  let least = Infinity;
  for (let at = 0; at < heights.length; at += 1) if ((heights[at] ?? 0) < least) least = heights[at] ?? 0;
  return least;
}

interface Range {
  readonly first: number;
  readonly count: number;
}

function rangeOf(from: number, to: number, step: number, end: number): Range {
  const margin = Math.ceil(farthestMm / 2);
  const first = Math.max(0, Math.floor(from / step) - margin);
  return { first, count: Math.min(end - 1, Math.floor(to / step) + margin) - first + 1 };
}

function interpolate(box: LocalBox, mask: LungMask): Float32Array {
  const { columns, rows, layers, stride, cellMm } = box;
  const [across, down, up] = mask.step;
  const x = rangeOf(box.firstColumn, box.firstColumn + columns * stride - 1, across, mask.columns);
  const y = rangeOf(box.firstRow, box.firstRow + rows * stride - 1, down, mask.rows);
  const signed = new Map<number, Float32Array>();
  const signedSlice = (slice: number): Float32Array => {
    const known = signed.get(slice) ?? signedHeights(mask, slice, x, y, [(cellMm[0] / stride) * across, (cellMm[1] / stride) * down]);
    signed.set(slice, known);
    return known;
  };
  const columnAt = Float32Array.from({ length: columns }, (_, column) => clamp((box.firstColumn + column * stride + (stride - across) / 2) / across - x.first, x.count));
  const heights = new Float32Array(columns * rows * layers);
  for (let layer = 0; layer < layers; layer += 1) {
    const slice = Math.min(Math.max((sliceOfLayer(box, layer) - (up - 1) / 2) / up, 0), mask.slices - 1);
    const plane = blend(signedSlice(Math.floor(slice)), signedSlice(Math.min(Math.floor(slice) + 1, mask.slices - 1)), slice - Math.floor(slice));
    for (let row = 0; row < rows; row += 1) {
      const rowAt = clamp((box.firstRow + row * stride + (stride - down) / 2) / down - y.first, y.count);
      const top = Math.min(Math.floor(rowAt), Math.max(y.count - 2, 0));
      fillRow(heights, (layer * rows + row) * columns, plane, top * x.count, x.count, rowAt - top, columnAt);
    }
  }
  return heights;
}

function blend(below: Float32Array, above: Float32Array, share: number): Float32Array {
  const plane = new Float32Array(below.length);
  for (let cell = 0; cell < plane.length; cell += 1) plane[cell] = (below[cell] ?? 0) * (1 - share) + (above[cell] ?? 0) * share;
  return plane;
}

/** One row of heights between two rows of a plane. */
function fillRow(heights: Float32Array, start: number, plane: Float32Array, top: number, width: number, lower: number, columnAt: Float32Array): void {
  const lastLeft = Math.max(width - 2, 0);
  for (let column = 0; column < columnAt.length; column += 1) {
    const position = columnAt[column] ?? 0;
    const left = Math.min(Math.floor(position), lastLeft);
    const right = position - left;
    const corner = top + left;
    heights[start + column] = ((plane[corner] ?? 0) * (1 - right) + (plane[corner + 1] ?? 0) * right) * (1 - lower)
      + ((plane[corner + width] ?? 0) * (1 - right) + (plane[corner + width + 1] ?? 0) * right) * lower;
  }
}

function clamp(position: number, count: number): number {
  return Math.min(Math.max(position, 0), count - 1);
}

/** Distances to the outline within a slice of the mask: slices are blended afterwards, so that thick ones give a slope and no step. */
function signedHeights({ labels, columns, rows }: LungMask, slice: number, x: Range, y: Range, cellMm: readonly [number, number]): Float32Array {
  const lung = new Uint8Array(x.count * y.count);
  for (let row = 0; row < y.count; row += 1) markLung(lung, row * x.count, x.count, labels, (slice * rows + y.first + row) * columns + x.first);
  if (!lung.includes(0)) return new Float32Array(lung.length).fill(farthestMm);
  const grid = { columns: x.count, rows: y.count, layers: 1, cellMm: [cellMm[0], cellMm[1], 1] } as const;
  const toLung = distanceTo(lung, grid);
  const toOutside = distanceTo(lung.map((cell) => 1 - cell), grid);
  const half = (cellMm[0] + cellMm[1]) / 4;
  for (let at = 0; at < lung.length; at += 1) {
    toLung[at] = lung[at] === 1 ? Math.min((toOutside[at] ?? 0) - half, farthestMm) : -Math.min((toLung[at] ?? 0) - half, farthestMm);
  }
  return smoothPicture(toLung, x.count, [smoothingCells, smoothingCells]);
}

function markLung(lung: Uint8Array, start: number, count: number, labels: Uint8Array, from: number): void {
  for (let cell = 0; cell < count; cell += 1) {
    const label = labels[from + cell];
    lung[start + cell] = label === undefined || label === lungLabels.outside ? 0 : 1;
  }
}

/** Height at which the box shows the wall's bare surface: the median over edges that face the wall and have thick tissue behind them. */
function offsetOf(heights: Float32Array, values: Float32Array, { columns, rows, layers }: LocalBox): number {
  const edges: number[] = [];
  for (const step of [1, -1, columns, -columns]) {
    const margin = Math.abs(step) === 1 ? 0 : 3;
    for (let layer = 0; layer < layers; layer += 1) {
      for (let row = margin; row < rows - margin; row += 1) collectEdges(edges, heights, values, (layer * rows + row) * columns, columns, step);
    }
  }
  if (edges.length < fewestEdges) return slack.usualMm;
  const sorted = Float64Array.from(edges).sort();
  return sorted[sorted.length >> 1] ?? slack.usualMm;
}

/** Edges of one row whose tissue lies a step further. */
function collectEdges(edges: number[], heights: Float32Array, values: Float32Array, start: number, columns: number, step: number): void {
  for (let at = start + 3; at < start + columns - 3; at += 1) {
    const thin = values[at] ?? 0;
    const dense = values[at + step] ?? 0;
    if (thin >= edgeHu || dense < edgeHu || (values[at + 3 * step] ?? 0) < edgeHu) continue;
    const here = heights[at] ?? 0;
    const next = heights[at + step] ?? 0;
    if (next >= here) continue;
    const height = here + ((next - here) * (edgeHu - thin)) / (dense - thin);
    if (height > slack.leastMm && height < slack.mostMm) edges.push(height);
  }
}
