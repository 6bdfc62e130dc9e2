import { problemOf } from '../../src-shared/domain/errors.ts';
import type { FileInspection } from '../../src-shared/domain/study.ts';

/** Looks into files, a few at a time: each look reads a whole file. */
export interface InspectionQueue {
  /** Looks into a file after those asked for before; a file that is still waiting is not queued twice. */
  add(path: string, done: (inspection: FileInspection) => void): void;
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>;
  /** Forgets what is waiting; `idle` then waits for what is running, whose `done` is not called any more. */
  stop(): void;
}

/**
 * Makes a queue.
 *
 * @param inspect - The look into one file; when it rejects, the file has a problem.
 * @param atOnce - Looks at the same time.
 * @param onIdle - Called each time the last look has ended.
 */
export function createInspectionQueue(
  inspect: (path: string) => Promise<FileInspection>, atOnce: number, onIdle: () => void,
): InspectionQueue {
  const waiting = new Map<string, (inspection: FileInspection) => void>();
  const running = new Set<string>();
  let idleWaiters: (() => void)[] = [];
  let stopped = false;

  async function look(path: string, done: (inspection: FileInspection) => void): Promise<void> {
    const inspection = await inspect(path).catch((error: unknown): FileInspection => (
      { kind: 'problem', problem: problemOf(error), header: null }
    ));
    running.delete(path);
    if (!stopped) done(inspection);
    startNext();
  }

  function startNext(): void {
    for (const [path, done] of waiting) {
      if (running.size >= atOnce) return;
      waiting.delete(path);
      running.add(path);
      void look(path, done);
    }
    if (running.size > 0 || waiting.size > 0) return;
    if (!stopped) onIdle();
    const waiters = idleWaiters;
    idleWaiters = [];
    for (const resolve of waiters) resolve();
  }

  return {
    add(path, done) {
      if (stopped || running.has(path)) return;
      waiting.set(path, done);
      if (running.size < atOnce) startNext();
    },
    idle() {
      if (running.size === 0 && waiting.size === 0) return Promise.resolve();
      return new Promise((resolve) => { idleWaiters.push(resolve); });
    },
    stop() {
      stopped = true;
      waiting.clear();
    },
  };
}
