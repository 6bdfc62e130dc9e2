import type { RelayDiagnosisView } from '../../../src-shared/domain/diagnosis.ts';

/** What of a diagnosis decides. */
type Judged = Pick<RelayDiagnosisView, 'state' | 'outOfDate'>;

/**
 * Whether what a model says may be put on the screen as marks on pictures. Pure.
 *
 * A model has to have passed. A pass that is out of date still counts for a model that the catalogue knows.
 *
 * @param diagnosis - Of this model on this relay; null for none.
 * @param catalogueKnows - The model is in the catalogue.
 * @param practice - The relay built in: its answers mean nothing, and the screen says so.
 */
export function mayOverlay(diagnosis: Judged | null, catalogueKnows: boolean, practice: boolean): boolean {
  if (practice) return true;
  if (diagnosis === null || diagnosis.state === 'failed') return false;
  return catalogueKnows || !diagnosis.outOfDate;
}

/**
 * Whether a model may be sent the pictures of an exam. Pure.
 *
 * One that the catalogue knows may, passed or not: what it says is listed then, and not drawn. Of others nobody knows whether they
 * see at all.
 *
 * @param diagnosis - As in mayOverlay; so with the rest.
 */
export function mayRead(diagnosis: Judged | null, catalogueKnows: boolean, practice: boolean): boolean {
  return practice || catalogueKnows || mayOverlay(diagnosis, false, false);
}
