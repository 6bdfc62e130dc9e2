import { defaultSettings } from '../../../src-shared/domain/settings.ts';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import { microUsd } from '../../../src-shared/domain/units.ts';
import type { DoctorCheck, ModelView, SettingsView } from '../../../src-shared/domain/views.ts';

function model(id: string, title: string, change: Partial<ModelView>): ModelView {
  return {
    id, title, vision: true, inputMicroUsdPerMillion: microUsd(250_000), outputMicroUsdPerMillion: microUsd(2_000_000), shutdownDate: null,
    retired: false, successor: null, practice: false, notSelectableReason: null, chooseInstead: null, endsSoon: null, ...change,
  };
}

/** Settings as a clinic has them after a while; on the practice relay unless told otherwise. */
export function sampleSettings(settings: Partial<Settings> = {}, change: Partial<SettingsView> = {}): SettingsView {
  return {
    settings: { ...defaultSettings, language: 'en', welcomeSeen: true, ...settings },
    folders: [
      { id: 'a', path: '/srv/imaging/inbox/chest-ct', state: 'watching', ignoredCount: 12 },
      { id: 'b', path: '/mnt/ct-scanner-2/export', state: 'unreachable', ignoredCount: 0 },
    ],
    key: { state: 'none', lastFour: null, keychain: 'ok' }, practice: true, relayHost: 'api.relay.example',
    models: [
      model('vision-standard', 'Vision Standard', {}),
      model('vision-accurate-2', 'Vision Accurate 2', { inputMicroUsdPerMillion: microUsd(3_000_000), outputMicroUsdPerMillion: microUsd(15_000_000), shutdownDate: '2027-02-28' }),
      model('vision-mini', 'Vision Mini', { inputMicroUsdPerMillion: microUsd(75_000), outputMicroUsdPerMillion: microUsd(300_000) }),
      model('old-vision', 'Old Vision', { shutdownDate: '2026-06-30', retired: true, successor: 'Vision Standard', notSelectableReason: 'model-retired' }),
      model('text-only-v3', 'Text Only v3', { vision: false, notSelectableReason: 'model-without-vision' }),
    ],
    standardModel: 'vision-standard', accurateModel: 'vision-accurate-2', ...change,
  };
}

/** A doctor's report with one of each. */
export const sampleDoctor: readonly DoctorCheck[] = [
  { name: 'runtime', state: 'ok', message: 'Electron 45.4, Node 24.21.', advice: null },
  { name: 'display', state: 'ok', message: 'WebGL 2 draws the images.', advice: null },
  { name: 'keychain', state: 'warning', message: 'This machine offers no keychain.', advice: 'Install a Secret Service such as gnome-keyring; until then the key is kept for the session only.' },
  { name: 'codecs', state: 'ok', message: 'All decoders load.', advice: null },
  { name: 'database', state: 'ok', message: 'Passes its check; every commit is synced.', advice: null },
  { name: 'relay', state: 'failed', message: 'The relay could not be reached.', advice: 'Check the network; the practice relay works without.' },
];
