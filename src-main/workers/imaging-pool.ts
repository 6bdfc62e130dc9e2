import { availableParallelism } from 'node:os';
import { AppError } from '../../src-shared/domain/errors.ts';
import { systemClock } from '../platform/clock.ts';
import type { Clock } from '../platform/clock.ts';
import { collectGarbage } from '../platform/memory.ts';
import { siblingModule } from '../platform/sibling-module.ts';
import type { ImagingJob, ImagingJobInput, ImagingJobName, ImagingJobOutput } from './imaging-job.ts';
import { startImagingThread } from './imaging-thread.ts';
import type { ImagingThread } from './imaging-thread.ts';

/** Persistent worker threads that read, decode and encode: the main thread never does. */
export interface ImagingPool {
  /**
   * Runs a job of imaging-jobs.ts in a worker; jobs begin in the order in which they were asked for.
   *
   * @param signal - Takes back a job that has not begun; the answer of one that has is dropped.
   * @returns What the job gives. Rejects with the job's own AppError, with 'worker-crashed', 'imaging-busy' or 'cancelled', or
   *   with the signal's reason.
   */
  run<Name extends ImagingJobName>(name: Name, input: ImagingJobInput<Name>, signal?: AbortSignal): Promise<ImagingJobOutput<Name>>;
  /** Collects garbage in all threads, this one too: shared memory is given back to the machine only by that. */
  collect(): void;
  /** Ends the workers; jobs that are not done reject with 'cancelled'. */
  close(): Promise<void>;
}

/** How a pool is sized; the defaults are for the app, the rest for tests. */
export interface ImagingPoolOptions {
  /** Worker threads; default: one per core, at most four. */
  readonly size?: number;
  /** Jobs that may wait; default 20,000. */
  readonly maxQueued?: number;
  /** A job that takes longer loses its worker; default 60,000. */
  readonly jobTimeoutMs?: number;
  /** Measures a job's time. */
  readonly clock?: Pick<Clock, 'wait'>;
  /** JavaScript heap of a worker; default 1,024. Pixels lie outside of it. */
  readonly maxHeapMb?: number;
  /** Module that the workers run. */
  readonly workerUrl?: URL;
}

interface WaitingJob {
  readonly job: ImagingJob;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * Starts a pool of imaging workers; threads are started when first needed and kept.
 *
 * @param options - Size and limits.
 */
export function createImagingPool(options: ImagingPoolOptions = {}): ImagingPool {
  const size = options.size ?? Math.min(4, availableParallelism());
  const maxQueued = options.maxQueued ?? 20_000;
  const limits = { jobTimeoutMs: options.jobTimeoutMs ?? 60_000, clock: options.clock ?? systemClock, maxHeapMb: options.maxHeapMb ?? 1024 };
  const workerUrl = options.workerUrl ?? siblingModule(import.meta.url, './imaging-worker');
  const waiting: WaitingJob[] = [];
  const idle: ImagingThread[] = [];
  const busy = new Set<ImagingThread>();
  let isClosed = false;

  function submit(job: ImagingJob, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason as Error);
      if (isClosed) return reject(closing());
      if (waiting.length >= maxQueued) {
        return reject(new AppError('imaging-busy', 'too many slices wait to be prepared', { retryable: true }));
      }
      const entry: WaitingJob = {
        job,
        resolve: (value) => {
          signal?.removeEventListener('abort', abort);
          resolve(value);
        },
        reject: (reason) => {
          signal?.removeEventListener('abort', abort);
          reject(reason);
        },
      };
      // A job that a worker has begun runs to its end; only its answer is dropped.
      function abort(): void {
        const position = waiting.indexOf(entry);
        if (position >= 0) waiting.splice(position, 1);
        entry.reject(signal?.reason as Error);
      }
      signal?.addEventListener('abort', abort, { once: true });
      waiting.push(entry);
      dispatch();
    });
  }

  /** A thread may have ended while it had nothing to do. */
  function takeIdle(): ImagingThread | undefined {
    let thread = idle.pop();
    while (thread !== undefined && !thread.isAlive()) thread = idle.pop();
    return thread;
  }

  function dispatch(): void {
    while (waiting.length > 0 && busy.size < size && !isClosed) {
      const next = waiting.shift();
      if (next === undefined) return;
      const thread = takeIdle() ?? startImagingThread(workerUrl, limits);
      busy.add(thread);
      void thread.run(next.job).then(next.resolve, next.reject).finally(() => {
        busy.delete(thread);
        if (thread.isAlive()) idle.push(thread);
        dispatch();
      });
    }
  }

  return {
    run: <Name extends ImagingJobName>(name: Name, input: ImagingJobInput<Name>, signal?: AbortSignal) =>
      submit({ name, input }, signal) as Promise<ImagingJobOutput<Name>>,
    collect: () => {
      collectGarbage();
      for (const thread of [...idle, ...busy]) thread.collect();
    },
    close: async () => {
      isClosed = true;
      for (const entry of waiting.splice(0)) entry.reject(closing());
      await Promise.all([...idle.splice(0), ...busy].map((thread) => thread.end(closing())));
    },
  };
}

function closing(): AppError {
  return new AppError('cancelled', 'LungDesk is closing', { retryable: true });
}
