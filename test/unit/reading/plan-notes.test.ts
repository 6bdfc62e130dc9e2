import { describe, expect, it } from 'vitest';
import { firstNotes, laterNotes } from '../../../src-main/reading/plan-notes.ts';
import type { PlanNote } from '../../../src-shared/domain/request-plan.ts';

const leftOut = (...ranks: readonly number[]): PlanNote => ({ kind: 'candidates-left-out', ranks, because: 'most' });
const nothing: PlanNote = { kind: 'nothing-to-verify' };
const noGlass: PlanNote = { kind: 'ground-glass-not-covered' };
const undecoded = (...sliceIndices: readonly number[]): PlanNote => ({ kind: 'slices-undecoded', sliceIndices });

describe('firstNotes', () => {
  it('says that nothing was found only where somebody looked', () => {
    expect(firstNotes([nothing, { kind: 'price-unknown' }], true)).toEqual([nothing, { kind: 'price-unknown' }]);
    expect(firstNotes([nothing, noGlass, { kind: 'price-unknown' }], false)).toEqual([{ kind: 'price-unknown' }, noGlass]);
    expect(firstNotes([noGlass], false)).toEqual([noGlass]);
  });
});

describe('laterNotes', () => {
  it('keeps what was left out of the first plan, and takes nothing from a later one that it cannot tell', () => {
    expect(laterNotes([leftOut(31, 32)], [nothing, noGlass, { kind: 'lungs-not-covered' }])).toEqual([leftOut(31, 32)]);
  });

  it('tells anew which slices have no voxels, and how coarse it became', () => {
    expect(laterNotes([undecoded(3, 4), noGlass], [undecoded(4)])).toEqual([noGlass, undecoded(4)]);
    expect(laterNotes([undecoded(3)], [])).toEqual([]);
    expect(laterNotes([{ kind: 'sweep-coarser', pixelMm: 1.25 }], [{ kind: 'sweep-coarser', pixelMm: 1.6 }])).toEqual([{ kind: 'sweep-coarser', pixelMm: 1.6 }]);
  });

  it('adds what a later plan leaves out', () => {
    expect(laterNotes([leftOut(31)], [leftOut(12)])).toEqual([leftOut(31), leftOut(12)]);
  });
});
