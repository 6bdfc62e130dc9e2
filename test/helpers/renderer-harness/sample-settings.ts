import { defaultSettings } from '../../../src-shared/domain/settings.ts';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import { microUsd } from '../../../src-shared/domain/units.ts';
import type { DoctorCheck, ListPriceView, ModelView, SettingsView } from '../../../src-shared/domain/views.ts';
import { sampleRelays } from './sample-relays.ts';

function listed(input: number, output: number, change: Partial<ListPriceView> = {}): ListPriceView {
  return { input: microUsd(input), cachedInput: microUsd(input / 10), cacheWrite: null, output: microUsd(output), effectiveFrom: '2026-09-10', validTo: null, tiers: [], peak: null, ...change };
}

function model(id: string, title: string, listPrice: ListPriceView | null, change: Partial<ModelView> = {}): ModelView {
  return {
    id, title, vision: true, inputMicroUsdPerMillion: listPrice?.input ?? null, outputMicroUsdPerMillion: listPrice?.output ?? null, listPrice, shutdownDate: null,
    retired: false, successor: null, practice: false, notSelectableReason: null, chooseInstead: null, endsSoon: null, ...change,
  };
}

const long = { abovePromptTokens: 200_000, input: microUsd(500_000), output: microUsd(3_000_000) };
const peak = { days: [1, 2, 3, 4, 5], hoursUtc: [[1, 10] as const], multiplierPercent: 150, isNow: true };

/** One of each kind: in use, with tiers and dear hours, ending soon, ended, blind, ruled out, without a price. */
const sampleModels: readonly ModelView[] = [
  model('vision-standard', 'Vision Standard', listed(250_000, 2_000_000, { tiers: [long] })),
  model('vision-accurate-2', 'Vision Accurate 2', listed(3_000_000, 15_000_000), { shutdownDate: '2026-12-06', endsSoon: { endsOn: '2026-12-06', daysLeft: 12, successor: 'vision-accurate-3' } }),
  model('vision-accurate-3', 'Vision Accurate 3', listed(2_000_000, 10_000_000)),
  model('vision-mini', 'Vision Mini', listed(75_000, 300_000, { peak }), { inputMicroUsdPerMillion: microUsd(112_500), outputMicroUsdPerMillion: microUsd(450_000), shutdownDate: '2027-02-28' }),
  model('vision-free', 'Vision of unknown price', null),
  model('old-vision', 'Old Vision', listed(2_000_000, 8_000_000), { shutdownDate: '2026-06-30', retired: true, successor: 'vision-standard', notSelectableReason: 'model-retired', chooseInstead: 'vision-standard' }),
  model('text-only-v3', 'Text Only v3', listed(280_000, 420_000), { vision: false, notSelectableReason: 'model-without-vision', chooseInstead: 'vision-mini' }),
  model('vision-abroad', 'Vision Abroad', listed(100_000, 400_000), { notSelectableReason: 'model-denied', chooseInstead: 'vision-standard' }),
];

/** Settings as a clinic has them after a while; on the practice relay unless told otherwise. */
export function sampleSettings(settings: Partial<Settings> = {}, change: Partial<SettingsView> = {}): SettingsView {
  return {
    settings: { ...defaultSettings, language: 'en', welcomeSeen: true, relays: [{ id: 'first', name: '', baseUrl: 'https://api.relay.example/v1', extraHeaders: {}, confirmedHost: null, countryNote: '', priceMultiplierPercent: 100 }], ...settings },
    folders: [
      { id: 'a', path: '/srv/imaging/inbox/chest-ct', state: 'watching', ignoredCount: 12 },
      { id: 'b', path: '/mnt/ct-scanner-2/export', state: 'unreachable', ignoredCount: 0 },
    ],
    key: { state: 'none', lastFour: null, keychain: 'ok' }, practice: true, relayHost: 'api.relay.example',
    models: sampleModels,
    standardModel: 'vision-standard', accurateModel: 'vision-accurate-2', ...change,
  };
}

/** Settings of a clinic that reads through relays: three of them, two readers, stand-ins, a model with a price of its own. */
export function clinicSettings(settings: Partial<Settings> = {}, change: Partial<SettingsView> = {}): SettingsView {
  const own = { relayId: 'first', multiplierPercent: null, choice: null, tokenRule: null };
  return sampleSettings({
    relays: [...sampleRelays],
    secondReader: { kind: 'model', model: 'vision-accurate-3' }, thirdReaderModel: 'vision-accurate-2',
    allowedFallbacks: [{ relayId: 'first', model: 'vision-mini' }, { relayId: 'relay-b2', model: 'vision-standard' }],
    modelOverrides: [{ ...own, model: 'vision-accurate-3', price: { input: 1_700_000, cachedInput: 170_000, cacheWrite: null, output: 9_000_000 } }, { ...own, model: 'vision-abroad', price: null, choice: 'deny' }],
    ...settings,
  }, {
    key: { state: 'stored', lastFour: '4a7e', keychain: 'ok' }, practice: false,
    models: sampleModels.map((model) => model.id === 'vision-accurate-3' ? { ...model, inputMicroUsdPerMillion: microUsd(1_700_000), outputMicroUsdPerMillion: microUsd(9_000_000) } : model),
    ...change,
  });
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
