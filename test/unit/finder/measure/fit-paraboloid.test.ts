import { describe, expect, it } from 'vitest';
import { fitParaboloid, heightOf } from '../../../../src-main/finder/measure/fit-paraboloid.ts';

const surface = (u: number, v: number): number => 0.5 - 0.2 * u + 0.1 * v + 0.03 * u * u - 0.01 * u * v + 0.02 * v * v;

/** Points on a grid of 13 x 13 mm, the height of each changed by what is given. */
function pointsOn(change: (index: number) => number): readonly number[] {
  return Array.from({ length: 169 }, (_, index) => [(index % 13) - 6, Math.floor(index / 13) - 6] as const)
    .flatMap(([u, v], index) => [u, v, surface(u, v) + change(index)]);
}

describe('fitParaboloid', () => {
  it.each([[0, 0], [3, -4], [-5, 5]])('finds the surface that points lie on, though every tenth is far off: at %f, %f', (u, v) => {
    const found = fitParaboloid(pointsOn((index) => (index % 10 === 0 ? 6 : 0)), 40, 1.2);
    expect(found).not.toBeNull();
    // Curvature is held back a little.
    if (found !== null) expect(Math.abs(heightOf(found, u, v) - surface(u, v))).toBeLessThan(0.3);
  });

  it('finds none through too few points, or where they scatter', () => {
    expect(fitParaboloid(pointsOn(() => 0).slice(0, 3 * 39), 40, 1.2)).toBeNull();
    expect(fitParaboloid(pointsOn((index) => (index % 2 === 0 ? 1.3 : -1.3)), 40, 1.2)).toBeNull();
  });
});
