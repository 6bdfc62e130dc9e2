import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason, ReadingState } from '../../src-shared/domain/reading.ts';
import { translate } from '../store/open-database.ts';
import { listReadings, updateReading } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { isCancellable, restingStates } from './reading-state.ts';
import { restReading } from './merge-reading.ts';
import { reload, step } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { runReading } from './run-reading.ts';

/** Runs readings, the pressing ones first, a few at a time; one queue per data folder. */
export interface ReadingQueue {
  /** From now on every reading that can go on is taken up; before, only those that are wanted by name. */
  takeAll(): void;
  /** Takes up this reading, also one that was held before. */
  want(readingId: string): void;
  /** Tries all held readings again: a setting, a key or a relay changed. */
  wake(): void;
  /**
   * Takes up this reading and resolves once it rests or is held.
   *
   * @throws {AppError} a fault that could not even be stored (database-full), or 'cancelled' when LungDesk closes.
   */
  whenSettled(readingId: string): Promise<StoredReading>;
  /** Why a reading does not go on although its stored state says so (disk full); null when nothing is in its way. */
  faultOf(readingId: string): ErrorCode | null;
  /**
   * Stops a reading's run, changes the reading while nothing runs it, and takes it up again.
   *
   * @throws what the change throws.
   */
  change(readingId: string, how: () => Promise<void>): Promise<void>;
  /** Stops a reading; what is on its way is booked as it comes back or as unknown. */
  cancel(readingId: string): Promise<void>;
  /** Stops all readings where they are; what is on its way is drained by the sender. */
  stop(): Promise<void>;
}

interface Waiter {
  readonly resolve: (reading: StoredReading) => void;
  readonly reject: (fault: unknown) => void;
}

/** A reading that could not go on. */
interface Idle {
  /** Whether it may pass by itself; otherwise it waits for a person. */
  readonly passes: boolean;
  readonly fault: ErrorCode | null;
}

const lanes = 2;
const recheckMs = 30_000;
/** A reading that was running when LungDesk ended this many times in a row may be why; it waits for a person. */
const crashesBeforeParking = 2;
const movingStates: readonly ReadingState[] = ['settled', 'preparing', 'planned', 'held', 'reading'];
/** The others are in a person's hands: to send again would only be refused again. */
const passingHolds: readonly (HoldReason | null)[] = ['offline', 'budget', 'keychain', 'disk'];

/**
 * Opens the queue; nothing runs before a reading is wanted.
 *
 * @param onFault - Told when a reading ended by a fault that could not even be stored (disk full).
 */
export function createReadingQueue(desk: ReadingDesk, onFault: (readingId: string, thrown: unknown) => void): ReadingQueue {
  const running = new Map<string, { readonly done: Promise<void>; readonly abort: AbortController }>();
  const wanted = new Set<string>();
  const pausing = new Set<string>();
  const idle = new Map<string, Idle>();
  const marked = new Set<string>();
  const waiters = new Map<string, Set<Waiter>>();
  const stopping = new AbortController();
  let takesAll = false;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let isPausing = false;

  function look(): void {
    if (stopping.signal.aborted) return;
    if (looking !== null) {
      lookAgain = true;
      return;
    }
    looking = fill()
      .catch((thrown: unknown) => {
        onFault('', thrown);
        lookLater();
      })
      .finally(() => {
        looking = null;
        if (lookAgain) {
          lookAgain = false;
          look();
        }
      });
  }

  async function fill(): Promise<void> {
    const candidates = (await listReadings(desk.database, { states: movingStates }))
      .filter(({ id }) => (takesAll || wanted.has(id)) && !running.has(id) && !idle.has(id) && !pausing.has(id))
      .sort((a, b) => Number(b.highPriority) - Number(a.highPriority) || a.receivedAt - b.receivedAt);
    for (const reading of candidates) {
      if (running.size >= lanes || stopping.signal.aborted) break;
      const abort = new AbortController();
      running.set(reading.id, { abort, done: run(reading.id, abort.signal) });
    }
    if ([...idle.values()].some(({ passes }) => passes)) lookLater();
  }

  function lookLater(): void {
    if (isPausing) return;
    isPausing = true;
    desk.clock.wait(recheckMs, stopping.signal).then(
      () => {
        isPausing = false;
        for (const [id, { passes }] of idle) if (passes) idle.delete(id);
        look();
      },
      // The queue was stopped.
      () => undefined,
    );
  }

  /** Never rejects. */
  async function run(readingId: string, signal: AbortSignal): Promise<void> {
    try {
      const reading = await runMarked(readingId, signal);
      if (reading.state === 'held') idle.set(readingId, { passes: passingHolds.includes(reading.heldFor), fault: null });
      if (isSettled(reading)) tell(readingId, (waiter) => { waiter.resolve(reading); });
    } catch (thrown) {
      const fault = translate(thrown);
      idle.set(readingId, { passes: fault instanceof AppError && fault.retryable, fault: problemOf(fault).code });
      onFault(readingId, fault);
      tell(readingId, (waiter) => { waiter.reject(fault); });
    }
    running.delete(readingId);
    desk.changed(readingId);
    look();
  }

  /** Counts the run before it begins and takes the count back when it ends in good order: what stays are crashes. */
  async function runMarked(readingId: string, signal: AbortSignal): Promise<StoredReading> {
    const reading = await reload(desk.database, readingId);
    if (!marked.has(readingId)) {
      if (reading.crashCount >= crashesBeforeParking && !isSettled(reading)) {
        return step(desk, reading, 'ask', 'unexpected', { reason: 'unexpected', crash_count: 0 });
      }
      await updateReading(desk.database, readingId, { crash_count: reading.crashCount + 1 });
      marked.add(readingId);
    }
    await runReading(desk, readingId, signal);
    await updateReading(desk.database, readingId, { crash_count: 0 });
    marked.delete(readingId);
    return reload(desk.database, readingId);
  }

  function tell(readingId: string, how: (waiter: Waiter) => void): void {
    for (const waiter of waiters.get(readingId) ?? []) how(waiter);
    waiters.delete(readingId);
  }

  function want(readingId: string): void {
    wanted.add(readingId);
    idle.delete(readingId);
    look();
  }

  /** Works on a reading that is kept from being taken up between the end of its run and what is stored then. */
  async function whilePaused(readingId: string, work: () => Promise<void>): Promise<void> {
    pausing.add(readingId);
    try {
      const run = running.get(readingId);
      run?.abort.abort(new DOMException('stopped by a person', 'AbortError'));
      await run?.done;
      await work();
    } finally {
      pausing.delete(readingId);
      look();
    }
  }

  return {
    takeAll() {
      takesAll = true;
      look();
    },
    want,
    wake() {
      idle.clear();
      look();
    },
    async whenSettled(readingId) {
      const { promise, resolve, reject } = Promise.withResolvers<StoredReading>();
      // Whoever waits hears of it; it may come before they do.
      promise.catch(() => undefined);
      const waiter = { resolve, reject };
      const own = waiters.get(readingId) ?? new Set();
      waiters.set(readingId, own.add(waiter));
      const reading = await reload(desk.database, readingId);
      if (restingStates.includes(reading.state)) {
        own.delete(waiter);
        return reading;
      }
      want(readingId);
      return promise;
    },
    faultOf: (readingId) => idle.get(readingId)?.fault ?? null,
    async change(readingId, how) {
      await whilePaused(readingId, how);
      want(readingId);
    },
    async cancel(readingId) {
      await whilePaused(readingId, async () => {
        const reading = await reload(desk.database, readingId);
        if (!isCancellable(reading.state)) return;
        const cancelled = await restReading(desk, reading, 'cancel', 'cancelled', null);
        idle.delete(readingId);
        tell(readingId, (waiter) => { waiter.resolve(cancelled); });
      });
    },
    async stop() {
      const closing = new DOMException('LungDesk closes', 'AbortError');
      stopping.abort(closing);
      for (const { abort } of running.values()) abort.abort(closing);
      await Promise.all([looking, ...[...running.values()].map(({ done }) => done)]);
      for (const readingId of [...waiters.keys()]) {
        tell(readingId, (waiter) => { waiter.reject(new AppError('cancelled', 'LungDesk closes', { retryable: true })); });
      }
    },
  };
}

function isSettled({ state }: StoredReading): boolean {
  return state === 'held' || restingStates.includes(state);
}
