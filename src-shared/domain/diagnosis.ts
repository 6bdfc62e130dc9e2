import type { Cost } from './attempt.ts';
import type { ErrorCode } from './errors.ts';
import type { EpochMs, MicroUsd } from './units.ts';

/**
 * What a diagnosis looks at, in the order in which it is shown.
 *
 * connection: an answer came. identity: of the model that was asked. code: the request's code came back. json: in which form of
 * asking it answers. vision: it sees what was drawn. numbers: under the numbers that were drawn. brightness: it tells bright from
 * faint. usage: tokens are reported. image-tokens: as many as its rule says. detail: the level of detail changes them. latency.
 */
export const diagnosisCheckNames = [
  'connection', 'identity', 'code', 'json', 'vision', 'numbers', 'brightness', 'usage', 'image-tokens', 'detail', 'latency',
] as const;

/** See diagnosisCheckNames. */
export type DiagnosisCheckName = (typeof diagnosisCheckNames)[number];

/** What a check found; failures that have an error code of their own go by that. */
export const diagnosisCodes = [
  'ok',
  'not-reached', // Something before it failed.
  'model-unnamed', // The answer names no model.
  'model-rerouted', // The model has ended, and the one that is known to stand in answered.
  'model-other-name', // A name that the catalogue does not know answered for one that it does, or the other way round.
  'model-other', // Another model of the catalogue answered.
  'code-wrong', // The answer is to another request.
  'json-lower-form', // The relay does not take the strictest form of asking that the model is known for.
  'json-prompt-only', // No form of asking is taken: only the words ask for JSON.
  'json-mended', // The JSON had faults that could be mended.
  'vision-partly', // One tile was miscounted or not made out.
  'vision-wrong', // What it says is not what was drawn.
  'numbers-missing', // A number was left out, or came twice.
  'numbers-mixed-up', // It saw the discs, but under other numbers.
  'numbers-foreign', // It named numbers that were not drawn.
  'brightness-partly', // Some discs were called bright that are faint, or the other way round.
  'usage-missing', // No usage, or one that cannot be true: costs are then booked at their forecast.
  'usage-made-up', // The relay counts a picture flat, whatever its size: its usage is an estimate of its own.
  'image-tokens-differ', // More than a fifth away from the model's published rule.
  'no-published-rule', // Nobody has published how the model counts pictures.
  'no-detail-levels', // The model has none that are charged differently.
  'detail-ignored', // Another level of detail was charged the same.
  'detail-other', // Another level of detail was charged, but not as published.
  'slow', // The answer took longer than many relays wait.
] as const;

/** See diagnosisCodes. */
export type DiagnosisCode = (typeof diagnosisCodes)[number];

/** One line of a diagnosis. */
export interface DiagnosisCheck {
  readonly name: DiagnosisCheckName;
  readonly state: 'passed' | 'doubt' | 'failed' | 'not-checked';
  readonly code: DiagnosisCode | ErrorCode;
  /** What was expected and what was found: a number or a name, fit to be shown; null where there is nothing to compare. */
  readonly expected: string | null;
  readonly found: string | null;
}

/** What a diagnosis is going to take. */
export interface DiagnosisForecast {
  /** Answered requests at most. */
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where nobody knows the price. */
  readonly costMicroUsd: { readonly expected: MicroUsd; readonly high: MicroUsd } | null;
}

/** Whom a diagnosis would be about, and what it would take. */
export interface DiagnosisOffer {
  readonly relayId: string;
  readonly relayName: string;
  readonly model: string;
  readonly forecast: DiagnosisForecast;
}

/** What a drawn picture, sent as a reading's pictures are, proved of a relay's model. */
export interface RelayDiagnosis {
  /** Id in the settings; 'practice' for the one built in. */
  readonly relayId: string;
  readonly relayName: string;
  /** As it was asked for. */
  readonly model: string;
  readonly modelServed: string | null;
  readonly at: EpochMs;
  /** Of the words of requests. */
  readonly promptVersion: string;
  readonly state: 'passed' | 'passed-with-doubts' | 'failed';
  /** One of each name. */
  readonly checks: readonly DiagnosisCheck[];
  /** HTTP requests it took; each has its row in the ledger. */
  readonly requests: number;
  readonly forecast: DiagnosisForecast;
  readonly cost: Cost;
  /** Requests whose price nobody knows; they are not in the cost. */
  readonly unpricedAttempts: number;
}

/** A stored diagnosis as it counts now. */
export interface RelayDiagnosisView extends RelayDiagnosis {
  /** Older than 30 days, or of other words than those sent now. */
  readonly outOfDate: boolean;
}

/** How far a diagnosis has come. */
export type DiagnosisStep = 'drawing' | 'asking' | 'asking-plainer' | 'asking-other-detail';

const lastsMs = 30 * 24 * 3_600_000;

/**
 * Whether a diagnosis has to be made anew: models, relays and the words of requests change.
 *
 * @param diagnosis - When and with which words it was made.
 * @param nowMs - Epoch, ms.
 * @param promptVersion - Of the words that are sent now.
 */
export function isOutOfDate(diagnosis: Pick<RelayDiagnosis, 'at' | 'promptVersion'>, nowMs: number, promptVersion: string): boolean {
  return nowMs - diagnosis.at > lastsMs || diagnosis.promptVersion !== promptVersion;
}
