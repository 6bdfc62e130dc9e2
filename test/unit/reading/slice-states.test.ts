import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceStates } from '../../../src-main/reading/slice-states.ts';
import type { TileFate } from '../../../src-main/reading/slice-states.ts';

function tile(side: 'left' | 'right' | null, sliceIndices: readonly number[], state: TileFate['state'], reason: TileFate['reason'] = null): TileFate {
  return { planned: { side, sliceIndices }, state, reason };
}

describe('sliceStates', () => {
  it('takes a slice as read only when each lung that is shown of it was', () => {
    const states = sliceStates([tile('right', [0, 1], 'valid'), tile('left', [0], 'valid'), tile('left', [1], 'failed', 'answer-invalid')]);
    expect([...states]).toEqual([[0, { state: 'valid', reason: null }], [1, { state: 'failed', reason: 'answer-invalid' }]]);
  });

  it('lets one valid tile of several that overlap do, and one of both lungs for either', () => {
    expect(sliceStates([tile('left', [3], 'refused', 'answer-refused'), tile('left', [2, 3], 'valid')]).get(3)?.state).toBe('valid');
    expect(sliceStates([tile('left', [3], 'failed', 'answer-invalid'), tile('right', [3], 'failed', 'answer-invalid'), tile(null, [3], 'valid')]).get(3)?.state).toBe('valid');
  });

  it('tells what is under way before what went wrong', () => {
    const gone = tile('left', [0], 'failed', 'answer-blind');
    expect(sliceStates([gone, tile('left', [0], 'planned')]).get(0)).toEqual({ state: 'planned', reason: null });
    expect(sliceStates([gone, tile('left', [0], 'sent'), tile('right', [0], 'planned')]).get(0)).toEqual({ state: 'sent', reason: null });
    expect(sliceStates([gone, tile('right', [0], 'refused', 'answer-refused')]).get(0)).toEqual({ state: 'refused', reason: 'answer-refused' });
  });

  it('says nothing of slices that no tile shows, and never calls one read without a valid tile', () => {
    const tiles = fc.array(fc.record({
      planned: fc.record({ side: fc.constantFrom('left', 'right', null), sliceIndices: fc.uniqueArray(fc.nat(5), { maxLength: 4 }) }),
      state: fc.constantFrom('planned', 'sent', 'valid', 'refused', 'failed'),
      reason: fc.constant('answer-invalid' as const),
    }), { maxLength: 12 });
    fc.assert(fc.property(tiles, (some) => {
      const states = sliceStates(some);
      expect(new Set(states.keys())).toEqual(new Set(some.flatMap((one) => one.planned.sliceIndices)));
      for (const [index, { state }] of states) {
        const own = some.filter((one) => one.planned.sliceIndices.includes(index));
        if (state === 'valid') expect(own.some((one) => one.state === 'valid')).toBe(true);
        if (own.every((one) => one.state === 'valid')) expect(state).toBe('valid');
      }
    }));
  });
});
