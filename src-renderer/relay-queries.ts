import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DiagnosisStep } from '../src-shared/domain/diagnosis.ts';
import type { Settings } from '../src-shared/domain/settings.ts';
import type { KeyState, RelayCheck, SettingsView } from '../src-shared/domain/views.ts';
import { keys } from './queries.ts';
import { ask, listen } from './workstation.ts';

const lookEveryMs = 5_000;

/** How every relay of the settings does; looked at again and again while somebody looks at it. */
export function useRelayHealth() {
  return useQuery({ queryKey: keys.relayHealth, queryFn: () => ask('relayHealth'), refetchInterval: lookEveryMs });
}

/** What a relay's model list said when it was last asked for in this window; null before. */
export function useLastCheck(relayId: string): RelayCheck | null {
  return useQuery<RelayCheck>({ queryKey: keys.relayCheck(relayId), queryFn: skipToken, gcTime: Infinity }).data ?? null;
}

/** Asks a relay for its free model list; the answer is kept for everybody who shows it. */
export function useCheckRelay(relayId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask('checkRelay', { relayId }),
    onSuccess: (check) => { client.setQueryData(keys.relayCheck(relayId), check); },
    onSettled: () => client.invalidateQueries({ queryKey: keys.relayHealth }),
  });
}

/** Hands a relay's key to the keychain; the field says what is wrong with it. */
export function useSetRelayKey(relayId: string) {
  return useKeyChange(relayId, ({ key, sessionOnly }: { readonly key: string; readonly sessionOnly: boolean }) => ask('setRelayKey', { relayId, key, sessionOnly }));
}

/** Deletes a relay's key. */
export function useDeleteRelayKey(relayId: string) {
  return useKeyChange(relayId, () => ask('deleteRelayKey', { relayId }));
}

function useKeyChange<Request>(relayId: string, mutationFn: (request: Request) => Promise<KeyState>) {
  const client = useQueryClient();
  return useMutation<KeyState, Error, Request>({
    mutationFn,
    meta: { saysErrorsItself: true },
    onSuccess: () => {
      client.removeQueries({ queryKey: keys.relayCheck(relayId) });
      return Promise.all([keys.settings, keys.relayHealth, keys.diagnoses].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}

/** Which settings become what, told by those that hold when it is their turn. */
export type SettingsChange = (settings: Settings) => Partial<Settings>;

/**
 * Changes settings that are lists: one change after the other, each on what the one before left, so that none takes another back.
 *
 * @param saysErrorsItself - The place that makes the change shows why it was refused.
 */
export function useChangeSettings(saysErrorsItself = false) {
  const client = useQueryClient();
  return useMutation<SettingsView, Error, SettingsChange>({
    scope: { id: 'settings' },
    meta: { saysErrorsItself },
    mutationFn: async (change) => {
      const { settings } = client.getQueryData<SettingsView>(keys.settings) ?? (await ask('getSettings'));
      return ask('updateSettings', change(settings));
    },
    onSuccess: (view) => {
      client.setQueryData(keys.settings, view);
      return client.invalidateQueries({ queryKey: keys.relayHealth });
    },
  });
}

/** What models were proved to do. */
export function useDiagnoses() {
  return useQuery({ queryKey: keys.diagnoses, queryFn: () => ask('relayDiagnoses') });
}

/** What proving a model would cost; asked for when somebody thinks of doing it. */
export function useDiagnosisOffer(relayId: string, model: string) {
  return useQuery({ queryKey: [...keys.diagnoses, 'offer', relayId, model], queryFn: () => ask('offerDiagnosis', { relayId, model }), gcTime: 0 });
}

/** Sends a drawn picture to a model and says what it proves. */
export function useDiagnoseRelay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (about: { readonly relayId: string; readonly model: string }) => ask('diagnoseRelay', about),
    meta: { saysErrorsItself: true },
    onSettled: () => Promise.all([keys.diagnoses, keys.relayHealth, keys.spend].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Calls the diagnosis that runs off. */
export function useCancelDiagnosis() {
  return useMutation({ mutationFn: () => ask('cancelDiagnosis') });
}

/** How far the diagnosis of a relay has come; null while none runs. */
export function useDiagnosisStep(relayId: string): DiagnosisStep | null {
  const [step, setStep] = useState<DiagnosisStep | null>(null);
  useEffect(() => listen('diagnosisStep', (event) => { if (event.relayId === relayId) setStep(event.step); }), [relayId]);
  return step;
}

/** How models fared with tiles whose true answer is known. */
export function useControlRates() {
  return useQuery({ queryKey: keys.controlRates, queryFn: () => ask('controlRates') });
}
