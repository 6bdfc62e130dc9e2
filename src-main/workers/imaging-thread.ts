import { Worker } from 'node:worker_threads';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { ImagingAnswer, ImagingJob, ImagingRequest } from './imaging-job.ts';

/** One worker thread that does one job at a time. */
export interface ImagingThread {
  /** Rejects with the job's own error, or 'worker-crashed' when the thread ends or the time is up. */
  run(job: ImagingJob): Promise<unknown>;
  isAlive(): boolean;
  /** Collects the thread's garbage when it comes to it. */
  collect(): void;
  /** Ends the thread; a job under way rejects with the reason. */
  end(reason: AppError): Promise<void>;
}

/** What a worker may take before it is ended: a hostile file can make a parser greedy or endless. */
export interface ImagingThreadLimits {
  readonly jobTimeoutMs: number;
  readonly clock: Pick<Clock, 'wait'>;
  readonly maxHeapMb: number;
}

/**
 * Starts a worker thread.
 *
 * @param workerUrl - Module that the thread runs.
 * @param limits - Time of one job and heap of the thread.
 */
export function startImagingThread(workerUrl: URL, { jobTimeoutMs, clock, maxHeapMb }: ImagingThreadLimits): ImagingThread {
  const worker = new Worker(workerUrl, { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
  let current: { readonly id: number; readonly resolve: (value: unknown) => void; readonly reject: (reason: AppError) => void } | null = null;
  let lastId = 0;
  let deadline = new AbortController();
  let isAlive = true;

  worker.on('message', (answer: ImagingAnswer) => {
    if (current?.id !== answer.id) return;
    const { resolve, reject } = current;
    settle();
    if (answer.ok) resolve(answer.value);
    else reject(new AppError(answer.code, answer.message, { retryable: answer.retryable }));
  });
  worker.on('error', (cause) => fail(new AppError('worker-crashed', 'the background worker failed', { cause, retryable: true })));
  worker.on('messageerror', (cause) => fail(new AppError('worker-crashed', 'the worker answered what cannot be read', { cause })));
  worker.on('exit', () => fail(new AppError('worker-crashed', 'the background worker ended', { retryable: true })));

  function settle(): void {
    deadline.abort();
    current = null;
  }

  function fail(reason: AppError): void {
    isAlive = false;
    const failed = current;
    settle();
    failed?.reject(reason);
  }

  function giveUp(): void {
    fail(new AppError('worker-crashed', 'the background worker took too long'));
    void worker.terminate();
  }

  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        if (!isAlive) return reject(new AppError('worker-crashed', 'the background worker ended', { retryable: true }));
        lastId += 1;
        current = { id: lastId, resolve, reject };
        deadline = new AbortController();
        clock.wait(jobTimeoutMs, deadline.signal).then(giveUp, ignoreAbort);
        worker.postMessage({ id: lastId, job } satisfies ImagingRequest);
      }),
    isAlive: () => isAlive,
    collect: () => { worker.postMessage('collect' satisfies ImagingRequest); },
    end: async (reason) => {
      fail(reason);
      await worker.terminate();
    },
  };
}

function ignoreAbort(): void {
  // The job ended before its deadline.
}
