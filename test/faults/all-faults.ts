import { answerFaults } from './answer-faults.ts';
import { bodyFaults } from './body-faults.ts';
import { drawn } from './fault-clock.ts';
import type { NamedFault } from './named-fault.ts';
import { networkFaults } from './network-faults.ts';
import { statusFaults } from './status-faults.ts';

/** Every fault of the table. */
export function allFaults(): readonly NamedFault[] {
  return [...networkFaults, ...statusFaults, ...bodyFaults, ...answerFaults];
}

/**
 * The same faults in an order that a seed decides: none of them may hang on another.
 *
 * @param faults - Of the table.
 * @param seed - Any whole number.
 */
export function shuffled(faults: readonly NamedFault[], seed: number): readonly NamedFault[] {
  return faults.map((fault, index) => ({ fault, at: drawn(seed, index) })).sort((a, b) => a.at - b.at).map(({ fault }) => fault);
}
