import type { ReadingState } from '../../src-shared/domain/reading.ts';

/** What can happen to a reading. */
export type ReadingEvent =
  | 'settle' // the exam has stopped changing
  | 'prepare' // its slices are being made into pictures; also when it goes on by another plan
  | 'plan' // the requests are decided
  | 'hold' // it has to wait for a person, money, a key, or the network
  | 'send' // requests go out
  | 'merge' // every request has come to an end
  | 'fail' // it cannot go on
  | 'cancel' // a person stopped it
  | 'ask' // a person has to decide before it goes on
  | 'accept' // the person decided to read
  | 'recognise'; // the same exam has been read already

const table: Readonly<Record<ReadingState | 'new', Partial<Record<ReadingEvent, ReadingState>>>> = {
  new: { settle: 'settled' },
  arriving: { settle: 'settled', cancel: 'cancelled' },
  settled: { prepare: 'preparing', fail: 'failed', cancel: 'cancelled', ask: 'needs-attention', recognise: 'cancelled' },
  preparing: { plan: 'planned', fail: 'failed', cancel: 'cancelled', ask: 'needs-attention' },
  planned: { prepare: 'preparing', send: 'reading', hold: 'held', merge: 'merged', cancel: 'cancelled', fail: 'failed', ask: 'needs-attention' },
  held: { prepare: 'preparing', plan: 'planned', cancel: 'cancelled', fail: 'failed', hold: 'held' },
  reading: { prepare: 'preparing', merge: 'merged', hold: 'held', fail: 'failed', cancel: 'cancelled', ask: 'needs-attention' },
  merged: { prepare: 'preparing' },
  failed: { prepare: 'preparing' },
  cancelled: { prepare: 'preparing' },
  'needs-attention': { accept: 'settled', cancel: 'cancelled', prepare: 'preparing' },
};

/** An event that cannot happen in this state: a fault in LungDesk, never in the exam. */
export class IllegalTransitionError extends Error {
  override readonly name = 'IllegalTransitionError';

  /**
   * @param state - Where the reading is.
   * @param event - What cannot happen there.
   */
  constructor(state: ReadingState | 'new', event: ReadingEvent) {
    super(`a reading that is ${state} cannot ${event}`);
  }
}

/**
 * The next state of a reading.
 *
 * @param state - Where it is; 'new' before its first step.
 * @throws {IllegalTransitionError} if the event cannot happen there.
 */
export function nextState(state: ReadingState | 'new', event: ReadingEvent): ReadingState {
  const next = table[state][event];
  if (next === undefined) throw new IllegalTransitionError(state, event);
  return next;
}

/** States in which nothing more happens by itself. */
export const restingStates: readonly ReadingState[] = ['merged', 'failed', 'cancelled', 'needs-attention'];

/** Whether a reading can still be cancelled. */
export function isCancellable(state: ReadingState): boolean {
  return table[state].cancel !== undefined;
}
