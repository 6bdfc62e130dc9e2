import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import { inspectFile } from '../dicom/inspect-file.ts';
import type { ImagingAnswer, ImagingJob, ImagingRequest } from './imaging-job.ts';
import { prepareSlice, readHounsfield } from './prepare-slice.ts';

// One slice at a time per worker, and no cache: every picture is encoded once.
sharp.concurrency(1);
sharp.cache(false);

parentPort?.on('message', (request: ImagingRequest) => void answer(request));

async function answer({ id, job }: ImagingRequest): Promise<void> {
  let reply: ImagingAnswer;
  let moved: ArrayBuffer[] = [];
  try {
    const value = await run(job);
    if ('png' in value) moved = [value.png.buffer];
    if ('pixels' in value) moved = [value.pixels.buffer];
    reply = { id, ok: true, value };
  } catch (thrown) {
    const { code, message } = problemOf(thrown);
    reply = { id, ok: false, code, message, retryable: thrown instanceof AppError && thrown.retryable };
  }
  parentPort?.postMessage(reply, moved);
}

function run(job: ImagingJob): Promise<Extract<ImagingAnswer, { ok: true }>['value']> {
  switch (job.kind) {
    case 'inspect':
      return inspectFile(job.path);
    case 'prepare':
      return prepareSlice(job.slice);
    case 'hounsfield':
      return readHounsfield(job.slice);
  }
}
