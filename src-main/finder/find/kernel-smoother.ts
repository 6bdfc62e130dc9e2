import { AppError } from '../../../src-shared/domain/errors.ts';
import { loadKernel } from '../../platform/load-kernel.ts';
import type { FieldSmoother } from './smooth-field.ts';

interface SmoothKernel {
  reserve(bytes: number): number;
  smoothAlong(source: number, target: number, columns: number, lines: number, spans: number, weights: number, reach: number): void;
  smoothAcross(source: number, target: number, columns: number, lines: number, count: number, lineStep: number, spans: number, weights: number, reach: number): void;
}

/** Room for the weights of one axis, bytes: a kernel has at most 65 of them. */
const weightBytes = 512;

/**
 * A smoother in WebAssembly SIMD; its memory lives as long as it does.
 *
 * @throws {Error} when the kernel is missing.
 */
export function kernelSmoother(): FieldSmoother {
  const kernel = loadKernel<SmoothKernel>('smooth');
  return ({ grid, values }) => {
    const { columns, rows, layers } = grid;
    const lines = rows * layers;
    const block = (values.byteLength + 15) & ~15;
    const spanBytes = (lines * 8 + 15) & ~15;
    const source = kernel.reserve(3 * block + spanBytes + weightBytes);
    if (source === 0) throw new AppError('volume-too-large', 'the search of a lung needs more memory than there is');
    const [first, second, spansAt] = [source + block, source + 2 * block, source + 3 * block];
    const weightsAt = spansAt + spanBytes;
    const { buffer } = kernel.memory;
    new Float32Array(buffer, source, values.length).set(values);
    const [spanView, weightView] = [new Int32Array(buffer, spansAt, lines * 2), new Float32Array(buffer, weightsAt, weightBytes / 4)];
    const result = new Float32Array(buffer, first, values.length);
    return ({ kernels, spans }) => {
      for (const axis of [0, 1, 2] as const) {
        const weights = kernels[axis];
        spanView.set(spans[axis]);
        weightView.set(weights);
        if (axis === 0) kernel.smoothAlong(source, first, columns, lines, spansAt, weightsAt, weights.length - 1);
        else if (axis === 1) kernel.smoothAcross(first, second, columns, lines, rows, 1, spansAt, weightsAt, weights.length - 1);
        else kernel.smoothAcross(second, first, columns, lines, layers, rows, spansAt, weightsAt, weights.length - 1);
      }
      return result;
    };
  };
}
