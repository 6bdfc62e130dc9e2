import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { HoldReason } from '../../src-shared/domain/reading.ts';
import type { FallbackWay } from '../../src-shared/domain/relay-setting.ts';

/** A way that is not to be tried again, and why. */
export interface GivenUpWay extends FallbackWay {
  /** 'relay': no model of the relay is to be tried. */
  readonly scope: 'relay' | 'model';
  readonly code: ErrorCode;
  readonly hold: HoldReason | null;
}

/**
 * Ways that requests for a model may take, the preferred one first: the model itself on every relay in the clinic's order,
 * then what the clinic allows to stand in. No other model and no other relay is ever asked.
 *
 * @param model - Chosen for the reading.
 * @param relayIds - Relays that can be used: set up, with a key, images confirmed; in order of preference.
 * @param allowedFallbacks - From the settings, in order.
 */
export function waysFor(model: string, relayIds: readonly string[], allowedFallbacks: readonly FallbackWay[]): readonly FallbackWay[] {
  const ways = [...relayIds.map((relayId) => ({ relayId, model })), ...allowedFallbacks.filter(({ relayId }) => relayIds.includes(relayId))];
  return ways.filter((way, index) => ways.findIndex((other) => other.relayId === way.relayId && other.model === way.model) === index);
}

/**
 * The first way that has not been given up.
 *
 * @param ways - In order.
 * @param givenUp - For the rest of the reading.
 * @returns null when none is left: then the reason for which the first way was given up holds the reading.
 */
export function nextWay(ways: readonly FallbackWay[], givenUp: readonly GivenUpWay[]): FallbackWay | null {
  return ways.find((way) => !givenUp.some((one) => isCovered(way, one))) ?? null;
}

/**
 * Why a way was given up.
 *
 * @param way - A relay and a model.
 * @param givenUp - Of the reading.
 */
export function reasonFor(way: FallbackWay, givenUp: readonly GivenUpWay[]): GivenUpWay | null {
  return givenUp.find((one) => isCovered(way, one)) ?? null;
}

function isCovered(way: FallbackWay, one: GivenUpWay): boolean {
  return one.relayId === way.relayId && (one.scope === 'relay' || one.model === way.model);
}
