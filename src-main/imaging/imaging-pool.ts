import { availableParallelism } from 'node:os';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { FileInspection, Slice } from '../../src-shared/domain/study.ts';
import { systemClock } from '../platform/clock.ts';
import type { Clock } from '../platform/clock.ts';
import { siblingModule } from '../platform/sibling-module.ts';
import type { ImagingJob } from './imaging-job.ts';
import { startImagingThread } from './imaging-thread.ts';
import type { ImagingThread } from './imaging-thread.ts';
import type { HounsfieldSlice, PreparedSlice } from './prepared-slice.ts';

/** Persistent worker threads that read, decode and encode: the main thread never does. */
export interface ImagingPool {
  /** Looks at one file; rejects only with 'worker-crashed', 'imaging-busy' or 'cancelled'. */
  inspect(path: string): Promise<FileInspection>;
  /** Prepares one slice; with a signal, rejects with its reason when aborted. */
  prepare(slice: Slice, signal?: AbortSignal): Promise<PreparedSlice>;
  hounsfield(slice: Slice): Promise<HounsfieldSlice>;
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
    inspect: (path) => submit({ kind: 'inspect', path }) as Promise<FileInspection>,
    prepare: (slice, signal) => submit({ kind: 'prepare', slice }, signal) as Promise<PreparedSlice>,
    hounsfield: (slice) => submit({ kind: 'hounsfield', slice }) as Promise<HounsfieldSlice>,
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
