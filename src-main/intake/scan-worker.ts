import { isDeepStrictEqual } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { scanFolderBlocking } from './scan-folder.ts';
import type { FolderScan } from './scan-folder.ts';

/** Answer of the scan worker: a scan, or null when it is equal to the one before. */
export type ScanAnswer = FolderScan | null;

const root = workerData as string;
let previous: FolderScan | null = null;

// An idle folder of 100,000 files would else be copied between the threads every few seconds.
parentPort?.on('message', () => {
  const scan = scanFolderBlocking(root);
  const answer: ScanAnswer = isDeepStrictEqual(scan, previous) ? null : scan;
  previous = scan;
  parentPort?.postMessage(answer);
});
