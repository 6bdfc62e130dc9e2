import { Worker } from 'node:worker_threads';
import { siblingModule } from '../platform/sibling-module.ts';
import type { FolderScan } from './scan-folder.ts';
import type { ScanAnswer } from './scan-worker.ts';

/** Scans one folder in a thread of its own, so that a share that hangs holds up nothing else. */
export interface FolderScanner {
  /** Scans now; while a scan is running, resolves with that one. Never rejects. */
  scan(): Promise<FolderScan>;
  /** Ends the thread; a scan that is still running resolves as unreachable. */
  stop(): void;
}

/**
 * Starts the scanner of one folder.
 *
 * @param root - Absolute path.
 */
export function startFolderScanner(root: string): FolderScanner {
  const unreachable: FolderScan = { kind: 'unreachable' };
  let worker: Worker | null = null;
  let stopped = false;
  let latest: FolderScan = unreachable;
  let running: { readonly promise: Promise<FolderScan>; readonly finish: (scan: FolderScan) => void } | null = null;

  function startWorker(): Worker {
    const started = new Worker(siblingModule(import.meta.url, './scan-worker'), { workerData: root });
    started.on('message', (answer: ScanAnswer) => {
      if (answer !== null) latest = answer;
      finish(latest);
    });
    // A worker that ended is started anew by the next scan; it has no memory of the scan before.
    started.on('error', () => { drop(started); });
    started.on('exit', () => { drop(started); });
    return started;
  }

  function drop(ended: Worker): void {
    if (worker !== ended) return;
    worker = null;
    finish(unreachable);
  }

  function finish(scan: FolderScan): void {
    const current = running;
    running = null;
    worker?.unref();
    current?.finish(scan);
  }

  return {
    scan() {
      if (stopped) return Promise.resolve(unreachable);
      if (running !== null) return running.promise;
      const { promise, resolve } = Promise.withResolvers<FolderScan>();
      running = { promise, finish: resolve };
      worker ??= startWorker();
      worker.ref();
      worker.postMessage('scan');
      return promise;
    },
    stop() {
      stopped = true;
      const ended = worker;
      finish(unreachable);
      worker = null;
      // Not awaited: a thread that is stuck in a system call ends when the call does.
      void ended?.terminate();
    },
  };
}

/**
 * Scans a folder once.
 *
 * @param root - Absolute path.
 */
export async function scanFolder(root: string): Promise<FolderScan> {
  const scanner = startFolderScanner(root);
  try {
    return await scanner.scan();
  } finally {
    scanner.stop();
  }
}
