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
 * @param values - The block; left as it is.
 * @param count - Number of lines.
 * @param length - Of a line.
 * @param lineStep - From the start of a line to the next one's.
 * @param step - Along a line.
 * @param kernel - From gaussianKernel.
 */
export function smoothLines(values: Float32Array, count: number, length: number, lineStep: number, step: number, kernel: Float64Array): Float32Array {
  if (kernel.length === 1) return values;
  const result = new Float32Array(values.length);
  const reach = kernel.length - 1;
  const own = kernel[0] ?? 0;
  for (let line = 0; line < count; line += 1) {
    const start = line * lineStep;
    for (let at = 0; at < length; at += 1) {
      const middle = start + at * step;
      let sum = own * (values[middle] ?? 0);
      if (at >= reach && at + reach < length) {
        for (let off = 1; off <= reach; off += 1) sum += (kernel[off] ?? 0) * ((values[middle - off * step] ?? 0) + (values[middle + off * step] ?? 0));
      } else {
        for (let off = 1; off <= reach; off += 1) {
          const before = Math.max(at - off, 0);
          const after = Math.min(at + off, length - 1);
          sum += (kernel[off] ?? 0) * ((values[start + before * step] ?? 0) + (values[start + after * step] ?? 0));
        }
      }
      result[middle] = sum;
    }
  }
  return result;
}
