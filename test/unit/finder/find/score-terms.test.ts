import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RayShape } from '../../../../src-main/finder/find/ray-shape.ts';
import { scoreTermsOf } from '../../../../src-main/finder/find/score-terms.ts';
import { scoreTerms } from '../../../../src-shared/domain/candidate.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const shape: fc.Arbitrary<RayShape> = fc.record({
  coreHu: fc.double({ min: 1, max: 1000, noNaN: true }), radiusMm: fc.double({ min: 0.5, max: 40, noNaN: true }), evenness: share, chordRatio: share, longShare: share, wallShare: share,
  sharpness: fc.double({ min: 0, max: 2, noNaN: true }), clearance: share, beyondShare: share,
});

function scoreOf(flatness: readonly [number, number], rays: RayShape): number {
  return scoreTermsOf({ flatness }, rays).reduce((sum, { points }) => sum + points, 0);
}

describe('scoreTermsOf', () => {
  it.each([
    ['radiusMm', 1], ['evenness', 1], ['chordRatio', 1], ['clearance', 1], ['longShare', -1], ['beyondShare', -1], ['wallShare', -1], ['sharpness', -1],
  ] as const)('goes one way with %s', (key, sign) => {
    fc.assert(fc.property(shape, fc.double({ min: 0, max: 1, noNaN: true }), (rays, more) => {
      const changed = { ...rays, [key]: rays[key] + more };
      expect(sign * (scoreOf([0.8, 0.6], changed) - scoreOf([0.8, 0.6], rays))).toBeGreaterThanOrEqual(-1e-9);
    }));
  });

  it('rises with density up to 8 mm, and lets size speak for large things only as far as they are thin', () => {
    fc.assert(fc.property(shape, fc.double({ min: 0, max: 300, noNaN: true }), (rays, moreHu) => {
      const small = { ...rays, radiusMm: Math.min(rays.radiusMm, 4) };
      expect(scoreOf([0.8, 0.6], { ...small, coreHu: small.coreHu + moreHu })).toBeGreaterThanOrEqual(scoreOf([0.8, 0.6], small) - 1e-9);
    }));
    const ball: RayShape = { coreHu: 900, radiusMm: 4, evenness: 0.9, chordRatio: 0.9, longShare: 0, wallShare: 0, sharpness: 0.5, clearance: 1, beyondShare: 0 };
    const gain = (coreHu: number): number => scoreOf([0.8, 0.6], { ...ball, coreHu, radiusMm: 12 }) - scoreOf([0.8, 0.6], { ...ball, coreHu });
    expect(gain(900)).toBe(0);
    expect(gain(300)).toBeGreaterThan(gain(600));
    expect(gain(600)).toBeGreaterThan(0);
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
