import type { ModelOverride } from '../../../../src-shared/domain/model-overrides.ts';

/** An override that changes nothing. */
export function emptyOverride(relayId: string, model: string | null): ModelOverride {
  return { relayId, model, price: null, multiplierPercent: null, choice: null, tokenRule: null };
}

function isFor(override: ModelOverride, relayId: string, model: string | null): boolean {
  return override.relayId === relayId && override.model === model;
}

/**
 * What the clinic says of a model on a relay; of several entries the last counts.
 *
 * @param model - As the catalogue writes it; null: all models of the relay.
 */
export function overrideOf(overrides: readonly ModelOverride[], relayId: string, model: string | null): ModelOverride | null {
  return overrides.findLast((override) => isFor(override, relayId, model)) ?? null;
}

/**
 * The overrides with one of them changed; one that changes nothing any more goes.
 *
 * @param override - In the place of what was said before of the same model on the same relay.
 */
export function withOverride(overrides: readonly ModelOverride[], override: ModelOverride): ModelOverride[] {
  const others = overrides.filter((one) => !isFor(one, override.relayId, override.model));
  const saysNothing = override.price === null && override.multiplierPercent === null && override.choice === null && override.tokenRule === null;
  return saysNothing ? others : [...others, override];
}
