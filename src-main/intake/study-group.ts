import type { ErrorCode, Problem } from '../../src-shared/domain/errors.ts';
import type { FileInspection, InstanceFile, InstanceHeader } from '../../src-shared/domain/study.ts';
import type { Inspected, TrackedFile } from './file-table.ts';
import type { FileQuiet } from './settle.ts';

/** The files of one exam in one place: a top-level folder of the watched folder, or '.' for its loose files. */
export interface StudyGroup {
  readonly groupKey: string;
  readonly studyInstanceUid: string;
  readonly entry: string;
  readonly header: InstanceHeader;
  readonly files: readonly InstanceFile[];
  readonly problems: readonly Problem[];
  readonly fileCount: number;
  readonly sizeBytes: number;
  /** Files that are not DICOM in the same place. */
  readonly ignoredCount: number;
  /** What the settle rule looks at: the exam's files and those that may turn out to be its own. */
  readonly quietFiles: readonly FileQuiet[];
  /** Equal as long as no file of the exam comes, goes or changes. */
  readonly signature: string;
}

/** How the files of a folder fall into exams. */
export interface Grouping {
  readonly groups: readonly StudyGroup[];
  /** Files that are not DICOM, and damaged ones that belong to no exam. */
  readonly ignoredCount: number;
}

interface Member {
  readonly file: TrackedFile;
  /** Of the present state; null while that has not been looked into. */
  readonly inspection: FileInspection | null;
  readonly inspectedMs: number | null;
  /** Of the latest look, also where the file has changed since. */
  readonly header: InstanceHeader | null;
}

interface Place {
  readonly studies: Map<string, Member[]>;
  /** Not yet looked into, or damaged before the point where the study is named. */
  readonly unassigned: Member[];
  /** Links, unfinished copies and empty files. */
  readonly skipped: Member[];
  notDicomCount: number;
}

/**
 * Top-level folder that a file lies in, or '.' for a loose file.
 *
 * @param relativePath - Path below the watched folder, parts joined by '/'.
 */
export function topLevelEntry(relativePath: string): string {
  const end = relativePath.indexOf('/');
  return end === -1 ? '.' : relativePath.slice(0, end);
}

/**
 * Sorts files into exams by Study Instance UID and place, so that two patients in one folder are never mixed and a copy
 * in another folder stays apart.
 *
 * A file that cannot (yet) be assigned counts for every exam of its place that was arriving when it came: it may be one of
 * its slices. If it stays unreadable it is a gap of those exams.
 *
 * @param files - All files of the folder.
 * @param inspections - What looks into them told; of an older state where `change` differs.
 * @param unreadable - Relative paths that could not be listed or looked at.
 * @param settleMs - Quiet time asked for: how far apart files of one exam may arrive.
 * @param entryOf - Place of a file; topLevelEntry for a watched folder.
 */
export function groupStudies(
  files: Iterable<TrackedFile>,
  inspections: ReadonlyMap<string, Inspected>,
  unreadable: readonly string[],
  settleMs: number,
  entryOf: (relativePath: string) => string,
): Grouping {
  const places = new Map<string, Place>();
  for (const file of files) {
    const entry = entryOf(file.relativePath);
    const place = places.get(entry) ?? { studies: new Map<string, Member[]>(), unassigned: [], skipped: [], notDicomCount: 0 };
    places.set(entry, place);
    const looked = inspections.get(file.relativePath);
    const isCurrent = looked?.change === file.change;
    const header = looked === undefined ? null : headerOf(looked.inspection);
    const member: Member = {
      file, header, inspection: isCurrent ? looked.inspection : null, inspectedMs: isCurrent ? looked.inspectedMs : null,
    };
    // A file that changed stays with its exam until it has been looked into again.
    if (file.skipped !== undefined) place.skipped.push(member);
    else if (header !== null) membersOf(place, header.studyInstanceUid).push(member);
    // A log file that grows for ever must not hold up the exam beside it.
    else if (looked?.inspection.kind === 'not-dicom') {
      place.notDicomCount += 1;
      if (file.sizeBytes === 0) place.skipped.push(member);
    }
    else place.unassigned.push(member);
  }

  const groups: StudyGroup[] = [];
  let ignoredCount = 0;
  for (const [entry, place] of places) {
    const claimed = new Set<Member>();
    const closedCount = unreadable.filter((path) => entryOf(path) === entry).length;
    for (const [studyInstanceUid, members] of place.studies) {
      const related = relatedOf(members, place.unassigned, settleMs);
      for (const member of related) claimed.add(member);
      const group = groupOf(entry, studyInstanceUid, members, related, relatedOf(members, place.skipped, settleMs), closedCount, place.notDicomCount);
      if (group !== null) groups.push(group);
    }
    ignoredCount += place.notDicomCount
      + place.unassigned.filter((member) => member.inspection !== null && !claimed.has(member)).length;
  }
  return { groups, ignoredCount };
}

function membersOf(place: Place, studyInstanceUid: string): Member[] {
  const members = place.studies.get(studyInstanceUid) ?? [];
  place.studies.set(studyInstanceUid, members);
  return members;
}

function headerOf(inspection: FileInspection): InstanceHeader | null {
  if (inspection.kind === 'instance') return inspection.file.header;
  return inspection.kind === 'problem' ? inspection.header : null;
}

function faultOf(inspection: FileInspection | null): ErrorCode | null {
  return inspection?.kind === 'problem' ? inspection.problem.code : null;
}

function problemIn({ problem, header }: Extract<FileInspection, { readonly kind: 'problem' }>): Problem {
  const sopInstanceUid = problem.sopInstanceUid ?? header?.sopInstanceUid;
  return sopInstanceUid === undefined || sopInstanceUid === '' ? problem : { ...problem, sopInstanceUid };
}

/** Unassigned files that were still moving while the exam's own files arrived. */
function relatedOf(members: readonly Member[], unassigned: readonly Member[], settleMs: number): readonly Member[] {
  const firstMs = members.reduce((least, { file }) => Math.min(least, file.firstSeenMs), Number.POSITIVE_INFINITY);
  const lastMs = members.reduce((most, { file }) => Math.max(most, file.changedMs), Number.NEGATIVE_INFINITY);
  return unassigned.filter(({ file }) => file.firstSeenMs <= lastMs + settleMs && file.changedMs + settleMs >= firstMs);
}

/** One problem per kind, with a count. */
function skippedProblems(skipped: readonly Member[]): readonly Problem[] {
  const kinds = Map.groupBy(skipped, ({ file }) => file.skipped ?? 'empty');
  return ([['link', 'links, not followed'], ['partial', 'unfinished copies'], ['empty', 'empty files']] as const).flatMap(([kind, text]) => {
    const count = kinds.get(kind)?.length ?? 0;
    return count === 0 ? [] : [{ code: 'file-skipped' as const, message: `not read beside the exam: ${text}: ${count}` }];
  });
}

function groupOf(
  entry: string, studyInstanceUid: string, members: readonly Member[], related: readonly Member[],
  skipped: readonly Member[], closedCount: number, notDicomCount: number,
): StudyGroup | null {
  const header = members.find((member) => member.header !== null)?.header ?? null;
  if (header === null) return null;
  const instances = members.flatMap(({ inspection }) => (inspection?.kind === 'instance' ? [inspection.file] : []));
  const damaged = related.filter(({ inspection }) => inspection !== null);
  const problems = [...members, ...damaged].flatMap(({ inspection }) => (inspection?.kind === 'problem' ? [problemIn(inspection)] : []));
  for (let count = 0; count < closedCount; count += 1) {
    problems.push({ code: 'file-unreadable', message: 'a file or folder of the exam could not be opened' });
  }
  problems.push(...skippedProblems(skipped));
  const counted = [...members, ...damaged, ...skipped];
  const lastChange = counted.reduce((most, { file }) => Math.max(most, file.change), 0);
  return {
    groupKey: `${studyInstanceUid}/${entry}`,
    studyInstanceUid,
    entry,
    header,
    files: instances,
    problems,
    fileCount: members.length,
    sizeBytes: members.reduce((sum, { file }) => sum + file.sizeBytes, 0),
    ignoredCount: notDicomCount,
    quietFiles: [
      ...[...members, ...related].map(({ file, inspection, inspectedMs }) => ({ changedMs: file.changedMs, inspectedMs, fault: faultOf(inspection) })),
      // An unfinished copy is waited for as long as a file that breaks off; a link may point anywhere and is not waited for.
      ...skipped.filter(({ file }) => file.skipped === 'partial')
        .map(({ file: { changedMs } }) => ({ changedMs, inspectedMs: changedMs, fault: 'file-truncated' as const })),
    ],
    // Change numbers only grow: a file that comes or changes raises the highest, one that goes lowers the count.
    signature: `${counted.length}:${lastChange}:${problems.length}`,
  };
}
