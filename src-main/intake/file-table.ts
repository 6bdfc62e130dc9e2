import type { FileInspection } from '../../src-shared/domain/study.ts';

/** A file as one scan saw it. */
interface SeenFile {
  readonly relativePath: string;
  readonly sizeBytes: number;
  readonly ctimeNs: bigint;
  readonly inode: bigint;
  /** A link or an unfinished copy: it is followed but never opened. */
  readonly skipped?: 'link' | 'partial';
}

/** A file with what LungDesk itself has observed about it; times are of our own monotonic clock, in ms. */
export interface TrackedFile extends SeenFile {
  /** End of the scan that first saw this path. */
  readonly firstSeenMs: number;
  /** End of the scan that first saw the file in its present state. */
  readonly changedMs: number;
  /** Number of the latest change; grows over the whole folder, so that equal numbers mean an equal state. */
  readonly change: number;
  /** Scans in a row that saw this state. */
  readonly scansAlike: number;
}

/** All files of a folder by relative path. */
export interface FileTable {
  readonly files: ReadonlyMap<string, TrackedFile>;
  readonly nextChange: number;
}

/** A look into a file, of the state that had this change number. */
export interface Inspected {
  readonly change: number;
  readonly inspection: FileInspection;
  /** Monotonic time at which the look ended. */
  readonly inspectedMs: number;
}

/** The table before the first scan. */
export const emptyFileTable: FileTable = { files: new Map(), nextChange: 1 };

/**
 * Takes a scan into the table.
 *
 * @param table - The table so far.
 * @param seen - Files of the scan.
 * @param unreadable - Relative paths that could not be looked at: what is known below them is kept, not taken for deleted.
 * @param endMs - Monotonic time at which the scan ended.
 * @returns The new table and the relative paths that are gone.
 */
export function observeScan(
  table: FileTable,
  seen: readonly SeenFile[],
  unreadable: readonly string[],
  endMs: number,
): { readonly table: FileTable; readonly removed: readonly string[] } {
  const files = new Map<string, TrackedFile>();
  let nextChange = table.nextChange;
  for (const file of seen) {
    const before = table.files.get(file.relativePath);
    if (before !== undefined && isAlike(before, file)) {
      files.set(file.relativePath, { ...before, scansAlike: before.scansAlike + 1 });
    } else {
      const { relativePath, sizeBytes, ctimeNs, inode } = file;
      files.set(relativePath, {
        relativePath, sizeBytes, ctimeNs, inode, ...(file.skipped === undefined ? {} : { skipped: file.skipped }),
        firstSeenMs: before?.firstSeenMs ?? endMs, changedMs: endMs, change: nextChange, scansAlike: 1,
      });
      nextChange += 1;
    }
  }
  const removed: string[] = [];
  for (const [relativePath, file] of table.files) {
    if (files.has(relativePath)) continue;
    if (unreadable.some((path) => relativePath === path || (path.endsWith('/') && relativePath.startsWith(path)))) files.set(relativePath, file);
    else removed.push(relativePath);
  }
  return { table: { files, nextChange }, removed };
}

function isAlike(a: SeenFile, b: SeenFile): boolean {
  return a.sizeBytes === b.sizeBytes && a.ctimeNs === b.ctimeNs && a.inode === b.inode;
}
