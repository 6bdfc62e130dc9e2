import shippedFile from '../../assets/model-catalogue.json' with { type: 'json' };
import { costOf } from '../../src-main/ledger/cost.ts';
import type { TokenPrice } from '../../src-main/ledger/cost.ts';
import type { ReadingPlanned } from '../../src-main/reading/plan/plan-input.ts';
import { planReading } from '../../src-main/reading/plan/plan-reading.ts';
import { shippedCatalogue } from '../../src-main/relay/catalogue.ts';
import { imageTokens } from '../../src-main/relay/image-tokens.ts';
import type { CatalogueModel } from '../../src-main/relay/model-catalogue.ts';
import type { ReadingMode } from '../../src-shared/domain/request-plan.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { chestCtProfile } from '../helpers/chest-ct-profile.ts';
import type { ExamToPlan } from './relay-exam.ts';

/** A request of the published pipeline: one 512 x 512 picture, its prompt and what it counts on in return (facts/relay.md 1.4). */
const referenceRequest = { side: 512, textTokens: 260, outputTokens: 200 } as const;

const catalogue = shippedCatalogue();
/** The day on which the catalogue was checked, at noon UTC: outside of all dearer hours. */
export const pricedAt = `${catalogue.date}T12:00:00Z`;

/** Tokens and money; null where nobody knows the price. */
export interface Cost {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly microUsd: number | null;
}

/** What an exam costs with one model. */
export interface ModelCosts {
  readonly model: CatalogueModel;
  /** Of the series. */
  readonly slices: number;
  readonly reference: Cost;
  readonly modes: Readonly<Record<ReadingMode, Cost>>;
  readonly both: ReadingPlanned;
}

/**
 * Vision models of the catalogue that a clinic could choose, practice left out.
 *
 * Reasoning is left out on both sides: the published pipeline would pay it once a slice.
 */
export function modelsToPrice(): readonly CatalogueModel[] {
  return shippedFile.models.flatMap(({ id, vision, practice }) => {
    if (!vision || practice) return [];
    const model = catalogue.modelOrUnknown(id);
    return [{ ...model, parameters: { ...model.parameters, reasoningAllowanceTokens: 0 } }];
  });
}

/**
 * Plans an exam in every mode and prices it, beside the published pipeline.
 *
 * @param exam - As the planner gets it.
 * @param model - From modelsToPrice.
 */
export function costsOf(exam: ExamToPlan, model: CatalogueModel): ModelCosts {
  const priceFor = (tokens: number): TokenPrice | null => priceOf(model.id, tokens);
  const plan = (mode: ReadingMode): ReadingPlanned => planReading({
    ...exam, mode, model, priceFor, profile: chestCtProfile(), budgetMicroUsd: null, seed: 1, mirrored: false, imagesPerRequest: defaultSettings.imagesPerRequest,
  });
  const both = plan('sweep-and-verify');
  return {
    model, both, slices: exam.exam.slices.length, reference: referenceCost(exam.exam.slices.length, model),
    modes: { slices: costOfPlan(plan('slices')), sweep: costOfPlan(plan('sweep')), verify: costOfPlan(plan('verify')), 'sweep-and-verify': costOfPlan(both) },
  };
}

function referenceCost(slices: number, { id, tokenRule, parameters }: CatalogueModel): Cost {
  const { side, textTokens, outputTokens } = referenceRequest;
  const inputTokens = imageTokens(tokenRule, side, side, parameters.imageDetail).expected + textTokens;
  const price = priceOf(id, inputTokens);
  const one = price === null ? null : costOf({ inputTokens, cachedInputTokens: 0, outputTokens }, price);
  return { inputTokens: slices * inputTokens, outputTokens: slices * outputTokens, microUsd: one === null ? null : slices * one };
}

function costOfPlan({ forecast: { inputTokens, outputTokens, costMicroUsd } }: ReadingPlanned): Cost {
  return { inputTokens: inputTokens.expected, outputTokens: outputTokens.expected, microUsd: costMicroUsd?.expected ?? null };
}

function priceOf(id: string, tokens: number): TokenPrice | null {
  const price = catalogue.priceAt(id, Date.parse(pricedAt), tokens);
  return price === null ? null : {
    inputMicroUsdPerMillion: price.input, cachedInputMicroUsdPerMillion: price.cachedInput, outputMicroUsdPerMillion: price.output,
  };
}
