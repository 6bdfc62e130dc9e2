import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { AppError } from '../../src-shared/domain/errors.ts';

/**
 * Ids of attempts whose first byte left, noted in the same breath.
 *
 * The ledger's durable row says that an attempt is about to be sent; its commit takes milliseconds, and a process that is
 * killed in them leaves a row for something that never left. This note takes microseconds because it is not synced: what a
 * process wrote survives the process, though not a power cut. So it is believed only while the machine has not been
 * restarted since.
 */
export interface Outbox {
  /**
   * Notes an id.
   *
   * @throws {AppError} database-full when it cannot be written.
   */
  note(attemptId: string): void;
  close(): void;
}

/** What an earlier run noted; null when nobody can tell (another boot of the machine, or a system that does not say). */
export function readOutbox(path: string, bootId: string | null): ReadonlySet<string> | null {
  if (bootId === null) return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // No note at all: it may have been lost, so it tells nothing.
    return null;
  }
  const [noted, ...ids] = text.split('\n');
  return noted === bootId ? new Set(ids) : null;
}

/** Starts an empty outbox; only once everything the earlier one tells is in the ledger. */
export function openOutbox(path: string, bootId: string | null): Outbox {
  writeFileSync(path, `${bootId ?? ''}\n`, { mode: 0o600 });
  const file = openSync(path, 'a', 0o600);
  return {
    note(attemptId) {
      try {
        writeSync(file, `${attemptId}\n`);
      } catch (cause) {
        throw new AppError('database-full', 'the disk is full', { cause, retryable: true });
      }
    },
    close: () => {
      closeSync(file);
    },
  };
}

/** Random id of this boot of the machine; null on systems that have none. */
export function machineBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
