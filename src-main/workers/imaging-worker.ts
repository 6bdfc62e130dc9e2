import { parentPort } from 'node:worker_threads';
import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import { collectGarbage } from '../platform/memory.ts';
import type { ImagingAnswer, ImagingRequest } from './imaging-job.ts';
import { imagingJobs } from './imaging-jobs.ts';
import { movedBuffers } from './moved-buffers.ts';

parentPort?.on('message', (request: ImagingRequest) => {
  if (request === 'collect') collectGarbage();
  else void answer(request);
});

async function answer({ id, job }: Exclude<ImagingRequest, 'collect'>): Promise<void> {
  let reply: ImagingAnswer;
  let moved: ArrayBuffer[] = [];
  try {
    // The pool's types pair each name with its input.
    const run = imagingJobs[job.name] as (input: unknown) => Promise<unknown>;
    const value = await run(job.input);
    moved = movedBuffers(value);
    reply = { id, ok: true, value };
  } catch (thrown) {
    const { code, message } = problemOf(thrown);
    reply = { id, ok: false, code, message, retryable: thrown instanceof AppError && thrown.retryable };
  }
  parentPort?.postMessage(reply, moved);
}
