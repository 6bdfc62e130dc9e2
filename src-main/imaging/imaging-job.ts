import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { FileInspection, Slice } from '../../src-shared/domain/study.ts';
import type { HounsfieldSlice, PreparedSlice } from './prepared-slice.ts';

/** What an imaging worker can be asked. */
export type ImagingJob =
  | { readonly kind: 'inspect'; readonly path: string }
  | { readonly kind: 'prepare'; readonly slice: Slice }
  | { readonly kind: 'hounsfield'; readonly slice: Slice };

/** A job on its way to a worker. */
export interface ImagingRequest {
  readonly id: number;
  readonly job: ImagingJob;
}

/** What comes back: errors travel as data, because a thrown AppError would lose its code on the way. */
export type ImagingAnswer =
  | { readonly id: number; readonly ok: true; readonly value: FileInspection | PreparedSlice | HounsfieldSlice }
  | { readonly id: number; readonly ok: false; readonly code: ErrorCode; readonly message: string; readonly retryable: boolean };
