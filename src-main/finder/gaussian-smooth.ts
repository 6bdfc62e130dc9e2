import { cellMemory } from './cell-kernel.ts';

/** The kernel of src-kernels/cells takes no more. */
const mostWeights = 256;

/**
 * Smooths a picture with a Gaussian, line by line and column by column; beyond the edges its outermost values hold.
 *
 * @param values - rows x columns values; left as they are.
 * @param columns - Of the picture.
 * @param sigma - Standard deviations in pixels, along a row and along a column; 0 leaves that direction alone.
 */
export function smoothPicture(values: Float32Array, columns: number, sigma: readonly [alongRow: number, alongColumn: number]): Float32Array {
  const rows = values.length / columns;
  const across = smoothLines(values, rows, columns, columns, 1, gaussianKernel(sigma[0]));
  return smoothLines(across, columns, rows, 1, columns, gaussianKernel(sigma[1]));
}

/**
 * Weights of a Gaussian at whole distances, adding up to 1 with both sides.
 *
 * @param sigma - Standard deviation.
 * @returns Weight of the middle, then of distance 1, 2, ... on one side.
 */
export function gaussianKernel(sigma: number): Float64Array {
  if (!(sigma > 0)) return Float64Array.of(1);
  const kernel = Float64Array.from({ length: Math.max(2, Math.ceil(sigma * 3.2) + 1) }, (_, at) => Math.exp(-0.5 * (at / sigma) ** 2));
  const sum = kernel.reduce((total, weight) => total + 2 * weight, -(kernel[0] ?? 0));
  return kernel.map((weight) => weight / sum);
}

/**
 * Smooths every line of a block along its own direction.
 *
 * @param values - The block; left as it is. Each of its cells is in one line.
 * @param count - Number of lines.
 * @param length - Of a line.
 * @param lineStep - From the start of a line to the next one's.
 * @param step - Along a line.
 * @param kernel - From gaussianKernel, at most 256 weights.
 * @throws {RangeError} when it is longer.
 */
export function smoothLines(values: Float32Array, count: number, length: number, lineStep: number, step: number, kernel: Float64Array): Float32Array {
  if (kernel.length === 1) return values;
  if (kernel.length > mostWeights) throw new RangeError(`a Gaussian of ${String(kernel.length)} weights is too wide`);
  const { kernel: cells, fields: [source = 0, target = 0] } = cellMemory({ columns: length, rows: Math.ceil(values.length / length), layers: 1 }, 0, 2);
  const { buffer } = cells.memory;
  new Float32Array(buffer, source, values.length).set(values);
  new Float64Array(buffer, cells.weightsAddress(), kernel.length).set(kernel);
  cells.smoothLines(source, target, count, length, lineStep, step, kernel.length - 1);
  return new Float32Array(buffer, target, values.length).slice();
}
