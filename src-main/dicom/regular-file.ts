import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../src-shared/domain/errors.ts';

/** An open file of bytes on a disk. */
export interface RegularFile {
  readonly sizeBytes: number;
  /**
   * Fills the bytes with what lies in the file from `position` on.
   *
   * @throws {AppError} 'file-unreadable' when the file has become shorter meanwhile.
   */
  readonly fill: (bytes: Uint8Array, position: number) => void;
}

/**
 * Opens a regular file for as long as `use` runs, without ever following a link or opening a pipe or a device.
 *
 * Blocks its thread: for files that the disk has at hand, asynchronous calls take several times the processor time, and only
 * worker threads read exams.
 *
 * @param path - Of the file.
 * @param use - Gets the open file.
 * @returns What `use` returned; null when it is no regular file or empty.
 * @throws {AppError} 'file-unreadable' when it vanished or cannot be read; what `use` throws.
 */
export function withRegularFile<T>(path: string, use: (file: RegularFile) => T): T | null {
  try {
    if (!lstatSync(path).isFile()) return null;
    // Between lstat and open the name may have become a link or a pipe: neither is followed nor waited for.
    const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
    const descriptor = openSync(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = fstatSync(descriptor);
      if (!stat.isFile() || stat.size === 0) return null;
      return use({ sizeBytes: stat.size, fill: (bytes, position) => fill(descriptor, bytes, position) });
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('file-unreadable', 'the file could not be read to its end', { cause, retryable: true });
  }
}

function fill(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let filled = 0; filled < bytes.length;) {
    const bytesRead = readSync(descriptor, bytes, filled, bytes.length - filled, position + filled);
    if (bytesRead === 0) throw new AppError('file-unreadable', 'the file became shorter while it was read', { retryable: true });
    filled += bytesRead;
  }
}
