import type { DiagnosisCheck, DiagnosisOffer, RelayDiagnosisView } from '../../../src-shared/domain/diagnosis.ts';
import { diagnosisCheckNames } from '../../../src-shared/domain/diagnosis.ts';
import type { RelaySetting } from '../../../src-shared/domain/relay-setting.ts';
import { epochMs, microUsd } from '../../../src-shared/domain/units.ts';
import type { ControlRates, KeyState, RelayCheck, RelayHealthView, SettingsView } from '../../../src-shared/domain/views.ts';

const now = Date.parse('2026-11-24T08:15:00Z');

/** Three relays as a clinic has them: one in use, one that stands in and is in trouble, one on the desk that nobody agreed to yet. */
export const sampleRelays: readonly RelaySetting[] = [
  { id: 'first', name: 'Radiology gateway', baseUrl: 'https://api.relay.example/v1', extraHeaders: { 'x-title': 'LungDesk', 'x-portkey-provider': 'openai' }, confirmedHost: 'api.relay.example', countryNote: 'Ireland', priceMultiplierPercent: 80 },
  { id: 'relay-b2', name: '', baseUrl: 'https://models.other-relay.example:8443/openai/v1', extraHeaders: {}, confirmedHost: 'models.other-relay.example:8443', countryNote: '', priceMultiplierPercent: 100 },
  { id: 'relay-c3', name: 'Server in the basement', baseUrl: 'http://127.0.0.1:11434/v1', extraHeaders: {}, confirmedHost: null, countryNote: '', priceMultiplierPercent: 0 },
];

const noKey: KeyState = { state: 'none', lastFour: null, keychain: 'ok' };

/** How the relays of the settings do; those of the sample have a past. */
export function sampleHealth(view: SettingsView): readonly RelayHealthView[] {
  return view.settings.relays.map((relay, index): RelayHealthView => {
    const host = new URL(relay.baseUrl).host;
    const quiet = { relayId: relay.id, title: relay.name || host, host, key: index === 0 ? view.key : noKey, confirmed: relay.confirmedHost === host, check: null, latencyMs: null, requestsInFlight: 0, limit: 5, paused: [] };
    if (relay.id === 'relay-b2') return { ...quiet, key: { state: 'stored', lastFour: '9f0c', keychain: 'ok' }, check: { state: 'unauthorised', at: epochMs(now - 240_000) }, limit: 2, paused: [{ model: 'vision-mini', state: 'open', nextTryAt: epochMs(now + 60_000) }] };
    if (view.practice || index > 0) return quiet;
    return { ...quiet, check: { state: 'ok', at: epochMs(now - 90_000) }, latencyMs: 3_240, requestsInFlight: 2, limit: 4 };
  });
}

/** A relay's own list: one name written in another way, one model that nobody knows. */
export function sampleCheck(host: string): RelayCheck {
  const ids = ['vision-standard', 'maker/vision-accurate-2', 'vision-mini', 'text-only-v3', 'house-vision-7b'];
  return { state: 'ok', host, models: ids.map((id) => ({ id, shutdownDate: null })), message: '' };
}

/** How the models of the sample fared with controls. */
export const sampleRates: readonly ControlRates[] = [
  { model: 'vision-standard', blanks: 48, blanksCalledPositive: 1, nodules: 47, nodulesFound: 45 },
  { model: 'vision-mini', blanks: 12, blanksCalledPositive: 5, nodules: 12, nodulesFound: 7 },
];

function checks(change: Partial<Record<DiagnosisCheck['name'], Partial<DiagnosisCheck>>>): readonly DiagnosisCheck[] {
  return diagnosisCheckNames.map((name) => ({ name, state: 'passed', code: 'ok', expected: null, found: null, ...change[name] }));
}

/** What a diagnosis is going to take. */
export function sampleOffer(relayId: string, model: string): DiagnosisOffer {
  return { relayId, relayName: 'Radiology gateway', model, forecast: { requests: 3, inputTokens: 4_200, outputTokens: 900, costMicroUsd: { expected: microUsd(3_100), high: microUsd(6_400) } } };
}

/** A diagnosis of a model: passed with doubts, or failed for one that sees nothing. */
export function sampleDiagnosis(model: string, change: Partial<RelayDiagnosisView> = {}): RelayDiagnosisView {
  const isBlind = model.startsWith('text-only') || model.startsWith('house');
  return {
    relayId: 'first', relayName: 'Radiology gateway', model, modelServed: isBlind ? null : `${model}-2026-09-01`, at: epochMs(now - 3 * 86_400_000), promptVersion: 'tiles-2',
    state: isBlind ? 'failed' : 'passed-with-doubts',
    checks: isBlind
      ? checks({ vision: { state: 'failed', code: 'vision-wrong', expected: '3, 0, 2, 1', found: '1, 1, 1, 1' }, numbers: { state: 'not-checked', code: 'not-reached' }, brightness: { state: 'not-checked', code: 'not-reached' }, 'image-tokens': { state: 'failed', code: 'answer-blind' }, detail: { state: 'not-checked', code: 'not-reached' } })
      : checks({ json: { state: 'doubt', code: 'json-lower-form', expected: 'json-schema', found: 'json-object' }, 'image-tokens': { code: 'ok', expected: '1,105', found: '1,118' }, detail: { state: 'not-checked', code: 'no-detail-levels' }, latency: { code: 'ok', found: '3.2 s' } }),
    requests: isBlind ? 2 : 3, forecast: sampleOffer('first', model).forecast, cost: { currency: 'USD', knownMicroUsd: microUsd(2_870), possibleMicroUsd: microUsd(0) }, unpricedAttempts: 0, outOfDate: false, ...change,
  };
}
