import { MutationCache, QueryClient } from '@tanstack/react-query';
import { showFault } from './components/show-fault.ts';

/**
 * Keeps answers of the main process until an event says that they are stale.
 *
 * The workstation is often offline and its main process is on the same machine: nothing waits for the network, nothing is
 * asked twice because of time or focus. A change that fails is shown to the person wherever it was made,
 * unless the place says so itself.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Infinity, retry: false, networkMode: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false },
      mutations: { retry: false, networkMode: 'always' },
    },
    mutationCache: new MutationCache({ onError: (error, _request, _before, mutation) => { if (mutation.meta?.['saysErrorsItself'] !== true) showFault(error); } }),
  });
}
