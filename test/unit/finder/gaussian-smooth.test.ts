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
});
