import { totalmem } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Memory that this process may use, in bytes: the machine's, or less where a container says so. */
export function machineMemoryBytes(): number {
  // 0 or an absurdly high number without a limit.
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
}

let collect: (() => void) | null = null;

/**
 * Collects this thread's garbage now.
 *
 * V8 does not count shared memory as a reason to collect: a volume that nobody refers to any more would otherwise stay
 * until something else fills the heap, and in a thread without work for ever.
 */
export function collectGarbage(): void {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
