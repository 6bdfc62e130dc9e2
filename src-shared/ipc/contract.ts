import * as z from 'zod';
import type { DiagnosisOffer, DiagnosisStep, RelayDiagnosisView } from '../domain/diagnosis.ts';
import { settingsSchema } from '../domain/settings.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Cost } from '../domain/attempt.ts';
import type { ReportResult } from '../domain/report-draft.ts';
import type {
  AppInfo, DoctorCheck, KeyState, ControlRates, QueueRow, ReadingDetail, RelayCheck, RelayHealthView, SettingsView, SizedPlace, SpendMonth,
} from '../domain/views.ts';

/** One call from the window to the main process: the schema of its request; the response's type rides along. */
export interface Call<Schema extends z.ZodType, Response> {
  readonly request: Schema;
  readonly response?: Response;
}

function call<Response>() {
  return <Schema extends z.ZodType>(request: Schema): Call<Schema, Response> => ({ request });
}

const nothing = z.undefined();
const readingId = z.strictObject({ readingId: z.string().min(1).max(64) });
/** A relay of the settings; absent: the one in use. */
const relay = z.strictObject({ relayId: z.string().min(1).max(40).optional() });
const diagnosed = relay.extend({ model: z.string().min(1).max(200).optional() });
const month = z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/).nullable() });

/** Every call between the processes, once. A method's name is its channel. */
export const calls = {
  appInfo: call<AppInfo>()(nothing),
  runDoctor: call<readonly DoctorCheck[]>()(nothing),
  quit: call<void>()(nothing),

  listQueue: call<readonly QueueRow[]>()(nothing),
  /** Spend of the current month for the status bar. */
  currentSpend: call<{ readonly month: string; readonly cost: Cost; readonly budgetMicroUsd: number | null }>()(nothing),
  openReading: call<ReadingDetail>()(readingId),
  cancelReading: call<void>()(readingId),
  /** Sends again what was not read (failed, refused, held); never what was answered. */
  resumeReading: call<void>()(readingId),
  /** Reads a new revision that waits for a decision because slices came late. */
  acceptRevision: call<void>()(readingId),
  /** Leaves the late slices unread; the exam stays marked. */
  dismissRevision: call<void>()(readingId),
  /** Ends the relay part of a reading that is not at a relay right now and finishes it on the device's search alone. */
  readOnDevice: call<void>()(readingId),
  /** Sends a reading that was made on the device alone to the relay after all. */
  readThroughRelay: call<void>()(readingId),
  /** Measures a nodule where a reader clicks: a place in pixels of a slice of the read series, fractions allowed. */
  sizeNodule: call<SizedPlace>()(readingId.extend({
    sliceIndex: z.int().min(0).max(100_000), column: z.number().min(-0.5).max(100_000), row: z.number().min(-0.5).max(100_000),
  })),
  setHighPriority: call<void>()(readingId.extend({ highPriority: z.boolean() })),
  readSampleExam: call<{ readonly readingId: string }>()(nothing),

  spendMonth: call<SpendMonth>()(month),
  /** Asks where to save and writes the month's attempts as CSV; null when the person cancelled. */
  saveSpendCsv: call<{ readonly rows: number } | null>()(month),

  getSettings: call<SettingsView>()(nothing),
  updateSettings: call<SettingsView>()(settingsSchema.partial()),
  /** Shows the system's folder dialog; the window never names a path itself. */
  addFolder: call<SettingsView>()(nothing),
  removeFolder: call<SettingsView>()(z.strictObject({ folderId: z.string().min(1).max(64) })),
  openFolder: call<void>()(z.strictObject({ folderId: z.string().min(1).max(64) })),
  setRelayKey: call<KeyState>()(relay.extend({ key: z.string().min(1).max(2048), sessionOnly: z.boolean() })),
  deleteRelayKey: call<KeyState>()(relay),
  checkRelay: call<RelayCheck>()(relay),
  /** How every relay of the settings does. */
  relayHealth: call<readonly RelayHealthView[]>()(nothing),
  /** What proving a relay's model would cost; nothing is sent. The standard model where none is named. */
  offerDiagnosis: call<DiagnosisOffer>()(diagnosed),
  /** Sends a drawn picture to a relay's model and says what it proves; it costs money. How far it is comes as diagnosisStep. */
  diagnoseRelay: call<RelayDiagnosisView>()(diagnosed),
  cancelDiagnosis: call<void>()(nothing),
  relayDiagnoses: call<readonly RelayDiagnosisView[]>()(nothing),
  /** How models fared with tiles whose true answer is known. */
  controlRates: call<readonly ControlRates[]>()(nothing),
  /** Writes a draft report of a reading's findings; by a text model where that is wanted and can be had, else by the template. */
  draftReport: call<ReportResult>()(readingId.extend({ language: z.enum(['en', 'zh-CN']), byModel: z.boolean() })),
} as const;

/** Events from the main process; they carry ids and counts only, the window asks for the rest. */
export interface Events {
  /** Readings whose row or detail changed. */
  readonly readingsChanged: { readonly readingIds: readonly string[] };
  readonly settingsChanged: Record<string, never>;
  readonly spendChanged: Record<string, never>;
  /** How far a relay's diagnosis has come; null: it has ended. */
  readonly diagnosisStep: { readonly relayId: string; readonly model: string; readonly step: DiagnosisStep | null };
  /** A menu or tray command for the window. */
  readonly navigate:
    | { readonly screen: 'queue' | 'spend' | 'settings' | 'shortcuts' }
    | { readonly screen: 'reading'; readonly readingId: string };
  /** The program is ending and waits for requests on their way; 0 when none is. */
  readonly closing: { readonly readings: number };
}

/** Name of a call. */
export type CallName = keyof typeof calls;

/** What a call takes. */
export type RequestOf<Name extends CallName> = z.infer<(typeof calls)[Name]['request']>;

/** What a call gives back. */
export type ResponseOf<Name extends CallName> = (typeof calls)[Name] extends Call<z.ZodType, infer Response> ? Response : never;

/** An error as it crosses the processes. */
export interface CallError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
}

/** Every call answers with this; a thrown error would lose all but its message. */
export type Envelope<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: CallError };

/** The main process's side: one handler per call. */
export type CallHandlers = { readonly [Name in CallName]: (request: RequestOf<Name>) => Promise<ResponseOf<Name>> };

/** The window's side as the preload exposes it under `window.lungdesk`. */
export type LungDeskApi = {
  readonly [Name in CallName]: (
    ...request: RequestOf<Name> extends undefined ? [] : [RequestOf<Name>]
  ) => Promise<Envelope<ResponseOf<Name>>>;
} & {
  /** Subscribes to an event; the returned function ends it. */
  readonly on: <Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void) => () => void;
};
