import type { Clock } from '../platform/clock.ts';
import type { AttemptBook } from './attempt-book.ts';
import type { ModelCatalogue } from './catalogue.ts';
import type { LadderMemory } from './ladder-memory.ts';
import type { RelayTraffic } from './relay-traffic.ts';
import type { Deadlines } from './transport.ts';

/** What sending needs; all of it is shared by the whole program. */
export interface RelaySenderDeps {
  readonly clock: Clock;
  readonly book: AttemptBook;
  readonly traffic: RelayTraffic;
  readonly ladders: LadderMemory;
  readonly catalogue: ModelCatalogue;
  /** Phase deadlines; those of a model call by default. */
  readonly deadlines?: Deadlines;
  /** How long an answer on its way is waited for after a cancel, so that its cost is known; ms. */
  readonly drainMs?: number;
}

/** How one request is to be sent. */
export interface SendOptions {
  /** Cancels: what is not sent stays unsent, what is on its way is drained or booked as unknown. */
  readonly signal?: AbortSignal;
  readonly onAttempt?: (state: 'waiting' | 'sending' | 'retrying') => void;
  /** Tries after an outcome that may have been billed: 0 or 1. */
  readonly unknownRetries?: number;
}
