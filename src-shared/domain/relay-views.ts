import type { ErrorCode } from './errors.ts';
import type { EpochMs, MicroUsd } from './units.ts';

/** State of the key for the relay, without the key. */
export interface KeyState {
  readonly state: 'none' | 'stored' | 'session-only' | 'locked' | 'unavailable';
  readonly lastFour: string | null;
  readonly keychain: 'ok' | 'locked' | 'unavailable' | 'timeout' | 'unknown';
}

/** Answer of the relay's free model list, and what it means. */
export interface RelayCheck {
  readonly state: 'ok' | 'unreachable' | 'unauthorised' | 'portal' | 'tls' | 'proxy' | 'refused' | 'practice';
  readonly host: string;
  readonly models: readonly OfferedModel[];
  readonly message: string;
}

/** A model on a relay's own list. */
export interface OfferedModel {
  readonly id: string;
  /** Last day, YYYY-MM-DD, where the relay says so. */
  readonly shutdownDate: string | null;
}

/** How one relay of the settings does, as far as LungDesk knows since it was started. */
export interface RelayHealthView {
  /** Id in the settings. */
  readonly relayId: string;
  /** Name or, where it has none, host. */
  readonly title: string;
  readonly host: string;
  readonly key: KeyState;
  /** A person has agreed to send images to its host. */
  readonly confirmed: boolean;
  /** Last look at its model list; null before the first. */
  readonly check: { readonly state: RelayCheck['state']; readonly at: EpochMs } | null;
  /** Time that the latest answers took until they were whole, median, ms; null before any. */
  readonly latencyMs: number | null;
  /** Requests on their way, and how many there may be now: fewer after the relay asked to slow down. */
  readonly requestsInFlight: number;
  readonly limit: number;
  /** Models that failed too often in a row: nothing is sent before a cheap test request succeeds. Empty: all is well. */
  readonly paused: readonly { readonly model: string; readonly state: 'open' | 'half-open'; readonly nextTryAt: EpochMs }[];
}

/** What a model's maker charges, micro-USD per million tokens. */
export interface ListPriceView {
  readonly input: MicroUsd;
  readonly cachedInput: MicroUsd;
  /** Null where writing to the cache costs what input costs. */
  readonly cacheWrite: MicroUsd | null;
  readonly output: MicroUsd;
  /** First UTC day on which it held, and the first on which it will not (YYYY-MM-DD; null: not known). */
  readonly effectiveFrom: string;
  readonly validTo: string | null;
  /** Prices of the whole request where its prompt is longer, shortest prompt first. */
  readonly tiers: readonly { readonly abovePromptTokens: number; readonly input: MicroUsd; readonly output: MicroUsd }[];
  /** Dearer hours: days of the week (0 is Sunday) and spans of whole hours from..before, UTC. */
  readonly peak: {
    readonly days: readonly number[];
    readonly hoursUtc: readonly (readonly [from: number, before: number])[];
    readonly multiplierPercent: number;
    readonly isNow: boolean;
  } | null;
}

/** One model of the catalogue, as it holds for the relay in use. */
export interface ModelView {
  readonly id: string;
  readonly title: string;
  readonly vision: boolean;
  /** What a short prompt costs there now: with the clinic's own price, the relay's share of the list price, and the hour. */
  readonly inputMicroUsdPerMillion: MicroUsd | null;
  readonly outputMicroUsdPerMillion: MicroUsd | null;
  /** Null where nobody knows. */
  readonly listPrice: ListPriceView | null;
  readonly shutdownDate: string | null;
  readonly retired: boolean;
  readonly successor: string | null;
  readonly practice: boolean;
  /** Null when it can be chosen; otherwise why not. */
  readonly notSelectableReason: ErrorCode | null;
  /** Model to choose in place of one that cannot be chosen. */
  readonly chooseInstead: string | null;
  /** From 30 days before its end: the first UTC day without it (YYYY-MM-DD), the days left, and what to choose then. */
  readonly endsSoon: { readonly endsOn: string; readonly daysLeft: number; readonly successor: string | null } | null;
}

/** How a model fared with control tiles: normal lung that it should pass over, and drawn nodules that it should mark. */
export interface ControlRates {
  readonly model: string;
  readonly blanks: number;
  readonly blanksCalledPositive: number;
  readonly nodules: number;
  readonly nodulesFound: number;
}
