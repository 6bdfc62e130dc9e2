import type { CallName, RequestOf } from '../../../src-shared/ipc/contract.ts';
import type { RelayDiagnosisView } from '../../../src-shared/domain/diagnosis.ts';
import { microUsd } from '../../../src-shared/domain/units.ts';
import type { QueueRow, SettingsView } from '../../../src-shared/domain/views.ts';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import type { DecodedSlice } from './decode-series.ts';
import { sampleSizing } from './sample-candidates.ts';
import { sampleCheck, sampleDiagnosis, sampleHealth, sampleOffer, sampleRates } from './sample-relays.ts';
import { sampleReading } from './sample-reading.ts';
import { sampleReport } from './sample-report.ts';
import { sampleDoctor, sampleSettings } from './sample-settings.ts';
import { emptySpend, sampleSpend } from './sample-spend.ts';
import { coverageOf, sampleRows } from './sample-rows.ts';

/** What the fake main process knows; tests change it and announce the change. */
export interface FakeState {
  rows: QueueRow[];
  settings: SettingsView;
  spendEmpty: boolean;
  relayCheck: 'ok' | 'portal';
  diagnoses: RelayDiagnosisView[];
  /** What comes of a draft that a model is asked for. */
  draft: 'written' | 'rejected' | 'never';
  /** Calls that answer with this error instead. */
  readonly failing: Map<CallName, { readonly code: string; readonly message: string; readonly retryable: boolean }>;
  readonly called: { readonly name: string; readonly request: unknown }[];
}

/** State of a workstation with one exam of every kind. */
export function fakeState(change: Partial<Pick<FakeState, 'rows' | 'settings' | 'spendEmpty'>> = {}): FakeState {
  return { rows: sampleRows(), settings: sampleSettings(), spendEmpty: false, relayCheck: 'ok', diagnoses: [sampleDiagnosis('vision-standard')], draft: 'written', failing: new Map(), called: [], ...change };
}

function changeRow(state: FakeState, request: unknown, change: Partial<QueueRow>): void {
  const { readingId } = request as { readonly readingId: string };
  state.rows = state.rows.map((row) => row.readingId === readingId ? { ...row, ...change } : row);
}

function changedSettings(view: SettingsView, patch: Partial<Settings>): SettingsView {
  for (const { baseUrl } of patch.relays ?? []) if (!/^(https:|http:\/\/127\.)/.test(baseUrl)) throw Object.assign(new Error('refused'), { code: 'relay-address-refused' });
  const settings = { ...view.settings, ...patch };
  const [first] = settings.relays;
  return {
    ...view, settings, relayHost: first === undefined ? '' : new URL(first.baseUrl).host,
    standardModel: settings.standardModel ?? view.standardModel, accurateModel: settings.accurateModel ?? view.accurateModel,
  };
}

/** Answers a call as the main process would, without the envelope. */
function answer(state: FakeState, series: readonly DecodedSlice[], name: string, request: unknown): unknown {
  switch (name as CallName) {
    case 'appInfo': return { version: '0.1.0', electron: '45.4.1', standIn: true, locale: 'en-US', dataFolder: '/home/reader/.config/LungDesk' };
    case 'runDoctor': return sampleDoctor;
    case 'listQueue': return state.rows;
    case 'currentSpend': return { month: '2026-11', cost: { currency: 'USD', knownMicroUsd: microUsd(state.spendEmpty ? 0 : 24_310_000), possibleMicroUsd: microUsd(state.spendEmpty ? 0 : 412_800) }, budgetMicroUsd: state.settings.settings.monthlyBudgetMicroUsd };
    case 'openReading': {
      const row = state.rows.find(({ readingId }) => readingId === (request as { readonly readingId: string }).readingId);
      if (row === undefined) throw Object.assign(new Error('no such reading'), { code: 'reading-not-found' });
      return sampleReading(row, series);
    }
    case 'cancelReading': changeRow(state, request, { state: 'cancelled', status: 'incomplete' }); return undefined;
    case 'resumeReading': changeRow(state, request, { state: 'reading', status: null, heldFor: null, reason: null }); return undefined;
    case 'readOnDevice': changeRow(state, request, { state: 'merged', status: 'complete', plan: 'device-only', heldFor: null, reason: null, coverage: coverageOf(107, 0, { searched: 107 }) }); return undefined;
    case 'readThroughRelay': changeRow(state, request, { state: 'reading', status: null, plan: 'relay', stageDone: 0, stageTotal: 6, coverage: coverageOf(107, 0) }); return undefined;
    case 'draftReport': return sampleReport(request as RequestOf<'draftReport'>, state.draft);
    case 'sizeNodule': return sampleSizing(series, request as { readonly sliceIndex: number; readonly column: number; readonly row: number });
    case 'setHighPriority': changeRow(state, request, { highPriority: (request as { readonly highPriority: boolean }).highPriority }); return undefined;
    case 'acceptRevision': changeRow(state, request, { state: 'planned', status: null, reason: null }); return undefined;
    case 'dismissRevision': changeRow(state, request, { state: 'merged', reason: null }); return undefined;
    case 'readSampleExam': return { readingId: 'critical' };
    case 'spendMonth': return state.spendEmpty ? emptySpend('2026-11') : sampleSpend((request as { readonly month: string | null }).month ?? '2026-11');
    case 'saveSpendCsv': return { rows: 1_204 };
    case 'getSettings': return state.settings;
    case 'updateSettings': state.settings = changedSettings(state.settings, request as Partial<Settings>); return state.settings;
    case 'addFolder': state.settings = { ...state.settings, folders: [...state.settings.folders, { id: `n${state.settings.folders.length}`, path: '/srv/imaging/new', state: 'watching', ignoredCount: 0 }] }; return state.settings;
    case 'removeFolder': state.settings = { ...state.settings, folders: state.settings.folders.filter(({ id }) => id !== (request as { readonly folderId: string }).folderId) }; return state.settings;
    case 'setRelayKey': state.settings = { ...state.settings, practice: false, key: { state: 'stored', lastFour: (request as { readonly key: string }).key.slice(-4), keychain: 'ok' } }; return state.settings.key;
    case 'deleteRelayKey': state.settings = { ...state.settings, practice: true, key: { state: 'none', lastFour: null, keychain: 'ok' } }; return state.settings.key;
    case 'checkRelay': return state.relayCheck === 'ok' ? sampleCheck(state.settings.relayHost) : { state: 'portal', host: state.settings.relayHost, models: [], message: 'A web page answered.' };
    case 'relayHealth': return sampleHealth(state.settings);
    case 'controlRates': return sampleRates;
    case 'relayDiagnoses': return state.diagnoses;
    case 'offerDiagnosis': { const { relayId, model } = request as { readonly relayId: string; readonly model: string }; return sampleOffer(relayId, model); }
    case 'diagnoseRelay': { const { relayId, model } = request as { readonly relayId: string; readonly model: string }; const made = sampleDiagnosis(model, { relayId }); state.diagnoses = [...state.diagnoses.filter((one) => one.model !== model), made]; return made; }
    default: return undefined;
  }
}

/** Answers a call in the envelope of the contract. */
export function answerCall(state: FakeState, series: readonly DecodedSlice[], name: string, request: unknown): unknown {
  state.called.push({ name, request });
  const failure = state.failing.get(name as CallName);
  if (failure !== undefined) return { ok: false, error: failure };
  try {
    const value = answer(state, series, name, request);
    return value instanceof Promise ? value.then((late: unknown) => ({ ok: true, value: late })) : { ok: true, value };
  } catch (error) {
    return { ok: false, error: { code: (error as { readonly code?: string }).code ?? 'unexpected', message: String(error), retryable: false } };
  }
}
