import type { CatalogueModel } from './model-catalogue.ts';
import { daysUntil, utcDay } from './utc-day.ts';

/** A model's end that is near. */
export interface ModelEnd {
  /** First UTC day on which it is no longer served, YYYY-MM-DD. */
  readonly endsOn: string;
  /** Days from today to that day; 1 is tomorrow. */
  readonly daysLeft: number;
  /** What to choose in its place; null where nothing can be. */
  readonly successor: string | null;
}

const warningDays = 30;

/** Whether a model is no longer served. */
export function isShutDown(model: Pick<CatalogueModel, 'shutdownDate'>, nowMs: number): boolean {
  return model.shutdownDate !== null && utcDay(nowMs) >= model.shutdownDate;
}

/**
 * The end of a model that ends within 30 days; null otherwise.
 *
 * @param model - With its shutdown date.
 * @param nowMs - Today.
 * @param replacement - What to choose in its place.
 */
export function endOfModel(model: Pick<CatalogueModel, 'shutdownDate'>, nowMs: number, replacement: () => string | null): ModelEnd | null {
  if (model.shutdownDate === null) return null;
  const daysLeft = daysUntil(nowMs, model.shutdownDate);
  if (daysLeft < 1 || daysLeft > warningDays) return null;
  return { endsOn: model.shutdownDate, daysLeft, successor: replacement() };
}

/**
 * A model's successor, its successor's successor, and so on.
 *
 * @param model - Where to begin; not part of the result.
 * @param findModel - Of the catalogue.
 */
export function successors(model: CatalogueModel, findModel: (id: string) => CatalogueModel | null): readonly CatalogueModel[] {
  const chain: CatalogueModel[] = [];
  let next = model.successor === null ? null : findModel(model.successor);
  while (next !== null && next.id !== model.id && !chain.includes(next)) {
    chain.push(next);
    next = next.successor === null ? null : findModel(next.successor);
  }
  return chain;
}
