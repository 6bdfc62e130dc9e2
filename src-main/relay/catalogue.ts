import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { namesToTry } from '../../src-shared/domain/model-names.ts';
import type { ModelOverride } from '../../src-shared/domain/model-overrides.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import type { ModelView } from '../../src-shared/domain/views.ts';
import shippedFile from '../../assets/model-catalogue.json' with { type: 'json' };
import { parseModelCatalogue } from './model-catalogue.ts';
import type { CatalogueFile, CatalogueModel } from './model-catalogue.ts';
import { endOfModel, isShutDown, successors } from './model-lifecycle.ts';
import type { ModelEnd } from './model-lifecycle.ts';
import { overriddenPrice, overrideFor, withTokenRule } from './model-overrides.ts';
import type { OverrideInForce } from './model-overrides.ts';
import { listPrice, priceInForce } from './price-rule.ts';
import type { PriceInForce } from './price-rule.ts';
import { unknownModel } from './unknown-model.ts';

/** A model as a relay's own list has it. */
export interface ListedModel {
  /** As the relay writes it. */
  readonly id: string;
  /** UTC day, YYYY-MM-DD, where the relay says so. */
  readonly shutdownDate: string | null;
}

/** The models LungDesk knows, and how to treat those it does not. */
export interface ModelCatalogue {
  /** Day the file was checked, YYYY-MM-DD. */
  readonly date: string;
  /** Known model behind a relay's way of writing its name (prefix, date, variant suffix); null when unknown. */
  findModel(id: string): CatalogueModel | null;
  /** Like findModel, but an unknown name gets a row with a generous forecast and no price. */
  modelOrUnknown(id: string): CatalogueModel;
  /**
   * What a request pays, integer micro-USD per million tokens; null when nobody knows. Of a model that has ended and whose
   * requests another one silently answers, it is that one's price.
   *
   * @param promptTokens - The request's whole input, cached or not.
   * @param relayPercent - What the relay takes of every list price, percent; an override for the model goes before it.
   */
  priceAt(id: string, nowMs: number, promptTokens: number, relayPercent?: number): PriceInForce | null;
  /** Why a model cannot be chosen; null when it can. Practice models work on the practice relay only. */
  refusal(id: string, nowMs: number, practice: boolean): ErrorCode | null;
  /** What to choose in place of a model: the first of its successors that can be chosen, else the default; null for none. */
  replacement(id: string, nowMs: number, practice: boolean): string | null;
  /** When a model ends, from 30 days before; null while it is further off, afterwards, and when nobody knows. */
  endsSoon(id: string, nowMs: number): ModelEnd | null;
  /** Models as the settings screen shows them. @param relayPercent - As for priceAt. */
  modelViews(nowMs: number, practice: boolean, relayPercent?: number): readonly ModelView[];
  /** Default models for routine and for high-priority readings. */
  defaults(practice: boolean): { readonly standard: string; readonly accurate: string };
  /** Names of the token rules that an override can choose. */
  readonly tokenRuleNames: readonly string[];
  /** The same catalogue as it holds for one relay: with the clinic's overrides, and the shutdown dates of the relay's own list. */
  forRelay(relayId: string, listed?: readonly ListedModel[]): ModelCatalogue;
}

/** The catalogue that ships with the program (assets/model-catalogue.json). */
export function shippedCatalogue(overrides: readonly ModelOverride[] = []): ModelCatalogue {
  return createCatalogue(parseModelCatalogue(shippedFile), overrides);
}

/**
 * A catalogue that is always the one in force: the clinic's overrides change while the program runs.
 *
 * @param current - The one in force.
 */
export function catalogueInForce(current: () => ModelCatalogue): ModelCatalogue {
  return {
    get date() { return current().date; },
    get tokenRuleNames() { return current().tokenRuleNames; },
    findModel: (id) => current().findModel(id),
    modelOrUnknown: (id) => current().modelOrUnknown(id),
    priceAt: (...question) => current().priceAt(...question),
    refusal: (...question) => current().refusal(...question),
    replacement: (...question) => current().replacement(...question),
    endsSoon: (...question) => current().endsSoon(...question),
    modelViews: (...question) => current().modelViews(...question),
    defaults: (practice) => current().defaults(practice),
    forRelay: (...relay) => current().forRelay(...relay),
  };
}

/**
 * Answers questions about a catalogue file.
 *
 * @param file - Parsed by parseModelCatalogue.
 * @param overrides - Of the clinic; they count in the catalogue of their relay (forRelay).
 */
export function createCatalogue(file: CatalogueFile, overrides: readonly ModelOverride[] = []): ModelCatalogue {
  return catalogueOf({ file, overrides, relayId: null, listed: [] });
}

interface CatalogueParts {
  readonly file: CatalogueFile;
  readonly overrides: readonly ModelOverride[];
  readonly relayId: string | null;
  readonly listed: readonly ListedModel[];
}

function catalogueOf({ file, overrides, relayId, listed }: CatalogueParts): ModelCatalogue {
  const known = new Map(file.models.map((model) => [model.id, model]));
  function knownModel(id: string): CatalogueModel | null {
    for (const name of namesToTry(id)) {
      const model = known.get(name);
      // A practice model is only ever meant by its exact name.
      if (model !== undefined && (!model.practice || model.id === id)) return model;
    }
    return null;
  }
  const nameOf = (id: string): string => knownModel(id)?.id ?? id.trim().toLowerCase();
  const overrideOf = (id: string): OverrideInForce => overrideFor(overrides, relayId, id, nameOf);
  const models = file.models.map((model) => ({ ...withTokenRule(model, overrideOf(model.id), file.tokenRules), shutdownDate: earliest(model.shutdownDate, datesOf(model.id)) }));
  const byId = new Map(models.map((model) => [model.id, model]));
  function datesOf(id: string): readonly (string | null)[] {
    return listed.filter((entry) => nameOf(entry.id) === id).map((entry) => entry.shutdownDate);
  }
  const findModel = (id: string): CatalogueModel | null => byId.get(knownModel(id)?.id ?? '') ?? null;
  function modelOrUnknown(id: string): CatalogueModel {
    const unknown = (): CatalogueModel => ({ ...withTokenRule(unknownModel(id), overrideOf(id), file.tokenRules), shutdownDate: earliest(null, datesOf(nameOf(id))) });
    return findModel(id) ?? unknown();
  }
  function refusal(id: string, nowMs: number, practice: boolean): ErrorCode | null {
    const model = modelOrUnknown(id);
    if (model.practice !== practice) return 'relay-model-unknown';
    if (!model.vision) return 'model-without-vision';
    if (isShutDown(model, nowMs)) return 'model-retired';
    return overrideOf(id).choice === 'deny' ? 'model-denied' : null;
  }
  function priceAt(id: string, nowMs: number, promptTokens: number, relayPercent = 100): PriceInForce | null {
    const model = modelOrUnknown(id);
    const stand = model.retiredSilentlyTo !== null && isShutDown(model, nowMs) ? (findModel(model.retiredSilentlyTo) ?? model) : model;
    const price = priceInForce(`catalogue:${file.date}:${stand.id}`, stand.prices, nowMs, promptTokens);
    return overriddenPrice(price, overrideOf(id), relayPercent, nameOf(id));
  }
  const defaults = (practice: boolean): CatalogueFile['defaults']['relay'] => (practice ? file.defaults.practice : file.defaults.relay);
  function replacement(id: string, nowMs: number, practice: boolean): string | null {
    const { standard, accurate } = defaults(practice);
    const chain = successors(modelOrUnknown(id), findModel).map((model) => model.id);
    return [...chain, standard, accurate].find((next) => nameOf(next) !== nameOf(id) && refusal(next, nowMs, practice) === null) ?? null;
  }
  function endsSoon(id: string, nowMs: number): ModelEnd | null {
    const model = modelOrUnknown(id);
    return endOfModel(model, nowMs, () => replacement(id, nowMs, model.practice));
  }
  function view(model: CatalogueModel, nowMs: number, practice: boolean, relayPercent: number): ModelView {
    const price = priceAt(model.id, nowMs, 0, relayPercent);
    const notSelectableReason = refusal(model.id, nowMs, practice);
    return {
      id: model.id,
      title: model.title,
      vision: model.vision,
      inputMicroUsdPerMillion: price === null ? null : microUsd(price.input),
      outputMicroUsdPerMillion: price === null ? null : microUsd(price.output),
      listPrice: listPrice(model.prices, nowMs),
      shutdownDate: model.shutdownDate,
      retired: isShutDown(model, nowMs),
      successor: model.successor,
      practice: model.practice,
      notSelectableReason,
      chooseInstead: notSelectableReason === null ? null : replacement(model.id, nowMs, practice),
      endsSoon: endsSoon(model.id, nowMs),
    };
  }
  return {
    date: file.date,
    findModel,
    modelOrUnknown,
    priceAt,
    refusal,
    replacement,
    endsSoon,
    modelViews: (nowMs, practice, relayPercent = 100) =>
      models.filter((model) => model.listed && model.practice === practice).map((model) => view(model, nowMs, practice, relayPercent)),
    defaults,
    tokenRuleNames: Object.keys(file.tokenRules),
    forRelay: (id, list = []) => catalogueOf({ file, overrides, relayId: id, listed: list }),
  };
}

function earliest(date: string | null, others: readonly (string | null)[]): string | null {
  return [date, ...others].filter((one) => one !== null).sort()[0] ?? null;
}
