import type { ModelOverride } from '../../src-shared/domain/model-overrides.ts';
import type { CatalogueFile, CatalogueModel } from './model-catalogue.ts';
import { multipliedPrice, typedPrice } from './price-rule.ts';
import type { PriceInForce } from './price-rule.ts';

/** What a clinic's settings say about one model on one relay, all of them put together. */
export type OverrideInForce = Pick<ModelOverride, 'price' | 'multiplierPercent' | 'choice' | 'tokenRule'>;

/**
 * Puts together what holds for a model on a relay: what is said of the model goes before what is said of all models.
 *
 * @param overrides - Of all relays.
 * @param relayId - Of the relay in the settings; null for none, then nothing is overridden.
 * @param model - Catalogue's name, or the relay's where the catalogue does not know it.
 * @param nameOf - Catalogue's name of what an override calls a model.
 */
export function overrideFor(overrides: readonly ModelOverride[], relayId: string | null, model: string, nameOf: (id: string) => string): OverrideInForce {
  const ofRelay = overrides.filter((override) => override.relayId === relayId);
  const last = <Field extends keyof OverrideInForce>(field: Field, rows: readonly ModelOverride[]): ModelOverride[Field] | null =>
    rows.findLast((row) => row[field] !== null)?.[field] ?? null;
  const ofModel = ofRelay.filter((override) => override.model !== null && nameOf(override.model) === nameOf(model));
  const ofAll = ofRelay.filter((override) => override.model === null);
  return {
    price: last('price', ofModel) ?? last('price', ofAll),
    multiplierPercent: last('multiplierPercent', ofModel) ?? last('multiplierPercent', ofAll),
    choice: last('choice', ofModel) ?? last('choice', ofAll),
    tokenRule: last('tokenRule', ofModel) ?? last('tokenRule', ofAll),
  };
}

/**
 * A model with the token rule that a clinic chose for it.
 *
 * @param model - As the catalogue has it.
 * @param override - In force; a rule that the catalogue no longer has changes nothing.
 * @param rules - The catalogue's.
 */
export function withTokenRule(model: CatalogueModel, override: OverrideInForce, rules: CatalogueFile['tokenRules']): CatalogueModel {
  const tokenRule = override.tokenRule === null || !Object.hasOwn(rules, override.tokenRule) ? undefined : rules[override.tokenRule];
  return tokenRule === undefined ? model : { ...model, tokenRule };
}

/**
 * The price that a clinic's settings make of the list price.
 *
 * @param listed - Null where nobody knows it.
 * @param override - In force.
 * @param relayPercent - What the relay takes of every list price, percent.
 * @param model - Catalogue's or the relay's name.
 */
export function overriddenPrice(listed: PriceInForce | null, override: OverrideInForce, relayPercent: number, model: string): PriceInForce | null {
  if (override.price !== null) return typedPrice(model, override.price);
  return listed === null ? null : multipliedPrice(listed, override.multiplierPercent ?? relayPercent);
}
