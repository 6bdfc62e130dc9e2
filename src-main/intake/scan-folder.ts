import { lstatSync, readdirSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { isPartialName, isTemporaryName } from './temporary-name.ts';

/** A regular file as one scan saw it; `relativePath` is below the root, its parts joined by '/'. */
export interface ScannedFile {
  readonly relativePath: string;
  readonly sizeBytes: number;
  readonly ctimeNs: bigint;
  readonly inode: bigint;
  /** Why it is never opened; absent for a file that is. A partial one may be a folder. */
  readonly skipped?: 'link' | 'partial';
}

/** What one look at a folder told. A root that cannot be listed is a state of its own, not an empty folder. */
export type FolderScan =
  | {
    readonly kind: 'scanned';
    readonly files: readonly ScannedFile[];
    /** Relative paths, of folders with a final '/', that are there but cannot be opened (no permission, disk error, name that is not UTF-8). */
    readonly unreadable: readonly string[];
    /** Links and unfinished copies that may be a part of an exam: never followed, never opened. */
    readonly skipped: readonly ScannedFile[];
    readonly rootDevice: bigint;
  }
  | { readonly kind: 'unreachable' };

/**
 * Absolute path of a scanned file.
 *
 * @param root - The folder that was scanned.
 * @param relativePath - Path below it, parts joined by '/'.
 */
export function absolutePath(root: string, relativePath: string): string {
  return join(root, ...relativePath.split('/'));
}

const deepestLevel = 64;

/**
 * Lists every regular file below a folder without opening any: links are not followed, devices, pipes and sockets not
 * entered, temporary names left out. Files may come and go meanwhile. Never throws.
 *
 * Blocks its thread (3 us per file; for ever on a share that hangs), so the app runs it in a worker (folder-scanner.ts):
 * the asynchronous calls cost ten times the processor time and hold the pool's four threads while a share hangs.
 *
 * @param root - Absolute path; may itself be a link, since a person chose it.
 * @returns Files sorted by relative path.
 */
export function scanFolderBlocking(root: string): FolderScan {
  const before = lookAtRoot(root);
  if (before === null) return { kind: 'unreachable' };
  const files: ScannedFile[] = [];
  const unreadable: string[] = [];
  const skipped: ScannedFile[] = [];
  const folders = [{ relativePath: '', level: 0 }];

  function takeFile(relativePath: string, path: string, isPartial: boolean): void {
    try {
      const stats = lstatSync(path, { bigint: true });
      const seen = { relativePath, sizeBytes: Number(stats.size), ctimeNs: stats.ctimeNs, inode: stats.ino };
      if (stats.isSymbolicLink()) skipped.push({ ...seen, skipped: 'link' });
      else if (isPartial) skipped.push({ ...seen, skipped: 'partial' });
      // Pipes, sockets and devices are no slices; another program may also have put one in a file's place since the listing.
      else if (stats.isFile()) files.push(seen);
    } catch (error) {
      if (!isVanished(error, relativePath)) unreadable.push(relativePath);
    }
  }

  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const { relativePath: parent, level } = folder;
    const folderPath = absolutePath(root, parent);
    let entries: Dirent[];
    try {
      entries = readdirSync(folderPath, { withFileTypes: true });
    } catch (error) {
      if (level === 0) return { kind: 'unreachable' };
      if (!isVanished(error, parent)) unreadable.push(`${parent}/`);
      continue;
    }
    for (const entry of entries) {
      const isPartial = isPartialName(entry.name);
      if (!isPartial && isTemporaryName(entry.name)) continue;
      const relativePath = parent === '' ? entry.name : `${parent}/${entry.name}`;
      if (isPartial || !entry.isDirectory()) takeFile(relativePath, join(folderPath, entry.name), isPartial);
      else if (level + 1 > deepestLevel) unreadable.push(`${relativePath}/`);
      else folders.push({ relativePath, level: level + 1 });
    }
  }

  // A share that goes away in mid-scan answers "not found" for every file: that is no deletion.
  const after = lookAtRoot(root);
  if (after === null || after.dev !== before.dev || after.ino !== before.ino) return { kind: 'unreachable' };
  for (const list of [files, skipped]) list.sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
  unreadable.sort();
  return { kind: 'scanned', files, unreadable, skipped, rootDevice: after.dev };
}

function lookAtRoot(root: string): { readonly dev: bigint; readonly ino: bigint } | null {
  try {
    const stats = statSync(root, { bigint: true });
    return stats.isDirectory() ? stats : null;
  } catch {
    // Whatever the reason, the folder cannot be used now; the next scan looks again.
    return null;
  }
}

/**
 * Whether the error means that the entry is gone. Node decodes names as UTF-8 and puts U+FFFD for bytes that are not;
 * such an entry is "not found" under its decoded name although it is there.
 */
function isVanished(error: unknown, relativePath: string): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return (code === 'ENOENT' || code === 'ENOTDIR') && !relativePath.includes('\uFFFD');
}
