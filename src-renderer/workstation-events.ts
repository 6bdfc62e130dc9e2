import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import { keys } from './queries.ts';
import { listen } from './workstation.ts';

// Requests that finish together announce themselves one by one; one look at the queue serves them all.
const gatherMs = 120;

/** Keeps the kept answers fresh: whatever the main process says has changed is asked for again. */
export function useWorkstationEvents(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stale = new Map<string, QueryKey>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      for (const queryKey of stale.values()) void client.invalidateQueries({ queryKey });
      stale.clear();
    };
    const mark = (...changed: readonly QueryKey[]): void => {
      for (const queryKey of changed) stale.set(JSON.stringify(queryKey), queryKey);
      timer ??= setTimeout(flush, gatherMs);
    };
    const ends = [
      listen('readingsChanged', ({ readingIds }) => { mark(keys.queue, keys.controlRates, ...readingIds.map((id) => keys.reading(id))); }),
      listen('settingsChanged', () => { mark(keys.settings, keys.queue, keys.relayHealth, keys.diagnoses); }),
      listen('spendChanged', () => { mark(keys.spend); }),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [client]);
}
