import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanTenths } from '../../../../src-main/finder/measure/nodule-measurement.ts';
import { sectionAxes } from '../../../../src-main/finder/measure/section-axes.ts';
import { outlineArea, traceContours } from '../../../../src-main/finder/measure/section-contour.ts';

/** Positive inside of an ellipse, turned by an angle. */
function ellipseField(size: number, x0: number, y0: number, a: number, b: number, angle: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, at) => {
    const x = (at % size) - x0;
    const y = Math.floor(at / size) - y0;
    return 1 - Math.hypot((x * Math.cos(angle) + y * Math.sin(angle)) / a, (y * Math.cos(angle) - x * Math.sin(angle)) / b);
  });
}

describe('traceContours and sectionAxes', () => {
  it('find the axes and the area of an ellipse in any position', () => {
    fc.assert(fc.property(
      fc.double({ min: 19, max: 21, noNaN: true }), fc.double({ min: 19, max: 21, noNaN: true }), fc.double({ min: 8, max: 15, noNaN: true }),
      fc.double({ min: 0.4, max: 0.9, noNaN: true }), fc.double({ min: 0, max: 3.14, noNaN: true }),
      (x, y, a, aspect, angle) => {
        const outlines = traceContours({ values: ellipseField(41, x, y, a, a * aspect, angle), columns: 41, rows: 41 });
        expect(outlines).toHaveLength(1);
        const { long, short } = sectionAxes(outlines[0] ?? new Float64Array());
        expect(Math.abs(long.lengthMm - 2 * a)).toBeLessThan(0.3);
        expect(Math.abs(short.lengthMm - 2 * a * aspect)).toBeLessThan(0.3);
        expect(outlineArea(outlines[0] ?? new Float64Array()) / (Math.PI * a * a * aspect)).toBeCloseTo(1, 1);
      },
    ));
  });

  it('give a hole a negative area', () => {
    const ring = ellipseField(41, 20, 20, 15, 15, 0).map((value, at) => Math.min(value, -(ellipseField(41, 20, 20, 6, 6, 0)[at] ?? 0)));
    const areas = traceContours({ values: ring, columns: 41, rows: 41 }).map(outlineArea).toSorted((a, b) => a - b);
    expect(areas).toHaveLength(2);
    expect(areas[0]).toBeLessThan(-100);
    expect(areas[1]).toBeGreaterThan(650);
  });

  it('measure the short axis inside of the outline, not across a notch', () => {
    // A "U" 20 wide and 10 high, its arms 4 wide.
    const outline = Float64Array.of(0, 0, 4, 0, 4, 8, 16, 8, 16, 0, 20, 0, 20, 10, 0, 10);
    expect(sectionAxes(outline).long.lengthMm).toBeCloseTo(Math.hypot(20, 10), 6);
    // Across the notch it would be 17.9.
    expect(sectionAxes(outline).short.lengthMm).toBeLessThan(12);
  });
});

describe('meanTenths', () => {
  it.each([
    [15.0, 14.9, 150], [6.0, 5.9, 60], [5.94, 5.84, 59], [8, 8, 80], [7.94, 7.95, 80], [3.04, 3.04, 30],
  ])('rounds %f and %f to %i tenths', (long, short, tenths) => {
    expect(meanTenths(long, short)).toBe(tenths);
  });
});
