import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { imagingJobs } from './imaging-jobs.ts';

/** All jobs by name, as types: whoever only asks for work does not load the codecs. */
type Jobs = typeof imagingJobs;

/** What an imaging worker can be asked. */
export type ImagingJobName = keyof Jobs;

/** What a job is given; it travels by structured clone, shared memory is shared. */
export type ImagingJobInput<Name extends ImagingJobName> = Parameters<Jobs[Name]>[0];

/** What a job gives back. */
export type ImagingJobOutput<Name extends ImagingJobName> = Awaited<ReturnType<Jobs[Name]>>;

/** A job with its input. */
export interface ImagingJob {
  readonly name: ImagingJobName;
  readonly input: unknown;
}

/** What a worker is sent: a job, or word that its garbage should be collected now. */
export type ImagingRequest = { readonly id: number; readonly job: ImagingJob } | 'collect';

/** What comes back: errors travel as data, because a thrown AppError would lose its code on the way. */
export type ImagingAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: ErrorCode; readonly message: string; readonly retryable: boolean };
