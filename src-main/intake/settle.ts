import type { ErrorCode } from '../../src-shared/domain/errors.ts';

/** What is known of one file when it is asked whether its exam is quiet; times are of our own monotonic clock, in ms. */
export interface FileQuiet {
  /** End of the scan that first saw the file in its present state. */
  readonly changedMs: number;
  /** End of the look into its present state; null while that is still to come. */
  readonly inspectedMs: number | null;
  readonly fault: ErrorCode | null;
}

/** How quiet an exam is, in ms, and whether it has settled. */
export interface Quiet {
  readonly quietMs: number;
  readonly neededMs: number;
  readonly waitingReason: ErrorCode | null;
  readonly isSettled: boolean;
}

/** A file that breaks off is most likely a copy that paused: it gets this many times the quiet time before it counts as a gap. */
export const truncatedPatience = 6;

const perhapsStillArriving: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['file-truncated', 'pixel-data-truncated', 'file-unreadable']);

/**
 * Decides whether an exam is quiet: every file was the same (path, size, ctime, inode) in two scans that lie at least the
 * quiet time apart, and has been read to its end in that state. File times are compared, never believed: `cp -p` gives a
 * half-copied file an mtime of years ago, and a folder's mtime stands still while a file in it grows.
 *
 * @param files - The exam's files, and files beside them that may turn out to be the exam's.
 * @param disturbedMs - Monotonic time of the last file that went away or of the last break in our own observation; null if none.
 * @param scanStartMs - Start of the latest scan.
 * @param settleMs - Quiet time asked for.
 * @see facts: reliability.md section 4, "Folder intake"
 */
export function quietOf(files: readonly FileQuiet[], disturbedMs: number | null, scanStartMs: number, settleMs: number): Quiet {
  let sinceMs = disturbedMs ?? Number.NEGATIVE_INFINITY;
  let neededMs = settleMs;
  let waitingReason: ErrorCode | null = null;
  let isRead = true;
  for (const file of files) {
    sinceMs = Math.max(sinceMs, file.changedMs);
    if (file.inspectedMs === null || file.inspectedMs > scanStartMs) isRead = false;
    if (file.fault === null || !perhapsStillArriving.has(file.fault)) continue;
    neededMs = settleMs * truncatedPatience;
    waitingReason ??= file.fault;
    // A file that another program holds open tells nothing when it is let go: it must have been tried after the quiet time.
    if (file.fault === 'file-unreadable' && file.inspectedMs !== null && file.inspectedMs < file.changedMs + neededMs) isRead = false;
  }
  const quietMs = Math.max(0, scanStartMs - sinceMs);
  return { quietMs: Math.min(quietMs, neededMs), neededMs, waitingReason, isSettled: isRead && files.length > 0 && quietMs >= neededMs };
}

/**
 * Whether a file that could not be opened is due for another try: once more at each scan until its exam settles.
 *
 * @param file - Its latest observation.
 * @param settleMs - Quiet time asked for.
 */
export function isDueAgain(file: FileQuiet, settleMs: number): boolean {
  return file.fault === 'file-unreadable' && file.inspectedMs !== null
    && file.inspectedMs < file.changedMs + settleMs * truncatedPatience;
}
