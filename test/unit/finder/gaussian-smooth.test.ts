import { describe, expect, it } from 'vitest';
import { gaussianKernel, smoothLines } from '../../../src-main/finder/gaussian-smooth.ts';
import { seededGenerator } from '../../../src-main/finder/seeded-generator.ts';

describe('smoothLines', () => {
  it.each([3, 5, 12])('weighs neighbours by the kernel and takes the outermost values beyond the ends: lines of %i', (length) => {
    const random = seededGenerator(length);
    const values = Float32Array.from({ length: length * 4 }, () => random() * 100);
    const kernel = gaussianKernel(1.1);
    for (const [lineStep, step] of [[length, 1], [1, 4]] as const) {
      const smooth = smoothLines(values, 4, length, lineStep, step, kernel);
      for (let line = 0; line < 4; line += 1) {
        for (let at = 0; at < length; at += 1) {
          let sum = 0;
          for (let off = 1 - kernel.length; off < kernel.length; off += 1) {
            const from = Math.min(Math.max(at + off, 0), length - 1);
            sum += (kernel[Math.abs(off)] ?? 0) * (values[line * lineStep + from * step] ?? 0);
          }
          expect(smooth[line * lineStep + at * step]).toBeCloseTo(sum, 3);
        }
      }
    }
  });

  it.each([[23, 9, 0.8], [9, 23, 0.8], [6, 40, 3], [1, 8, 1.5], [50, 1, 1]])('is bit by bit what the plain twin gives: %i lines of %i, sigma %f', (count, length, sigma) => {
    const random = seededGenerator(count);
    const values = Float32Array.from({ length: length * count }, () => random() * 2000 - 1000);
    const kernel = gaussianKernel(sigma);
    for (const [lineStep, step] of [[length, 1], [1, count]] as const) {
      expect(smoothLines(values, count, length, lineStep, step, kernel)).toEqual(plainLines(values, count, length, lineStep, step, kernel));
    }
  });

  it('refuses a kernel that is too long', () => {
    expect(() => smoothLines(new Float32Array(4), 1, 4, 4, 1, new Float64Array(257))).toThrow(RangeError);
  });
});

/** Sums in the kernel's order: the middle, then both sides of each distance. */
function plainLines(values: Float32Array, count: number, length: number, lineStep: number, step: number, kernel: Float64Array): Float32Array {
  const result = new Float32Array(values.length);
  for (let line = 0; line < count; line += 1) {
    const valueAt = (at: number): number => values[line * lineStep + Math.min(Math.max(at, 0), length - 1) * step] ?? 0;
    for (let at = 0; at < length; at += 1) {
      result[line * lineStep + at * step] = kernel.reduce((sum, weight, off) => sum + weight * (off === 0 ? valueAt(at) : valueAt(at - off) + valueAt(at + off)), 0);
    }
  }
  return result;
}
