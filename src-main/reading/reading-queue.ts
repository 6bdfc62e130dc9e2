import type { ReadingState } from '../../src-shared/domain/reading.ts';
import { listReadings, updateReading } from '../store/reading-table.ts';
import type { StoredReading } from '../store/reading-table.ts';
import { isCancellable, restingStates } from './reading-state.ts';
import { reload, step } from './reading-desk.ts';
import type { ReadingDesk } from './reading-desk.ts';
import { runReading } from './run-reading.ts';

/** Runs readings, the pressing ones first, a few at a time; one per data folder. */
export interface ReadingQueue {
  /** Takes up readings that another run of LungDesk left on their way. */
  recover(): Promise<void>;
  /** Looks for readings that can go on; also called when a setting, a key or the network changed. */
  wake(): void;
  /** Resolves once the reading rests or is held. */
  whenSettled(readingId: string): Promise<StoredReading>;
  /** Stops a reading; what is on its way is booked as it comes back or as unknown. */
  cancel(readingId: string): Promise<void>;
  /** Lets requests on their way come back, gives up those that do not within `deadlineMs`, and stops. */
  stop(deadlineMs: number): Promise<void>;
}

const lanes = 2;
const recheckMs = 30_000;
const movingStates: readonly ReadingState[] = ['settled', 'preparing', 'planned', 'held', 'reading'];

/**
 * Opens the queue; nothing runs before the first wake.
 *
 * @param onFault - Told when a reading ended by a fault that could not even be stored (disk full); it is tried again.
 */
export function createReadingQueue(desk: ReadingDesk, onFault: (readingId: string, thrown: unknown) => void): ReadingQueue {
  const running = new Map<string, { readonly done: Promise<void>; readonly abort: AbortController }>();
  const heldInVain = new Set<string>();
  const waiters = new Map<string, ((reading: StoredReading) => void)[]>();
  const drain = new AbortController();
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    heldInVain.clear();
    look();
  }

  function look(): void {
    if (drain.signal.aborted) return;
    if (looking !== null) {
      lookAgain = true;
      return;
    }
    looking = fill()
      .catch((thrown: unknown) => onFault('', thrown))
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
      .filter((reading) => !running.has(reading.id) && !heldInVain.has(reading.id))
      .sort((a, b) => Number(b.highPriority) - Number(a.highPriority) || a.receivedAt - b.receivedAt);
    for (const reading of candidates) {
      if (running.size >= lanes || drain.signal.aborted) break;
      run(reading.id);
    }
    if (running.size === 0 && heldInVain.size > 0 && timer === undefined) {
      timer = setTimeout(() => {
        timer = undefined;
        wake();
      }, recheckMs);
      timer.unref();
    }
  }

  function run(readingId: string): void {
    const abort = new AbortController();
    const done = runReading(desk, readingId, { drain: drain.signal, abort: abort.signal })
      .catch((thrown: unknown) => {
        heldInVain.add(readingId);
        onFault(readingId, thrown);
      })
      .then(async () => {
        running.delete(readingId);
        const reading = await reload(desk.database, readingId);
        if (reading.state === 'held') heldInVain.add(readingId);
        if (reading.state === 'held' || restingStates.includes(reading.state)) {
          for (const resolve of waiters.get(readingId) ?? []) resolve(reading);
          waiters.delete(readingId);
        }
        desk.changed(readingId);
        look();
      });
    running.set(readingId, { done, abort });
  }

  return {
    async recover() {
      for (const reading of await listReadings(desk.database, { states: ['preparing', 'reading'] })) {
        await updateReading(desk.database, reading.id, { crash_count: reading.crashCount + 1 });
      }
    },
    wake,
    async whenSettled(readingId) {
      const { promise, resolve } = Promise.withResolvers<StoredReading>();
      waiters.set(readingId, [...(waiters.get(readingId) ?? []), resolve]);
      const reading = await reload(desk.database, readingId);
      if (restingStates.includes(reading.state)) return reading;
      heldInVain.delete(readingId);
      look();
      return promise;
    },
    async cancel(readingId) {
      const run = running.get(readingId);
      run?.abort.abort(new DOMException('cancelled by a person', 'AbortError'));
      await run?.done;
      const reading = await reload(desk.database, readingId);
      if (!isCancellable(reading.state)) return;
      const cancelled = await step(desk, reading, 'cancel', 'cancelled', { reason: 'cancelled' });
      for (const resolve of waiters.get(readingId) ?? []) resolve(cancelled);
      waiters.delete(readingId);
    },
    async stop(deadlineMs) {
      clearTimeout(timer);
      drain.abort(new DOMException('LungDesk closes', 'AbortError'));
      const deadline = setTimeout(() => {
        for (const { abort } of running.values()) abort.abort(new DOMException('LungDesk closes', 'AbortError'));
      }, deadlineMs);
      await Promise.allSettled([looking, ...[...running.values()].map((run) => run.done)]);
      clearTimeout(deadline);
    },
  };
}
