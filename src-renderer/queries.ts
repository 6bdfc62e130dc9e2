import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import type { CallName, RequestOf, ResponseOf } from '../src-shared/ipc/contract.ts';
import type { SettingsView } from '../src-shared/domain/views.ts';
import { ask } from './workstation.ts';

/** Keys under which answers are kept; events of the main process make them stale. */
export const keys = {
  appInfo: ['appInfo'] as const,
  doctor: ['doctor'] as const,
  queue: ['queue'] as const,
  reading: (readingId: string) => ['reading', readingId] as const,
  spend: ['spend'] as const,
  settings: ['settings'] as const,
  relayHealth: ['relays', 'health'] as const,
  relayCheck: (relayId: string) => ['relays', 'check', relayId] as const,
  diagnoses: ['relays', 'diagnoses'] as const,
  controlRates: ['controlRates'] as const,
};

/** Facts about the running program. */
export function useAppInfo() {
  return useQuery({ queryKey: keys.appInfo, queryFn: () => ask('appInfo') });
}

/** What works on this machine; asked for when somebody looks. */
export function useDoctor() {
  return useQuery({ queryKey: keys.doctor, queryFn: () => ask('runDoctor'), gcTime: 0 });
}

/** All readings, newest first as the main process lists them. */
export function useQueue() {
  return useQuery({ queryKey: keys.queue, queryFn: () => ask('listQueue') });
}

/** Spend of the current month for the status bar. */
export function useCurrentSpend() {
  return useQuery({ queryKey: [...keys.spend, 'current'], queryFn: () => ask('currentSpend') });
}

/** Everything about one reading. */
export function useReading(readingId: string) {
  return useQuery({ queryKey: keys.reading(readingId), queryFn: () => ask('openReading', { readingId }) });
}

/** One month's spend; null asks for the current month. */
export function useSpendMonth(month: string | null) {
  return useQuery({
    queryKey: [...keys.spend, 'month', month],
    queryFn: () => ask('spendMonth', { month }),
    placeholderData: (previous) => previous,
  });
}

/** Settings with folders, key and models. */
export function useSettings() {
  return useQuery({ queryKey: keys.settings, queryFn: () => ask('getSettings') });
}

type Arguments<Name extends CallName> = RequestOf<Name> extends undefined ? [] : [RequestOf<Name>];

function useChange<Name extends CallName>(name: Name, stale: readonly QueryKey[]) {
  const client = useQueryClient();
  return useMutation<ResponseOf<Name>, Error, RequestOf<Name> extends undefined ? void : RequestOf<Name>>({
    mutationFn: (request) => ask(name, ...((request === undefined ? [] : [request]) as Arguments<Name>)),
    onSuccess: (answer) => {
      if (isSettingsView(answer)) client.setQueryData(keys.settings, answer);
      return Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}

function isSettingsView(answer: unknown): answer is SettingsView {
  return typeof answer === 'object' && answer !== null && 'settings' in answer && 'folders' in answer;
}

const readings = [keys.queue, ['reading']] as const;

/** Stops a reading; what was answered stays. */
export function useCancelReading() {
  return useChange('cancelReading', readings);
}

/** Sends again what was not read. */
export function useResumeReading() {
  return useChange('resumeReading', readings);
}

/** Reads the revision with the late slices. */
export function useAcceptRevision() {
  return useChange('acceptRevision', readings);
}

/** Leaves the late slices unread. */
export function useDismissRevision() {
  return useChange('dismissRevision', readings);
}

/** Finishes a reading on what the device found. */
export function useReadOnDevice() {
  return useChange('readOnDevice', readings);
}

/** Sends what the device alone searched to the relay. */
export function useReadThroughRelay() {
  return useChange('readThroughRelay', readings);
}

/** Marks a reading for the accurate model, or not. */
export function useSetHighPriority() {
  return useChange('setHighPriority', readings);
}

/** Reads the exam that ships with LungDesk. */
export function useReadSampleExam() {
  return useChange('readSampleExam', readings);
}

/** Saves a month's attempts where the person says. */
export function useSaveSpendCsv() {
  return useChange('saveSpendCsv', []);
}

/** Changes some settings. */
export function useUpdateSettings() {
  return useChange('updateSettings', [keys.spend]);
}

/** Lets the person choose a folder to watch. */
export function useAddFolder() {
  return useChange('addFolder', []);
}

/** Stops watching a folder; its files stay. */
export function useRemoveFolder() {
  return useChange('removeFolder', []);
}

/** Shows a watched folder in the system's file manager. */
export function useOpenFolder() {
  return useChange('openFolder', []);
}

/** Ends LungDesk. */
export function useQuit() {
  return useChange('quit', []);
}
