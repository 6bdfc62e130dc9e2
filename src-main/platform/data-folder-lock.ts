import Database from 'better-sqlite3';
import { AppError } from '../../src-shared/domain/errors.ts';

/** The right to work on a data folder. */
export interface DataFolderLock {
  release(): void;
}

// A database that nobody refers to any more is collected, closed, and its lock gone.
const heldLocks = new Set<Database.Database>();

/**
 * Locks a data folder for this process: no two processes ever share one, whatever their user, HOME or session.
 *
 * The lock is SQLite's exclusive lock on a database of its own, that is the operating system's lock on an open file: it
 * ends with the process, also with kill -9, and needs no guess about stale process ids. Nothing else in this process may
 * open and close the file by itself: on POSIX systems that would drop the lock.
 *
 * @param path - Of the lock file in the data folder (DataPaths.lock).
 * @throws {AppError} data-folder-in-use when another LungDesk has it; data-folder-unusable when it cannot be written to.
 */
export function lockDataFolder(path: string): DataFolderLock {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { timeout: 0 });
    // A journal in memory leaves no file behind that the next start would have to recover.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    const locked = database;
    heldLocks.add(locked);
    return {
      release() {
        locked.close();
        heldLocks.delete(locked);
      },
    };
  } catch (cause) {
    database?.close();
    if (String((cause as { readonly code?: unknown }).code).startsWith('SQLITE_BUSY')) {
      throw new AppError('data-folder-in-use', 'another LungDesk works on this data folder', { cause, retryable: true });
    }
    throw new AppError('data-folder-unusable', 'the data folder cannot be made or written to', { cause });
  }
}
