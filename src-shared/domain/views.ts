import type { ReaderAgreement } from './agreement.ts';
import type { Cost, AttemptState, CostSource } from './attempt.ts';
import type { CandidateSearch, LungPlace, NoduleCandidate, NoduleSizing } from './candidate.ts';
import type { ErrorCode, Problem } from './errors.ts';
import type { Finding } from './finding.ts';
import type { ImageAffine } from './image-affine.ts';
import type { LungOutline } from './lungs.ts';
import type { Priority } from './priority.ts';
import type { Coverage, HoldReason, ModelUse, ReadingPlan, ReadingState, ReadingStatus, TileState, UnreadRange, Verification } from './reading.ts';
import type { PlanForecast, PlanNote, PlannedTile, ReadingMode, RequestPurpose } from './request-plan.ts';
import type { KeyState, ModelView } from './relay-views.ts';
import type { Settings } from './settings.ts';
import type { TileRegion } from './tile-answer.ts';
import type { EpochMs, MicroUsd } from './units.ts';

export type { ControlRates, KeyState, ListPriceView, ModelView, OfferedModel, RelayCheck, RelayHealthView } from './relay-views.ts';

/** One row of the queue. Patient fields stay on this machine. */
export interface QueueRow {
  readonly readingId: string;
  readonly revision: number;
  readonly patientName: string | null;
  readonly patientId: string | null;
  readonly studyDate: string | null;
  readonly studyDescription: string | null;
  readonly modality: string | null;
  readonly sliceCount: number;
  readonly state: ReadingState;
  /** Null while the reading is still on its way. */
  readonly status: ReadingStatus | null;
  readonly heldFor: HoldReason | null;
  readonly reason: ErrorCode | null;
  readonly priority: Priority;
  readonly highPriority: boolean;
  readonly findingCount: number;
  readonly coverage: Coverage;
  readonly plan: ReadingPlan;
  /** Places the device found; null: not searched yet. */
  readonly candidateCount: number | null;
  /** Null: not searched yet. */
  readonly searchState: CandidateSearch['state'] | null;
  /** How far the device's search is, 0..1; null while none runs. */
  readonly searchProgress: number | null;
  /** Progress of the stage it is in: slices while arriving and preparing, requests while reading. */
  readonly stageDone: number;
  readonly stageTotal: number;
  readonly quietMs: number | null;
  readonly quietNeededMs: number | null;
  readonly cost: Cost;
  readonly practice: boolean;
  readonly receivedAt: EpochMs;
  readonly updatedAt: EpochMs;
}

/** A series of the exam and why it was read or not. */
export interface SeriesView {
  readonly seriesNumber: number | null;
  readonly seriesDescription: string | null;
  readonly modality: string;
  readonly transferSyntaxUid: string;
  readonly instanceCount: number;
  readonly chosen: boolean;
  readonly rejectionText: string | null;
}

/** One slice of the chosen series as the exam screen shows it. Paths are of LungDesk's own protocol, with random tokens. */
export interface SliceView {
  readonly index: number;
  readonly sopInstanceUid: string;
  readonly instanceNumber: number | null;
  readonly positionMm: number;
  readonly tileState: TileState;
  readonly reason: ErrorCode | null;
  /** CT numbers in HU, Int16 little endian, rows x columns. */
  readonly pixelsPath: string;
}

/** A numbered tile as people see it: what it shows, and what was answered. */
export interface TileView extends Pick<PlannedTile, 'number' | 'role' | 'sliceIndices' | 'side' | 'candidateRank'> {
  readonly state: TileState;
  readonly reason: ErrorCode | null;
  /** What the model saw on it; null without a valid answer. */
  readonly regions: readonly TileRegion[] | null;
  /** Where it lies on its picture, around all its panels, pixels. */
  readonly box: TileBoxView;
}

/** A rectangle of a request's picture, pixels. */
export interface TileBoxView {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/** A picture exactly as it was or will be sent. */
export interface RequestPictureView {
  /** PNG of LungDesk's own protocol, with a random token. */
  readonly path: string;
  readonly columns: number;
  readonly rows: number;
  readonly tiles: readonly TileView[];
}

/** One request of the reading's plan with the state of its latest attempt. */
export interface RequestView {
  readonly ordinal: number;
  readonly purpose: RequestPurpose;
  readonly mirrored: boolean;
  /** 0: the first reader, 1: the second, 2: the one who is asked where they differ. */
  readonly reader: 0 | 1 | 2;
  readonly model: string;
  /** The model has passed a diagnosis on its relay, or practises: only then what it says is drawn onto pictures. */
  readonly trusted: boolean;
  readonly pictures: readonly RequestPictureView[];
  /** The words that go with the pictures, exactly; null for requests of earlier versions. */
  readonly promptText: string | null;
  readonly fromIndex: number;
  readonly toIndex: number;
  readonly tileCount: number;
  readonly state: 'waiting' | 'sending' | 'retrying' | 'done' | 'failed';
  readonly attempts: readonly AttemptView[];
}

/** One attempt as people see it. */
export interface AttemptView {
  readonly id: string;
  readonly relayName: string;
  readonly modelRequested: string;
  readonly modelServed: string | null;
  readonly state: AttemptState;
  readonly reservedAt: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly httpStatus: number | null;
  readonly outcome: ErrorCode | 'ok' | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: MicroUsd | null;
  readonly maxCostMicroUsd: MicroUsd;
  readonly costSource: CostSource;
}

/** A step on the reading's way. */
export interface TransitionView {
  readonly at: EpochMs;
  readonly from: ReadingState | null;
  readonly to: ReadingState;
  readonly reason: string | null;
}

/** What a model said of a candidate. */
export interface CandidateOpinion {
  readonly model: string;
  /** As in RequestView. */
  readonly trusted: boolean;
  readonly reader: 0 | 1 | 2;
  /** Empty: nothing focal seen. */
  readonly regions: readonly TileRegion[];
}

/** A place the device found, with its pictures. */
export interface CandidateView extends NoduleCandidate {
  /** Of models that were asked and answered; none takes the candidate away. */
  readonly opinions: readonly CandidateOpinion[];
  /** PNGs of LungDesk's own protocol, with random tokens; null where they could not be made or are not there yet. */
  readonly pictures: { readonly axialPath: string; readonly coronalPath: string; readonly sagittalPath: string } | null;
  /** What each picture shows of the patient, mm along each edge; the candidate's centre is in the middle. */
  readonly pictureFieldMm: number;
}

/** What the device measured where a reader clicked. */
export interface SizedPlace {
  readonly sizing: NoduleSizing;
  readonly place: LungPlace;
}

/** Everything the exam screen shows. */
export interface ReadingDetail {
  readonly row: QueueRow;
  readonly series: readonly SeriesView[];
  readonly rows: number;
  readonly columns: number;
  readonly pixelSpacing: readonly [row: number, column: number];
  readonly spacingBetweenSlicesMm: number | null;
  /** Affine of each slice's pixels differs only by its origin; this one is slice 0's. */
  readonly affine: ImageAffine | null;
  readonly slices: readonly SliceView[];
  readonly unreadRanges: readonly UnreadRange[];
  /** As in ReadingDocument. */
  readonly lungs: LungOutline | null;
  readonly plan: ReadingPlan;
  /** The device's own search; null before it began. */
  readonly search: CandidateSearch | null;
  /** What the device found, best first; no model and no reader has judged it. */
  readonly candidates: readonly CandidateView[];
  readonly findings: readonly Finding[];
  readonly requests: readonly RequestView[];
  readonly transitions: readonly TransitionView[];
  readonly models: readonly ModelUse[];
  readonly problems: readonly Problem[];
  readonly mode: ReadingMode;
  /** Of what was last planned to be sent; null before. */
  readonly forecast: PlanForecast | null;
  readonly planNotes: readonly PlanNote[];
  readonly verification: Verification | null;
  /** Null where no second reader answered. */
  readonly agreement: ReaderAgreement | null;
  /** Attribution line to show with a public sample exam. */
  readonly attribution: string | null;
}

/** Spend of one calendar month. */
export interface SpendMonth {
  readonly month: string;
  readonly timeZone: string;
  readonly total: Cost;
  readonly attemptCount: number;
  readonly budgetMicroUsd: MicroUsd | null;
  readonly byModel: readonly SpendByModel[];
  readonly byReading: readonly SpendByReading[];
  readonly byDay: readonly SpendByDay[];
  /** Months that have attempts, newest first. */
  readonly months: readonly string[];
  /** Attempts that may be owed for and whose price nobody knows; their cost is in no sum. */
  readonly unpricedAttempts: number;
}

/** Month total of one model, as served (as requested where nothing was served). */
export interface SpendByModel {
  readonly model: string;
  readonly relayName: string;
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: Cost;
  /** Attempts that may be owed for and whose price nobody knows; their cost is in no sum. */
  readonly unpricedAttempts: number;
}

/** Month total of one exam. */
export interface SpendByReading {
  readonly readingId: string | null;
  readonly label: string;
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: Cost;
  /** Attempts that may be owed for and whose price nobody knows; their cost is in no sum. */
  readonly unpricedAttempts: number;
}

/** Day total of one model; `day` is YYYY-MM-DD in the billing zone. */
export interface SpendByDay {
  readonly day: string;
  readonly model: string;
  readonly cost: Cost;
}

/** A folder LungDesk watches. */
export interface WatchedFolder {
  readonly id: string;
  readonly path: string;
  readonly state: 'watching' | 'unreachable';
  readonly ignoredCount: number;
}

/** Settings with what goes with them on the settings screen. */
export interface SettingsView {
  readonly settings: Settings;
  readonly folders: readonly WatchedFolder[];
  readonly key: KeyState;
  /** True while readings go to the built-in practice relay because no key is set. */
  readonly practice: boolean;
  readonly relayHost: string;
  readonly models: readonly ModelView[];
  readonly standardModel: string;
  readonly accurateModel: string;
}

/** One line of the doctor's report. */
export interface DoctorCheck {
  readonly name: 'runtime' | 'display' | 'keychain' | 'codecs' | 'database' | 'relay';
  readonly state: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** What the person can do; null when nothing is needed. */
  readonly advice: string | null;
}

/** Facts about the running program for the About box and the status bar. */
export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly standIn: boolean;
  readonly locale: string;
  readonly dataFolder: string;
}
