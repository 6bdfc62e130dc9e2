import type { CandidatePath, NoduleAttachment, ScoreTerm } from '../../../src-shared/domain/candidate.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';

/** A place in a lung that answers like a nodule, before anything is measured there. */
export interface FoundBlob {
  /** mm, LPS. */
  readonly centreMm: PatientPoint;
  /** Diameter of the ball that answers best, mm. */
  readonly blobMm: number;
  readonly path: CandidatePath;
  readonly attachment: NoduleAttachment;
  readonly score: number;
  /** The score with size counted in full: says which of several places within one thing stands for it. */
  readonly fit: number;
  readonly terms: readonly ScoreTerm[];
}
