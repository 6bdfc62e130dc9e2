import type { SettledStudy } from '../../src-shared/domain/study.ts';

/** An exam that LungDesk has taken in before, in one of its revisions. */
export interface KnownStudy {
  readonly studyId: string;
  readonly studyInstanceUid: string;
  readonly contentHash: string;
  readonly sourcePath: string;
  readonly revision: number;
  /** Pixel SHA-256 by SOP Instance UID. */
  readonly instances: ReadonlyMap<string, string>;
}

/** What to do with a settled exam. */
export type Admission =
  /** Never seen: read it. */
  | { readonly kind: 'new' }
  /** The same content (or a part of it) in the same place: nothing to do. */
  | { readonly kind: 'known'; readonly studyId: string }
  /** The same content (or a part of it) in another place: nothing to bill. */
  | { readonly kind: 'copy'; readonly studyId: string }
  /** More instances, or other pixels under a known UID: a person must be asked before it is read again. */
  | {
    readonly kind: 'revision';
    readonly studyId: string;
    readonly addedCount: number;
    readonly sameUidOtherPixels: number;
  };

/**
 * Decides whether an exam that has settled is new, known, a copy, or a revision that asks.
 *
 * @param study - The settled exam.
 * @param known - Exams taken in before; others than its own may be among them.
 */
export function admit(study: Pick<SettledStudy, 'studyInstanceUid' | 'sourcePath' | 'files'>, known: readonly KnownStudy[]): Admission {
  const rivals = known
    .filter(({ studyInstanceUid }) => studyInstanceUid === study.studyInstanceUid)
    .map((candidate) => ({ candidate, ...differenceOf(study.files, candidate.instances) }))
    .sort((a, b) =>
      a.addedCount + a.sameUidOtherPixels - (b.addedCount + b.sameUidOtherPixels)
      || Number(b.candidate.sourcePath === study.sourcePath) - Number(a.candidate.sourcePath === study.sourcePath)
      || b.candidate.revision - a.candidate.revision);
  const nearest = rivals[0];
  if (nearest === undefined) return { kind: 'new' };
  const { candidate, addedCount, sameUidOtherPixels } = nearest;
  if (addedCount + sameUidOtherPixels > 0) return { kind: 'revision', studyId: candidate.studyId, addedCount, sameUidOtherPixels };
  return { kind: candidate.sourcePath === study.sourcePath ? 'known' : 'copy', studyId: candidate.studyId };
}

function differenceOf(
  files: SettledStudy['files'], instances: ReadonlyMap<string, string>,
): { readonly addedCount: number; readonly sameUidOtherPixels: number } {
  const added = new Set<string>();
  const changed = new Set<string>();
  for (const { header, pixelSha256 } of files) {
    const knownPixels = instances.get(header.sopInstanceUid);
    if (knownPixels === undefined) added.add(header.sopInstanceUid);
    else if (knownPixels !== pixelSha256) changed.add(header.sopInstanceUid);
  }
  return { addedCount: added.size, sameUidOtherPixels: changed.size };
}
