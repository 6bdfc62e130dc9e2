import type { PlanNote } from '../../src-shared/domain/request-plan.ts';

/** What a later plan, of no more than was still open, can tell of the whole exam. */
const laterKinds: readonly PlanNote['kind'][] = ['price-unknown', 'over-budget', 'sweep-coarser', 'slices-coarser', 'slices-undecoded', 'candidates-left-out'];

/**
 * Notes of a reading's first plan.
 *
 * @param notes - As the planner wrote them.
 * @param isSearched - Whether the device has searched the exam: where it could not, nothing looks for ground glass in its place.
 */
export function firstNotes(notes: readonly PlanNote[], isSearched: boolean): readonly PlanNote[] {
  if (isSearched || !notes.some(({ kind }) => kind === 'nothing-to-verify')) return notes;
  const others = notes.filter(({ kind }) => kind !== 'nothing-to-verify' && kind !== 'ground-glass-not-covered');
  return [...others, { kind: 'ground-glass-not-covered' }];
}

/**
 * Notes of a reading after something was planned anew: what the first plan left out stays left out.
 *
 * @param before - Of the reading so far.
 * @param notes - Of the later plan.
 */
export function laterNotes(before: readonly PlanNote[], notes: readonly PlanNote[]): readonly PlanNote[] {
  const later = notes.filter(({ kind }) => laterKinds.includes(kind));
  const kept = before.filter(({ kind }) => kind !== 'slices-undecoded' && (kind === 'candidates-left-out' || !later.some((note) => note.kind === kind)));
  return [...kept, ...later];
}
