import type { Workstation } from '../workstation-port.ts';
import { countQueue } from './queue-count.ts';
import type { QueueCount } from './queue-count.ts';

/**
 * Counts the queue now and after every change; changes that come while it counts lead to one more count, not to many.
 *
 * @param onCount - Told each count; an unreadable queue leaves the last one standing.
 * @returns Ends the watch.
 */
export function watchQueue(workstation: Pick<Workstation, 'listQueue' | 'subscribe'>, onCount: (count: QueueCount) => void): () => void {
  let ended = false;
  let asked = 0;
  let counted = 0;
  let counting = false;
  const isEnded = (): boolean => ended;
  const isCurrent = (): boolean => ended || counted === asked;

  async function count(): Promise<void> {
    asked += 1;
    if (counting) return;
    counting = true;
    while (!isCurrent()) {
      counted = asked;
      const rows = await workstation.listQueue().catch(() => null);
      if (rows !== null && !isEnded()) onCount(countQueue(rows));
    }
    counting = false;
  }

  const unsubscribe = workstation.subscribe(({ name }) => {
    if (name === 'readingsChanged') void count();
  });
  void count();
  return () => {
    ended = true;
    unsubscribe();
  };
}
