import { gaussianKernel } from '../gaussian-smooth.ts';
import type { GridValues, LineSpans, SearchGrid } from './search-grid.ts';

/** Where each pass of a smoothing has to be done so that the result is right within some spans. */
export interface SmoothingPlan {
  readonly kernels: readonly [column: Float64Array, row: Float64Array, layer: Float64Array];
  /** Lines by pass: along columns, then rows, then layers. */
  readonly spans: readonly [LineSpans, LineSpans, LineSpans];
}

/**
 * Takes a field in, and then smooths it as often as is asked; a result holds until the next one is asked for.
 *
 * Values are right on the spans that were planned for and one cell around them.
 */
export type FieldSmoother = (field: GridValues) => (plan: SmoothingPlan) => Float32Array;

/**
 * Plans a Gaussian smoothing whose result is wanted on some spans and one cell around them.
 *
 * @param grid - Of the field.
 * @param spans - Where the result is wanted.
 * @param sigmaMm - Standard deviation of the result, by axis; what the field is blurred by already is not added again.
 */
export function planSmoothing(grid: SearchGrid, spans: LineSpans, sigmaMm: readonly [number, number, number]): SmoothingPlan {
  const kernels = [0, 1, 2].map((axis) => kernelOf(sigmaMm[axis] ?? 0, grid.blurMm[axis] ?? 0, grid.cellMm[axis] ?? 1)) as [Float64Array, Float64Array, Float64Array];
  const wanted = widen(joinLines(joinLines(spans, grid, 'row', 1), grid, 'layer', 1), grid.columns);
  const forLayers = joinLines(wanted, grid, 'layer', kernels[2].length - 1);
  const forRows = joinLines(forLayers, grid, 'row', kernels[1].length - 1);
  return { kernels, spans: [forRows, forLayers, wanted] };
}

function kernelOf(sigmaMm: number, hasMm: number, cellMm: number): Float64Array {
  const addMm = Math.sqrt(Math.max(0, sigmaMm ** 2 - hasMm ** 2));
  return addMm < 0.2 * cellMm ? Float64Array.of(1) : gaussianKernel(addMm / cellMm);
}

/** Each line's span joined with those of the lines around it. */
function joinLines(spans: LineSpans, { rows, layers, columns }: SearchGrid, along: 'row' | 'layer', reach: number): LineSpans {
  if (reach === 0) return spans;
  const joined = new Int32Array(spans.length);
  for (let layer = 0; layer < layers; layer += 1) {
    for (let row = 0; row < rows; row += 1) {
      const [from, to] = along === 'row' ? [Math.max(0, row - reach), Math.min(rows - 1, row + reach)] : [Math.max(0, layer - reach), Math.min(layers - 1, layer + reach)];
      let first = columns;
      let last = 0;
      for (let other = from; other <= to; other += 1) {
        const place = 2 * (along === 'row' ? layer * rows + other : other * rows + row);
        const [a, b] = [spans[place] ?? 0, spans[place + 1] ?? 0];
        if (a >= b) continue;
        if (a < first) first = a;
        if (b > last) last = b;
      }
      const place = 2 * (layer * rows + row);
      joined[place] = last === 0 ? 0 : first;
      joined[place + 1] = last;
    }
  }
  return joined;
}

function widen(spans: LineSpans, columns: number): LineSpans {
  return spans.map((at, index) => (spans[index | 1] === 0 ? 0 : index % 2 === 0 ? Math.max(0, at - 1) : Math.min(columns, at + 1)));
}

/**
 * A smoother in plain TypeScript: along columns, rows and layers; beyond a field's edges its outermost values hold.
 *
 * @param field - Zero outside of its spans.
 */
export function plainSmoother({ grid, values }: GridValues): (plan: SmoothingPlan) => Float32Array {
  const { columns, rows, layers } = grid;
  const [first, second] = [new Float32Array(values.length), new Float32Array(values.length)];
  return ({ kernels, spans }) => {
    smoothAlong(values, first, columns, spans[0], kernels[0]);
    smoothAcross(first, second, columns, spans[1], kernels[1], (line, off) => {
      const row = line % rows;
      return line - row + Math.min(Math.max(row + off, 0), rows - 1);
    });
    smoothAcross(second, first, columns, spans[2], kernels[2], (line, off) => {
      const layer = Math.floor(line / rows);
      return line + (Math.min(Math.max(layer + off, 0), layers - 1) - layer) * rows;
    });
    return first;
  };
}

function smoothAlong(source: Float32Array, target: Float32Array, columns: number, spans: LineSpans, kernel: Float64Array): void {
  const reach = kernel.length - 1;
  for (let line = 0; line * 2 < spans.length; line += 1) {
    const [from, to] = [spans[2 * line] ?? 0, spans[2 * line + 1] ?? 0];
    const start = line * columns;
    for (let column = from; column < to; column += 1) {
      let sum = (kernel[0] ?? 0) * (source[start + column] ?? 0);
      if (column >= reach && column + reach < columns) {
        for (let off = 1; off <= reach; off += 1) sum += (kernel[off] ?? 0) * ((source[start + column - off] ?? 0) + (source[start + column + off] ?? 0));
      } else {
        for (let off = 1; off <= reach; off += 1) sum += (kernel[off] ?? 0) * ((source[start + Math.max(0, column - off)] ?? 0) + (source[start + Math.min(columns - 1, column + off)] ?? 0));
      }
      target[start + column] = sum;
    }
  }
}

function smoothAcross(source: Float32Array, target: Float32Array, columns: number, spans: LineSpans, kernel: Float64Array, neighbour: (line: number, off: number) => number): void {
  const middle = kernel[0] ?? 1;
  for (let line = 0; line * 2 < spans.length; line += 1) {
    const [from, to] = [line * columns + (spans[2 * line] ?? 0), line * columns + (spans[2 * line + 1] ?? 0)];
    if (from >= to) continue;
    for (let at = from; at < to; at += 1) target[at] = middle * (source[at] ?? 0);
    for (let off = 1; off < kernel.length; off += 1) {
      const weight = kernel[off] ?? 0;
      const before = (neighbour(line, -off) - line) * columns;
      const after = (neighbour(line, off) - line) * columns;
      for (let at = from; at < to; at += 1) target[at] = (target[at] ?? 0) + weight * ((source[at + before] ?? 0) + (source[at + after] ?? 0));
    }
  }
}
