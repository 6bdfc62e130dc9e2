import { eigenvalues } from './curvature.ts';
import type { LineSpans, SearchGrid } from './search-grid.ts';

/** A place of a field that is curved like a blob at some scale. */
export interface BlobMaximum {
  /** Cell of the grid it was found on. */
  readonly cell: readonly [column: number, row: number, layer: number];
  /** Scale-normalised Laplacian: nearly the contrast of a ball that fits the scale, HU. */
  readonly blobHu: number;
  /** How much it is curved in its least curved direction, against the most curved one (squared over): low in vessels and walls, HU. */
  readonly dotHu: number;
  /** Second and third curvature as shares of the first: 1 and 1 in a ball, 1 and 0 in a line, 0 and 0 in a plate. */
  readonly flatness: readonly [second: number, third: number];
}

/** From which answers on places are looked at. */
export interface BlobLimits {
  readonly blobHu: number;
  readonly dotHu: number;
  /** Which answer has to be higher than all around: dots part nodules from vessels on them, blobs do not mind what crosses them. */
  readonly by: 'dot' | 'blob';
}

/**
 * Finds the places where a smoothed field is curved like a blob more than around them.
 *
 * @param grid - Of the field.
 * @param values - Smoothed; right on the spans and one cell around them.
 * @param spans - Where blobs are looked for.
 * @param sigmaMm - Standard deviation that the field is smoothed by, by axis: derivatives are normalised by it.
 * @param limits - Least answers.
 * @param dots - Zeros, as large as the field; zeros again afterwards.
 */
export function blobMaxima(
  { columns, rows, layers, cellMm }: SearchGrid, values: Float32Array, spans: LineSpans, sigmaMm: readonly [number, number, number], limits: BlobLimits, dots: Float32Array,
): readonly BlobMaximum[] {
  const size = columns * rows;
  const [nx, ny, nz] = [sigmaMm[0] / cellMm[0], sigmaMm[1] / cellMm[1], sigmaMm[2] / cellMm[2]];
  const [wx, wy, wz, wxy, wxz, wyz] = [nx * nx, ny * ny, nz * nz, (nx * ny) / 4, (nx * nz) / 4, (ny * nz) / 4];
  const isByDot = limits.by === 'dot';
  const hessian: HessianAt = (at, down, up, target) => {
    const twice = 2 * (values[at] ?? 0);
    const xx = wx * ((values[at - 1] ?? 0) + (values[at + 1] ?? 0) - twice);
    const yy = wy * ((values[at - columns] ?? 0) + (values[at + columns] ?? 0) - twice);
    const zz = wz * ((values[at + down] ?? 0) + (values[at + up] ?? 0) - twice);
    if (-(xx + yy + zz) < limits.blobHu || (isByDot && (xx >= 0 || yy >= 0 || zz >= 0))) return false;
    const xy = wxy * ((values[at - 1 - columns] ?? 0) + (values[at + 1 + columns] ?? 0) - (values[at + 1 - columns] ?? 0) - (values[at - 1 + columns] ?? 0));
    const xz = wxz * ((values[at - 1 + down] ?? 0) + (values[at + 1 + up] ?? 0) - (values[at + 1 + down] ?? 0) - (values[at - 1 + up] ?? 0));
    const yz = wyz * ((values[at - columns + down] ?? 0) + (values[at + columns + up] ?? 0) - (values[at + columns + down] ?? 0) - (values[at - columns + up] ?? 0));
    eigenvalues(xx, yy, zz, xy, xz, yz, target);
    return true;
  };
  const three = new Float64Array(3);
  const places: number[] = [];
  for (let layer = 0; layer < layers; layer += 1) {
    const [down, up] = [layer === 0 ? 0 : -size, layer === layers - 1 ? 0 : size];
    for (let row = 1; row < rows - 1; row += 1) {
      const line = layer * rows + row;
      const from = line * columns + Math.max(1, spans[2 * line] ?? 0);
      const to = line * columns + Math.min(columns - 1, spans[2 * line + 1] ?? 0);
      for (let at = from; at < to; at += 1) {
        if ((values[at] ?? 0) < limits.blobHu / 4 || !hessian(at, down, up, three)) continue;
        const dot = dotOf(three);
        if (dot < limits.dotHu) continue;
        dots[at] = isByDot ? dot : -((three[0] ?? 0) + (three[1] ?? 0) + (three[2] ?? 0));
        places.push(at);
      }
    }
  }
  const found: BlobMaximum[] = [];
  for (const at of places) {
    const layer = Math.floor(at / size);
    if (!isHighest(dots, at, dots[at] ?? 0, columns, size, layer > 0, layer < layers - 1)) continue;
    hessian(at, layer === 0 ? 0 : -size, layer === layers - 1 ? 0 : size, three);
    const [most = -1, middle = 0, least = 0] = three;
    found.push({
      cell: [at % columns, Math.floor(at / columns) % rows, layer],
      blobHu: -(most + middle + least), dotHu: dotOf(three), flatness: [middle / most, least / most],
    });
  }
  for (const at of places) dots[at] = 0;
  return found;
}

type HessianAt = (at: number, down: number, up: number, target: Float64Array) => boolean;

/** Weak where one direction is hardly curved; 0 where one is curved the other way. */
function dotOf(three: Float64Array): number {
  const least = three[2] ?? 0;
  return least >= 0 ? 0 : (least * least) / -(three[0] ?? -1);
}

/** Of equal neighbours the first one counts. */
function isHighest(dots: Float32Array, at: number, dot: number, columns: number, size: number, hasBelow: boolean, hasAbove: boolean): boolean {
  for (let z = hasBelow ? -1 : 0; z <= (hasAbove ? 1 : 0); z += 1) {
    for (let y = -1; y <= 1; y += 1) {
      const line = at + z * size + y * columns;
      for (let place = line - 1; place <= line + 1; place += 1) {
        const other = dots[place] ?? 0;
        if (other > dot || (other === dot && place < at)) return false;
      }
    }
  }
  return true;
}
