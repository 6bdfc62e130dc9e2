import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRequests } from '../../../src-main/reading/plan-requests.ts';

describe('planRequests', () => {
  it('sends 107 slices in six requests of neighbours', () => {
    const sizes = planRequests(Array.from({ length: 107 }, (_, i) => i), 20).map((request) => request.sliceIndices.length);
    expect(sizes).toEqual([17, 18, 18, 18, 18, 18]);
  });

  it('sends every slice once, in order, and never more in a request than it may hold', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2000), { maxLength: 300 }), fc.integer({ min: 1, max: 20 }), (indices, most) => {
        const slices = [...indices].sort((a, b) => a - b);
        const requests = planRequests(slices, most);
        expect(requests.flatMap((request) => request.sliceIndices)).toEqual(slices);
        const sizes = requests.map((request) => request.sliceIndices.length);
        expect(sizes.every((size) => size >= 1 && size <= most)).toBe(true);
        expect(requests).toHaveLength(Math.ceil(slices.length / most));
      }),
    );
  });

  it('refuses a request without room for an image', () => {
    expect(() => planRequests([1], 0)).toThrow(RangeError);
  });
});
