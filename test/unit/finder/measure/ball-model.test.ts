import { describe, expect, it } from 'vitest';
import { ballInSlice, blurredBall, explainBall, seenBall } from '../../../../src-main/finder/measure/ball-model.ts';
import { seededGenerator } from '../../../../src-main/finder/seeded-generator.ts';

/** Share of Gaussian steps from a point that end within the ball. */
function sampledBall(radiusMm: number, sigmaMm: number, distanceMm: number): number {
  const random = seededGenerator(5);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let inside = 0;
  const count = 40_000;
  for (let at = 0; at < count; at += 1) {
    if (Math.hypot(distanceMm + sigmaMm * normal(), sigmaMm * normal(), sigmaMm * normal()) <= radiusMm) inside += 1;
  }
  return inside / count;
}

describe('blurredBall', () => {
  it.each([[1.5, 0.6, 0], [1.5, 0.6, 1.4], [1.5, 0.6, 2.5], [4, 0.5, 3.8], [0.8, 1, 0.3], [4, 0.5, 0]])('gives what chance gives: radius %f, blur %f, distance %f', (radius, sigma, distance) => {
    expect(Math.abs(blurredBall(radius, sigma, distance) - sampledBall(radius, sigma, distance))).toBeLessThan(0.01);
  });
});

describe('ballInSlice', () => {
  it('keeps all of the ball, whatever the slices are', () => {
    for (const sliceMm of [1, 2.5, 8]) {
      let sum = 0;
      for (let slice = -20; slice <= 20; slice += 1) {
        for (let ring = 0; ring < 60; ring += 1) sum += ballInSlice(3, { inPlaneMm: 0.5, sliceMm }, slice * sliceMm + 0.4, (ring + 0.5) * 0.1) * 2 * Math.PI * (ring + 0.5) * 0.01 * sliceMm;
      }
      expect(sum / ((4 / 3) * Math.PI * 27)).toBeCloseTo(1, 1);
    }
  });
});

describe('explainBall', () => {
  it.each([[2, 1.25, 0], [2, 2.5, 1], [3, 2.5, 0.5], [6, 8, 3], [12, 2.5, 1.2]])('finds the ball of radius %f again in slices of %f mm, %f mm off', (radius, sliceMm, height) => {
    const blur = { inPlaneMm: 0.5, sliceMm };
    const seen = seenBall(radius, blur, height, 0.6);
    expect(explainBall(seen.radiusMm, blur, height, 0.6).radiusMm).toBeCloseTo(radius, 1);
  });
});
