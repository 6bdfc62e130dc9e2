import type { ModelOverride } from '../../src-shared/domain/model-overrides.ts';
import type { ListedModel, ModelCatalogue } from './catalogue.ts';
import { isShutDown } from './model-lifecycle.ts';
import { overrideFor } from './model-overrides.ts';

/** What a text-only request is expected to take, and where it goes. */
export interface TextModelQuestion {
  readonly nowMs: number;
  readonly relayId: string;
  /** What the relay takes of every list price, percent. */
  readonly relayPercent: number;
  /** The relay's own list; empty where it has none, and then nothing is known to be missing. */
  readonly listed: readonly ListedModel[];
  /** Of the clinic's settings. */
  readonly overrides: readonly ModelOverride[];
  readonly inputTokens: number;
  /** Without reasoning, which is added by model. */
  readonly outputTokens: number;
}

/**
 * The cheapest model of the catalogue that can answer a text-only request on a relay: priced, with a way of asking for JSON,
 * offered by the relay as far as its list tells, not ended and not ruled out by the clinic. It need not see pictures.
 *
 * @param catalogue - Of the program; the relay's prices and dates are put in here.
 * @returns Its name as the relay wants it; null where there is none. Of two at the same price the first in the catalogue.
 */
export function cheapestTextModel(catalogue: ModelCatalogue, question: TextModelQuestion): string | null {
  const known = catalogue.forRelay(question.relayId, question.listed);
  let best: { readonly name: string; readonly cost: number } | null = null;
  for (const { id } of known.modelViews(question.nowMs, false)) {
    const name = nameOnRelay(known, id, question.listed);
    const cost = name === null || !isCapable(known, id, question) ? null : costOn(known, id, question);
    if (name !== null && cost !== null && (best === null || cost < best.cost)) best = { name, cost };
  }
  return best?.name ?? null;
}

function nameOnRelay(catalogue: ModelCatalogue, id: string, listed: readonly ListedModel[]): string | null {
  if (listed.length === 0) return id;
  return listed.find((entry) => catalogue.findModel(entry.id)?.id === id)?.id ?? null;
}

function isCapable(catalogue: ModelCatalogue, id: string, { nowMs, relayId, overrides }: TextModelQuestion): boolean {
  const model = catalogue.modelOrUnknown(id);
  const nameOf = (name: string): string => catalogue.findModel(name)?.id ?? name.trim().toLowerCase();
  // The catalogue's own refusal is about pictures.
  return model.jsonModes.length > 0 && !isShutDown(model, nowMs) && overrideFor(overrides, relayId, id, nameOf).choice !== 'deny';
}

function costOn(catalogue: ModelCatalogue, id: string, { nowMs, relayPercent, inputTokens, outputTokens }: TextModelQuestion): number | null {
  const price = catalogue.priceAt(id, nowMs, inputTokens, relayPercent);
  if (price === null) return null;
  const reasoning = catalogue.modelOrUnknown(id).parameters.reasoningAllowanceTokens / 4;
  return inputTokens * price.input + (outputTokens + reasoning) * price.output;
}
