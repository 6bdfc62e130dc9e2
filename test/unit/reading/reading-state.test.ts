import { describe, expect, it } from 'vitest';
import { IllegalTransitionError, isCancellable, nextState, restingStates } from '../../../src-main/reading/reading-state.ts';

describe('nextState', () => {
  it('leads a reading from its folder to its findings', () => {
    expect((['settle', 'prepare', 'plan', 'send', 'merge'] as const).reduce<Parameters<typeof nextState>[0]>(nextState, 'new')).toBe('merged');
  });

  it('lets a held reading go on, and be held again', () => {
    expect(nextState('reading', 'hold')).toBe('held');
    expect(nextState('held', 'hold')).toBe('held');
    expect(nextState('held', 'plan')).toBe('planned');
  });

  it.each(['planned', 'held', 'reading'] as const)('lets a reading that is %s go on by another plan', (state) => {
    expect(nextState(state, 'prepare')).toBe('preparing');
  });

  it.each(restingStates)('lets a person take up a reading that is %s', (state) => {
    expect(nextState(state, 'prepare')).toBe('preparing');
  });

  it.each([
    ['new', 'merge'],
    ['merged', 'merge'],
    ['cancelled', 'send'],
    ['arriving', 'prepare'],
    ['failed', 'cancel'],
  ] as const)('refuses that a %s reading can %s', (state, event) => {
    expect(() => nextState(state, event)).toThrow(IllegalTransitionError);
  });
});

describe('isCancellable', () => {
  it('is false for what has ended', () => {
    expect(['merged', 'failed', 'cancelled'].some((state) => isCancellable(state as 'merged'))).toBe(false);
    expect(isCancellable('reading')).toBe(true);
  });
});
