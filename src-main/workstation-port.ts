import type { DiagnosisOffer, RelayDiagnosisView } from '../src-shared/domain/diagnosis.ts';
import type { ReadingDocument, ReadingPlan } from '../src-shared/domain/reading.ts';
import type { ReportResult } from '../src-shared/domain/report-draft.ts';
import type { ReadingMode } from '../src-shared/domain/request-plan.ts';
import type { Settings } from '../src-shared/domain/settings.ts';
import type {
  DoctorCheck, KeyState, QueueRow, ReadingDetail, ControlRates, RelayCheck, RelayHealthView, SettingsView, SizedPlace, SpendMonth,
} from '../src-shared/domain/views.ts';
import type { Cost } from '../src-shared/domain/attempt.ts';
import type { Events } from '../src-shared/ipc/contract.ts';

/** Bytes behind a picture path of the app's own protocol. */
export interface Picture {
  readonly contentType: 'image/png' | 'application/octet-stream';
  readonly bytes: Uint8Array;
}

/** What a headless reading can be told. */
export interface ReadFolderOptions {
  readonly model: string | null;
  readonly highPriority: boolean;
  /** Who reads; that of the settings when absent. */
  readonly plan?: ReadingPlan;
  /** How a relay's models are shown the exam; by the settings where it is not given. */
  readonly mode?: ReadingMode;
  readonly signal?: AbortSignal;
}

/** An event for the window: its name in the contract and what it carries. */
export type WorkstationEvent = {
  readonly [Name in keyof Events]: { readonly name: Name; readonly event: Events[Name] };
}[keyof Events];

/**
 * What the two entries, the window and the headless command, drive: the whole program without Electron.
 *
 * Every method rejects with an AppError that a person can act on.
 */
export interface Workstation {
  /** Starts watching the folders and goes on with readings that were interrupted. */
  start(): Promise<void>;
  /** Lets requests on their way come back (or parks them as unknown after the deadline), then closes everything. */
  stop(): Promise<void>;
  subscribe(listener: (event: WorkstationEvent) => void): () => void;

  listQueue(): Promise<readonly QueueRow[]>;
  openReading(readingId: string): Promise<ReadingDetail>;
  cancelReading(readingId: string): Promise<void>;
  resumeReading(readingId: string): Promise<void>;
  /** Ends the relay part of a reading and finishes it on the device's search alone. */
  readOnDevice(readingId: string): Promise<void>;
  /** Sends a reading that the device made alone to the relay after all. */
  readThroughRelay(readingId: string): Promise<void>;
  /** Measures a nodule where a reader points, in pixels of a slice of the read series. */
  sizeNodule(readingId: string, place: { readonly sliceIndex: number; readonly column: number; readonly row: number }): Promise<SizedPlace>;
  acceptRevision(readingId: string): Promise<void>;
  dismissRevision(readingId: string): Promise<void>;
  setHighPriority(readingId: string, highPriority: boolean): Promise<void>;
  readSampleExam(): Promise<{ readonly readingId: string }>;
  /** Reads one folder to the end; resolves also when the reading is incomplete, failed or held. One document per exam. */
  readFolder(path: string, options: ReadFolderOptions): Promise<readonly ReadingDocument[]>;
  readingDocument(readingId: string): Promise<ReadingDocument>;
  /** Bytes of a token from openReading; null for a token nobody has been given. */
  picture(token: string): Promise<Picture | null>;

  currentSpend(): Promise<{ readonly month: string; readonly cost: Cost; readonly budgetMicroUsd: number | null }>;
  spendMonth(month: string | null): Promise<SpendMonth>;
  /** The month's attempts as CSV lines, header first, each ending in CRLF; formula-safe. */
  spendCsv(month: string | null): Promise<readonly string[]>;

  settings(): Promise<SettingsView>;
  updateSettings(patch: { readonly [Key in keyof Settings]?: Settings[Key] | undefined }): Promise<SettingsView>;
  addFolder(path: string): Promise<SettingsView>;
  removeFolder(folderId: string): Promise<SettingsView>;
  folderPath(folderId: string): Promise<string | null>;
  /** Of the relay with this id, or of the one in use; so with the next two. */
  setRelayKey(key: string, sessionOnly: boolean, relayId?: string): Promise<KeyState>;
  deleteRelayKey(relayId?: string): Promise<KeyState>;
  checkRelay(relayId?: string): Promise<RelayCheck>;
  /** How every relay of the settings does. */
  relayHealth(): Promise<readonly RelayHealthView[]>;
  /** What proving a relay's model would cost; nothing is sent. Null: the relay in use, its standard model; so with the next. */
  offerDiagnosis(relayId: string | null, model: string | null): Promise<DiagnosisOffer>;
  /** Proves a relay's model with a drawn picture; it costs money. One at a time; how far it is comes as events. */
  diagnoseRelay(relayId: string | null, model: string | null, signal?: AbortSignal): Promise<RelayDiagnosisView>;
  /** Calls the diagnosis that runs off. */
  cancelDiagnosis(): Promise<void>;
  /** What was proved of every relay's models, newest first. */
  relayDiagnoses(): Promise<readonly RelayDiagnosisView[]>;
  /** The machine woke up: connections from before are dead without knowing it. */
  resumed(): Promise<void>;
  /** How models fared with tiles whose true answer is known. */
  controlRates(): Promise<readonly ControlRates[]>;
  /**
   * Drafts a report of a reading's findings.
   *
   * @param byModel - Ask a text model of the relay in use; the template stands in where it cannot be had or is rejected.
   */
  draftReport(readingId: string, language: 'en' | 'zh-CN', byModel: boolean): Promise<ReportResult>;
  runDoctor(): Promise<readonly DoctorCheck[]>;
}
