import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import type { ModelView } from '../../src-shared/domain/views.ts';
import shippedFile from '../../assets/model-catalogue.json' with { type: 'json' };
import { parseModelCatalogue } from './model-catalogue.ts';
import type { CatalogueFile, CatalogueModel, CataloguePrice } from './model-catalogue.ts';

/** The models LungDesk knows, and how to treat those it does not. */
export interface ModelCatalogue {
  /** Day the file was checked, YYYY-MM-DD. */
  readonly date: string;
  /** Known model behind a relay's way of writing its name (prefix, date, variant suffix); null when unknown. */
  findModel(id: string): CatalogueModel | null;
  /** Like findModel, but an unknown name gets a row with a generous forecast and no price. */
  modelOrUnknown(id: string): CatalogueModel;
  /** Price row in force; null when nobody knows the price. */
  priceAt(id: string, nowMs: number): CataloguePrice | null;
  /** Why a model cannot be chosen; null when it can. Practice models work on the practice relay only. */
  refusal(id: string, nowMs: number, practice: boolean): ErrorCode | null;
  /** Models as the settings screen shows them. */
  modelViews(nowMs: number, practice: boolean): readonly ModelView[];
  /** Default models for routine and for high-priority readings. */
  defaults(practice: boolean): { readonly standard: string; readonly accurate: string };
}

/** The catalogue that ships with the program (assets/model-catalogue.json). */
export function shippedCatalogue(): ModelCatalogue {
  return createCatalogue(parseModelCatalogue(shippedFile));
}

/**
 * Answers questions about a catalogue file.
 *
 * @param file - Parsed by parseModelCatalogue.
 */
export function createCatalogue(file: CatalogueFile): ModelCatalogue {
  const byId = new Map(file.models.map((model) => [model.id, model]));
  function findModel(id: string): CatalogueModel | null {
    for (const name of namesToTry(id)) {
      const model = byId.get(name);
      // A practice model is only ever meant by its exact name.
      if (model !== undefined && (!model.practice || model.id === id)) return model;
    }
    return null;
  }
  function refusal(id: string, nowMs: number, practice: boolean): ErrorCode | null {
    const model = findModel(id);
    if ((model?.practice ?? false) !== practice) return 'relay-model-unknown';
    if (model === null) return null;
    if (!model.vision) return 'model-without-vision';
    return isShutDown(model, nowMs) ? 'model-retired' : null;
  }
  function priceAt(id: string, nowMs: number): CataloguePrice | null {
    const day = utcDay(nowMs);
    const prices = findModel(id)?.prices ?? [];
    // Before the first known price the first one is the best there is.
    return prices.findLast((price) => price.effectiveFrom <= day) ?? prices[0] ?? null;
  }
  function view(model: CatalogueModel, nowMs: number, practice: boolean): ModelView {
    const price = priceAt(model.id, nowMs);
    return {
      id: model.id,
      title: model.title,
      vision: model.vision,
      inputMicroUsdPerMillion: price === null ? null : microUsd(price.input),
      outputMicroUsdPerMillion: price === null ? null : microUsd(price.output),
      shutdownDate: model.shutdownDate,
      retired: isShutDown(model, nowMs),
      successor: model.successor,
      practice: model.practice,
      notSelectableReason: refusal(model.id, nowMs, practice),
    };
  }
  return {
    date: file.date,
    findModel,
    modelOrUnknown: (id) => findModel(id) ?? unknownModel(id),
    priceAt,
    refusal,
    modelViews: (nowMs, practice) => file.models.filter((model) => model.practice === practice).map((model) => view(model, nowMs, practice)),
    defaults: (practice) => (practice ? file.defaults.practice : file.defaults.relay),
  };
}

/** openai/gpt-4.1, gpt-4.1-2025-04-14, claude-sonnet-4-5-20250929, gemini-2.5-flash:free -> the catalogue's own name. */
function namesToTry(id: string): readonly string[] {
  const plain = id.trim();
  const lower = plain.toLowerCase();
  const bare = (lower.split('/').at(-1) ?? lower).replace(/:[a-z0-9-]+$/, '').replace(/@.*$/, '');
  const undated = bare.replace(/-(\d{4}-\d{2}-\d{2}|\d{8})$/, '').replace(/-(latest|preview|maas)$/, '');
  const dotted = undated.replace(/(\d)-(\d)(?=$|-)/, '$1.$2');
  return [plain, lower, bare, undated, dotted];
}

function isShutDown(model: CatalogueModel, nowMs: number): boolean {
  return model.shutdownDate !== null && utcDay(nowMs) >= model.shutdownDate;
}

function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function unknownModel(id: string): CatalogueModel {
  return {
    id,
    title: id,
    vision: true,
    practice: false,
    tokenRule: { family: 'unknown' },
    prices: [],
    shutdownDate: null,
    successor: null,
    parameters: {
      maxTokensField: 'max_tokens', temperature: null, reasoningEffort: null, reasoningAllowanceTokens: 2000, acceptsStore: false, imageDetail: null,
    },
    firstFormat: 'json-schema',
    note: '',
    sources: '',
  };
}
