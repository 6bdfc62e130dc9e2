import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { LogEntry } from './log-event.ts';
import { logLine } from './log-line.ts';

/** Where the log lies and how large it grows. */
export interface LogOptions {
  /** Folder of the log files; made when it is missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** Size at which a file is set aside. Default 2 MB. */
  readonly maxBytes?: number;
  /** Files kept, the present one included. Default 3. */
  readonly keptFiles?: number;
}

/** LungDesk's log: codes, ids and counts, one JSON object a line. */
export interface Log {
  /** Adds a line. Never throws: a full disk must not stop a reading. */
  write(entry: LogEntry): void;
}

/**
 * Opens the log lungdesk.log; older files are lungdesk.log.1 and so on.
 *
 * @param options - See LogOptions.
 */
export function openLog({ folder, clock, maxBytes = 2_000_000, keptFiles = 3 }: LogOptions): Log {
  const path = join(folder, 'lungdesk.log');

  function nameOf(index: number): string {
    return index === 0 ? path : `${path}.${index}`;
  }

  function rotateWhenFull(addedBytes: number): void {
    const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (sizeBytes === 0 || sizeBytes + addedBytes <= maxBytes) return;
    rmSync(nameOf(keptFiles - 1), { force: true });
    for (let index = keptFiles - 2; index >= 0; index -= 1) {
      if (statSync(nameOf(index), { throwIfNoEntry: false }) !== undefined) renameSync(nameOf(index), nameOf(index + 1));
    }
  }

  return {
    write(entry) {
      const line = `${logLine(entry, clock.now())}\n`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        rotateWhenFull(line.length);
        appendFileSync(path, line, { mode: 0o600 });
      } catch {
        // Nobody to tell: the log is the place where this would be told. The work goes on.
      }
    },
  };
}
