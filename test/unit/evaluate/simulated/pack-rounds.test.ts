import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRounds } from '../../../evaluate/simulated/pack-rounds.ts';
import type { Ball } from '../../../evaluate/simulated/pack-rounds.ts';
import { distanceMm } from '../../../evaluate/truth/exam-nodules.ts';

function ball(x: number, diameterMm = 10): Ball {
  return { centreMm: [x, 0, 0], diameterMm };
}

describe('packRounds', () => {
  it('puts a case into the first round with room and nothing near', () => {
    // 40 mm from centre to centre leave 30 mm between two balls of 10 mm.
    const cases = [ball(0), ball(39.9), ball(40), ball(80), ball(120)];
    expect(packRounds(cases, (one) => one, 3).map((round) => round.map(({ centreMm }) => centreMm[0]))).toEqual([[0, 40, 80], [39.9, 120]]);
  });

  it('keeps every case once, no round too full and none too near', () => {
    const place = fc.double({ min: -100, max: 100, noNaN: true });
    const balls = fc.array(fc.record({ centreMm: fc.tuple(place, place, place), diameterMm: fc.double({ min: 3, max: 30, noNaN: true }) }), { maxLength: 25 });
    fc.assert(fc.property(balls, fc.integer({ min: 1, max: 6 }), (cases, together) => {
      const rounds = packRounds(cases, (one) => one, together);
      expect(rounds.flat()).toHaveLength(cases.length);
      expect(new Set(rounds.flat())).toEqual(new Set(cases));
      for (const round of rounds) {
        expect(round.length).toBeLessThanOrEqual(together);
        for (const [at, one] of round.entries()) {
          for (const other of round.slice(at + 1)) expect(distanceMm(one.centreMm, other.centreMm) - one.diameterMm / 2 - other.diameterMm / 2).toBeGreaterThanOrEqual(30 - 1e-9);
        }
      }
    }));
  });
});
