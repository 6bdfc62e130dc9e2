import { describe, expect, it } from 'vitest';
import { planReading } from '../../../../src-main/reading/plan/plan-reading.ts';
import { inputOf, tilesOf } from './plan-fixture.ts';

describe('planReading within a budget', () => {
  const full = planReading(inputOf()).forecast.costMicroUsd!.expected;
  const sweep = planReading(inputOf({ mode: 'sweep' })).forecast.costMicroUsd!.expected;
  const verified = (budgetMicroUsd: number | null) => {
    const plan = planReading(inputOf({ budgetMicroUsd }));
    return { plan, ranks: tilesOf(plan).flatMap(({ candidateRank }) => candidateRank ?? []).toSorted((a, b) => a - b), kinds: plan.notes.map(({ kind }) => kind) };
  };

  it('leaves a plan that just meets it as it is', () => {
    expect(verified(full).plan).toEqual(verified(null).plan);
  });

  it('verifies fewer candidates first, the best ones, and lists the others', () => {
    const { plan, ranks } = verified(full - 1);
    expect(ranks).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(plan.forecast.costMicroUsd!.expected).toBeLessThan(full);
    expect(plan.notes).toContainEqual({ kind: 'candidates-left-out', ranks: [21, 22, 23, 24, 25, 26, 27, 28, 29, 30], because: 'budget' });
  });

  it('then makes the sweep coarser, then verifies nothing, and covers the lungs all the same', () => {
    const fewest = planReading(inputOf({ verifyMost: 5 })).forecast.costMicroUsd!.expected;
    const coarser = verified(fewest - 1);
    expect(coarser.ranks).toHaveLength(5);
    const [pixelMm] = coarser.plan.notes.flatMap((note) => (note.kind === 'sweep-coarser' ? note.pixelMm : []));
    expect(pixelMm).toBeGreaterThan(1.1);
    expect(pixelMm).toBeLessThanOrEqual(1.26);
    const { plan, ranks, kinds } = verified(sweep - 1);
    expect(ranks).toEqual([]);
    expect(kinds).toEqual(expect.arrayContaining(['sweep-coarser', 'candidates-left-out', 'ground-glass-not-covered']));
    const covered = new Set(tilesOf(plan).filter(({ side }) => side === 'left').flatMap(({ sliceIndices }) => sliceIndices));
    expect(covered.size).toBe(56);
  });

  it('says when even the cheapest plan is above it, and still covers the lungs', () => {
    const { plan, kinds } = verified(1);
    expect(kinds).toContain('over-budget');
    expect(new Set(tilesOf(plan).flatMap(({ sliceIndices }) => sliceIndices)).size).toBe(56);
    expect(planReading(inputOf({ mode: 'slices', budgetMicroUsd: 1 })).notes).toEqual([{ kind: 'over-budget' }]);
  });

  it('cannot keep to it where nobody knows the price, and says so', () => {
    const plan = planReading(inputOf({ budgetMicroUsd: 1, priceFor: () => null }));
    expect(plan.forecast.costMicroUsd).toBeNull();
    expect(plan.notes.map(({ kind }) => kind)).toContain('price-unknown');
    expect(plan.notes.map(({ kind }) => kind)).not.toContain('over-budget');
  });
});
