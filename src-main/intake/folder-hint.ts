import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

/** The system's notices that something in a folder changed: a hint, never the truth. */
export interface FolderHint {
  /** Whether there was a notice since the last time; clears it. */
  take(): boolean;
  /** Resolves at the next notice, at once if one is waiting, and when stopped. */
  next(): Promise<void>;
  /** Stops listening to a folder that is away; a folder that comes back under the same path is another one. */
  lose(): void;
  /** Listens again. */
  renew(): void;
  stop(): void;
}

/**
 * Listens to a folder's change notices; without them, or when they fail, it just never hints.
 *
 * On Linux only the folder's own level is listened to: a recursive watch takes one inotify watch per file and goes blind
 * without an error past the system's limit (facts: reliability.md 0.11).
 *
 * @param root - Absolute path.
 * @param isWanted - False for a hint that never comes.
 */
export function startFolderHint(root: string, isWanted: boolean): FolderHint {
  let watcher: FSWatcher | null = null;
  let isHinted = false;
  let isStopped = false;
  let wake: (() => void) | null = null;

  function hint(): void {
    isHinted = true;
    wake?.();
    wake = null;
  }

  function close(): void {
    watcher?.close();
    watcher = null;
  }

  function renew(): void {
    if (!isWanted || isStopped || watcher !== null) return;
    try {
      watcher = watch(root, { persistent: false, recursive: process.platform !== 'linux' }, hint);
      watcher.on('error', close);
    } catch {
      // No notices (limit reached, share without them, folder away): polling finds everything anyway.
      watcher = null;
    }
  }

  renew();
  return {
    take() {
      const was = isHinted;
      isHinted = false;
      return was;
    },
    next() {
      if (isHinted || isStopped) return Promise.resolve();
      return new Promise((resolve) => { wake = resolve; });
    },
    lose: close,
    renew,
    stop() {
      isStopped = true;
      close();
      hint();
    },
  };
}
