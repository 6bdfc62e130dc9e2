import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { FileInspection, SettledStudy } from '../../src-shared/domain/study.ts';
import type { Clock } from '../platform/clock.ts';
import { fileKind, fileKindBytes } from './file-kind.ts';
import { emptyFileTable, observeScan } from './file-table.ts';
import type { Inspected } from './file-table.ts';
import { scanFolder } from './folder-scanner.ts';
import { createInspectionQueue } from './inspection-queue.ts';
import { absolutePath } from './scan-folder.ts';
import type { ScannedFile } from './scan-folder.ts';
import { groupStudies } from './study-group.ts';

const inspectionsAtOnce = 2;
const mostFilesNamed = 2000;
// A pipe or a link put in the file's place meanwhile must neither block nor lead elsewhere; Windows has neither flag (undefined counts as 0).
const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Takes the exams of a folder as they are now, without waiting for quiet: for the headless command. The whole folder is
 * one place, so that an exam whose series lie in several subfolders is one exam.
 *
 * @param path - Absolute path of the folder.
 * @param inspect - Look into one file (dicom/inspect-file.ts).
 * @param clock - For the time of settling.
 * @returns At least one exam, by Study Instance UID.
 * @throws {AppError} folder-missing, folder-empty, folder-without-dicom; no message holds the path.
 */
export async function collectFolder(
  path: string, inspect: (path: string) => Promise<FileInspection>, clock: Clock,
): Promise<readonly SettledStudy[]> {
  const scan = await scanFolder(path);
  if (scan.kind === 'unreachable') throw new AppError('folder-missing', 'the folder does not exist or cannot be opened');
  if (scan.files.length === 0 && scan.unreadable.length === 0) throw new AppError('folder-empty', 'the folder holds no file');

  const { table } = observeScan(emptyFileTable, [...scan.files, ...scan.skipped], [], 0);
  const inspections = new Map<string, Inspected>();
  const queue = createInspectionQueue(inspect, inspectionsAtOnce, () => undefined);
  for (const file of table.files.values()) {
    if (file.skipped !== undefined) continue;
    queue.add(absolutePath(path, file.relativePath), (inspection) => {
      inspections.set(file.relativePath, { change: file.change, inspection, inspectedMs: 0 });
    });
  }
  await queue.idle();

  const { groups } = groupStudies(table.files.values(), inspections, scan.unreadable, 0, () => '.');
  if (groups.length === 0) {
    throw new AppError('folder-without-dicom', await whatWasFound(path, scan.files, scan.unreadable.length));
  }
  const settledAt = clock.now();
  return groups
    .map(({ studyInstanceUid, files, problems, ignoredCount }) => (
      { studyInstanceUid, sourcePath: path, files, problems, ignoredCount, settledAt }
    ))
    .sort((a, b) => (a.studyInstanceUid < b.studyInstanceUid ? -1 : 1));
}

/** Such as "12 files, none of them DICOM (12 JPEG)". */
async function whatWasFound(root: string, files: readonly ScannedFile[], unreadableCount: number): Promise<string> {
  const counts = new Map<string, number>();
  if (unreadableCount > 0) counts.set('not to be opened', unreadableCount);
  for (const { relativePath } of files.slice(0, mostFilesNamed)) {
    const kind = await kindOf(absolutePath(root, relativePath));
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = [...counts].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`).join(', ');
  const total = files.length + unreadableCount;
  const found = `${total} ${total === 1 ? 'file' : 'files'}, none of them ${counts.has('damaged DICOM') ? 'whole DICOM' : 'DICOM'}`;
  const hint = ['ZIP', 'RAR', '7-Zip', 'gzip'].some((kind) => counts.has(kind)) ? '; unpack archives first' : '';
  return `${found} (${kinds})${hint}`;
}

async function kindOf(path: string): Promise<string> {
  try {
    const file = await open(path, openFlags);
    try {
      const beginning = new Uint8Array(fileKindBytes);
      const { bytesRead } = await file.read(beginning, 0, fileKindBytes, 0);
      const kind = fileKind(beginning.subarray(0, bytesRead));
      return kind === 'DICOM' ? 'damaged DICOM' : kind;
    } finally {
      await file.close();
    }
  } catch {
    // It is only counted: the reason makes no difference to what the person reads.
    return 'not to be opened';
  }
}
