import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RayShape } from '../../../../src-main/finder/find/ray-shape.ts';
import { scoreTermsOf } from '../../../../src-main/finder/find/score-terms.ts';
import { scoreTerms } from '../../../../src-shared/domain/candidate.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const shape: fc.Arbitrary<RayShape> = fc.record({
  coreHu: fc.double({ min: 1, max: 1000, noNaN: true }), radiusMm: fc.double({ min: 0.5, max: 40, noNaN: true }), evenness: share, longShare: share, wallShare: share,
  sharpness: fc.double({ min: 0, max: 2, noNaN: true }), clearance: share,
});

function scoreOf(flatness: readonly [number, number], rays: RayShape): number {
  return scoreTermsOf({ flatness }, rays).reduce((sum, { points }) => sum + points, 0);
}

describe('scoreTermsOf', () => {
  it.each([
    ['coreHu', 1], ['radiusMm', 1], ['evenness', 1], ['clearance', 1], ['longShare', -1], ['wallShare', -1], ['sharpness', -1],
  ] as const)('goes one way with %s', (key, sign) => {
    fc.assert(fc.property(shape, fc.double({ min: 0, max: 1, noNaN: true }), (rays, more) => {
      const changed = { ...rays, [key]: rays[key] + more };
      expect(sign * (scoreOf([0.8, 0.6], changed) - scoreOf([0.8, 0.6], rays))).toBeGreaterThanOrEqual(-1e-9);
    }));
  });

  it('names every term once, in the order in which they are shown', () => {
    fc.assert(fc.property(shape, (rays) => {
      expect(scoreTermsOf({ flatness: [0.8, 0.6] }, rays).map(({ name }) => name)).toEqual(scoreTerms);
    }), { numRuns: 5 });
  });

  it('rises with every direction that is curved', () => {
    fc.assert(fc.property(shape, share, share, (rays, second, third) => {
      expect(scoreOf([second, third], rays)).toBeLessThanOrEqual(scoreOf([1, third], rays));
      expect(scoreOf([1, third * second], rays)).toBeLessThanOrEqual(scoreOf([1, third], rays));
    }));
  });
});
