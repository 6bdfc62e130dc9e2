import type { ErrorCode, Problem } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import type { findCandidates } from '../workers/find-candidates.ts';
import type { ImagingPool } from '../workers/imaging-pool.ts';
import type { VolumeStore } from '../workers/volume-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';
import type { RelayStop, RelayTarget } from '../relay/relay.ts';
import type { RelaySender } from '../relay/sender.ts';
import { findReading, moveReading } from '../store/reading-table.ts';
import type { StoredProblem } from '../store/problem-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import type { ReaderOrdinal } from '../store/request-table.ts';
import type { Database } from '../store/open-database.ts';
import type { PictureStore } from '../store/picture-store.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { PlanInput } from './plan/plan-input.ts';
import type { PreparingProgress } from './preparing-progress.ts';
import type { ReadingProfiles } from './reading-profiles.ts';
import { nextState } from './reading-state.ts';
import type { ReadingEvent } from './reading-state.ts';

/** Where a reading may go now: a relay with a model, or why it has to wait or cannot go on. */
export type RelayChoice =
  | { readonly kind: 'target'; readonly target: RelayTarget; readonly model: string }
  | { readonly kind: 'hold'; readonly holdFor: HoldReason; readonly code: ErrorCode }
  | { readonly kind: 'fail'; readonly problem: Problem };

/** With what a plan is made. */
export interface PlanningChoice extends Pick<PlanInput, 'profile' | 'model' | 'mirrored' | 'imagesPerRequest' | 'budgetMicroUsd' | 'priceFor' | 'correction'> {
  /** As the relay wants it; `model` is the catalogue's row. */
  readonly modelName: string;
}

/** What the stages of a reading work with. */
export interface ReadingDesk {
  readonly database: Database;
  readonly clock: Clock;
  readonly pool: Pick<ImagingPool, 'run'>;
  readonly volumes: VolumeStore;
  readonly progress: PreparingProgress;
  /** How far the device's searches are. */
  readonly searches: PreparingProgress;
  readonly findCandidates: typeof findCandidates;
  readonly pictures: PictureStore;
  readonly sender: RelaySender;
  readonly catalogue: ModelCatalogue;
  readonly profiles: ReadingProfiles;
  settings(): Promise<Settings>;
  /** What plans for one of a reading's readers are made with, by the settings as they are; null where nobody reads in its place. */
  planningFor(reading: StoredReading, reader: ReaderOrdinal): Promise<PlanningChoice | null>;
  /** Where the reading may go now. */
  chooseRelay(reading: StoredReading): Promise<RelayChoice>;
  /** A stop that another way may go round: this one is not taken again for the rest of the reading. */
  giveUp(readingId: string, way: Extract<RelayChoice, { readonly kind: 'target' }>, stop: RelayStop): void;
  /**
   * Books what could not be booked while the disk was full.
   *
   * @throws {AppError} database-full while it still is.
   */
  bookOwed(): Promise<void>;
  /** Something about this reading changed that a screen may show. */
  changed(readingId: string): void;
}

/**
 * Moves a reading on and stores the step with its effect.
 *
 * @throws {IllegalTransitionError} if the event cannot happen in the reading's state.
 */
export async function step(
  desk: Pick<ReadingDesk, 'database' | 'clock' | 'changed'>,
  reading: StoredReading,
  event: ReadingEvent,
  reason: string | null,
  effect: Parameters<typeof moveReading>[3] = {},
  problems: readonly StoredProblem[] = [],
): Promise<StoredReading> {
  const to = nextState(reading.state, event);
  await moveReading(desk.database, reading.id, { at: desk.clock.now(), from: reading.state, to, event, reason }, effect, problems);
  desk.changed(reading.id);
  return reload(desk.database, reading.id);
}

/**
 * A reading as it is now.
 *
 * @throws {AppError} reading-not-found.
 */
export async function reload(database: Database, readingId: string): Promise<StoredReading> {
  const reading = await findReading(database, readingId);
  if (reading === null) throw new AppError('reading-not-found', 'there is no such reading');
  return reading;
}
