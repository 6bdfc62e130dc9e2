import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundBlob } from '../../../../src-main/finder/find/found-blob.ts';
import { keepApart } from '../../../../src-main/finder/find/keep-apart.ts';

function blob(x: number, blobMm: number, score: number, y = 0, fit = score): FoundBlob {
  return { centreMm: [x, y, 0], blobMm, path: 'nodule', attachment: 'isolated', score, fit, terms: [] };
}

describe('keepApart', () => {
  it.each([
    ['a weaker one within the ball of a better one', [blob(0, 10, 2), blob(4, 6, 1)], [2]],
    ['a weaker large one around a better small one', [blob(0, 6, 2), blob(5, 20, 1)], [2]],
    ['two lungs that tell of one place', [blob(0, 4, 2), blob(2, 4, 1)], [2]],
  ])('drops %s', (_, blobs, scores) => {
    expect(keepApart(blobs).map(({ score }) => score)).toEqual(scores);
  });

  it('keeps what fits best of one thing, also where something in it has the better score, and sorts by score', () => {
    expect(keepApart([blob(0, 20, 4, 0, 8), blob(4, 6, 5), blob(40, 6, 4.5)]).map(({ score }) => score)).toEqual([4.5, 4]);
  });

  it('keeps neighbours', () => {
    expect(keepApart([blob(0, 6, 1), blob(7, 6, 2)]).map(({ score }) => score)).toEqual([2, 1]);
  });

  it('gives the same list for the same blobs in any order, by falling score', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 3, max: 30 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 9 })), { maxLength: 25 });
    fc.assert(fc.property(some, fc.infiniteStream(fc.nat()), (raw, shuffle) => {
      const blobs = [...new Map(raw.map(([x, mm, score, y]) => [`${x} ${y}`, blob(x, mm, score, y)])).values()];
      const mixed = blobs.map((one) => ({ one, key: shuffle.next().value })).toSorted((a, b) => a.key - b.key).map(({ one }) => one);
      const kept = keepApart(blobs);
      expect(keepApart(mixed)).toEqual(kept);
      expect(kept.map(({ score }) => score)).toEqual(kept.map(({ score }) => score).toSorted((a, b) => b - a));
      for (const one of blobs) expect(kept.some((other) => other.score >= one.score && Math.hypot(other.centreMm[0] - one.centreMm[0], other.centreMm[1] - one.centreMm[1]) <= 15)).toBe(true);
    }));
  });
});
