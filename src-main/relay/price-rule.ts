import type { TypedPrice } from '../../src-shared/domain/model-overrides.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import type { ListPriceView } from '../../src-shared/domain/views.ts';
import type { CataloguePrice } from './model-catalogue.ts';
import { utcDay } from './utc-day.ts';

/** What one request pays, integer micro-USD per million tokens; `id` names row, tier and hour, and never means another price. */
export interface PriceInForce {
  readonly id: string;
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheWrite: number;
  readonly output: number;
  /** UTC day, YYYY-MM-DD. */
  readonly effectiveFrom: string;
  /** Length of the prompt above which it holds; null for short prompts. */
  readonly abovePromptTokens: number | null;
  readonly peak: boolean;
  readonly source: string;
}

/**
 * The price of a request among a model's rows.
 *
 * @param name - Begin of the price's id: catalogue, its day and the model.
 * @param rows - Oldest first.
 * @param nowMs - When it is sent.
 * @param promptTokens - Its whole input, cached or not.
 * @returns null where nobody knows, or the last known row has run out.
 */
export function priceInForce(name: string, rows: readonly CataloguePrice[], nowMs: number, promptTokens: number): PriceInForce | null {
  const row = priceRow(rows, nowMs);
  if (row === null) return null;
  const tier = row.tiers.findLast(({ abovePromptTokens }) => promptTokens > abovePromptTokens) ?? null;
  const { input, cachedInput, cacheWrite, output } = tier ?? row;
  const peak = row.peak !== null && isPeak(row.peak, nowMs) ? row.peak : null;
  const price = {
    id: [name, row.effectiveFrom, ...(tier === null ? [] : [`above-${String(tier.abovePromptTokens)}`]), ...(peak === null ? [] : ['peak'])].join(':'),
    input, cachedInput, cacheWrite: cacheWrite ?? input, output,
    effectiveFrom: row.effectiveFrom,
    abovePromptTokens: tier?.abovePromptTokens ?? null,
    peak: peak !== null,
    source: row.source,
  };
  return peak === null ? price : { ...price, ...timesPercent(price, peak.multiplierPercent) };
}

/**
 * A model's list price as people are shown it, with all that it depends on.
 *
 * @param rows - Oldest first.
 * @param nowMs - Today.
 * @returns null where nobody knows, or the last known row has run out.
 */
export function listPrice(rows: readonly CataloguePrice[], nowMs: number): ListPriceView | null {
  const row = priceRow(rows, nowMs);
  if (row === null) return null;
  const { input, cachedInput, cacheWrite, output, effectiveFrom, validTo, tiers, peak } = row;
  return {
    input: microUsd(input), cachedInput: microUsd(cachedInput), cacheWrite: cacheWrite === null ? null : microUsd(cacheWrite), output: microUsd(output),
    effectiveFrom, validTo,
    tiers: tiers.map((tier) => ({ abovePromptTokens: tier.abovePromptTokens, input: microUsd(tier.input), output: microUsd(tier.output) })),
    peak: peak === null ? null : { ...peak, isNow: isPeak(peak, nowMs) },
  };
}

function priceRow(rows: readonly CataloguePrice[], nowMs: number): CataloguePrice | null {
  const day = utcDay(nowMs);
  // Before the first known price the first one is the best there is.
  const row = rows.findLast((price) => price.effectiveFrom <= day) ?? rows[0];
  return row === undefined || (row.validTo !== null && row.validTo <= day) ? null : row;
}

/**
 * A price as a relay charges it that takes a part of, or more than, the list price.
 *
 * @param price - List price.
 * @param percent - Of it; each bucket is rounded up.
 */
export function multipliedPrice(price: PriceInForce, percent: number): PriceInForce {
  if (percent === 100) return price;
  return { ...price, ...timesPercent(price, percent), id: `${price.id}:x${String(percent)}`, source: `${price.source}; ${String(percent)} % of it by the clinic's settings` };
}

/**
 * A price as a clinic typed it.
 *
 * @param model - Catalogue's or the relay's name.
 * @param typed - Micro-USD per million tokens.
 */
export function typedPrice(model: string, typed: TypedPrice): PriceInForce {
  const cacheWrite = typed.cacheWrite ?? typed.input;
  const numbers = [typed.input, typed.cachedInput, cacheWrite, typed.output];
  return {
    ...typed, cacheWrite,
    id: ['clinic', model, ...numbers].join(':'),
    effectiveFrom: '1970-01-01', abovePromptTokens: null, peak: false, source: 'set by the clinic',
  };
}

function isPeak({ days, hoursUtc }: NonNullable<CataloguePrice['peak']>, nowMs: number): boolean {
  const now = new Date(nowMs);
  const hour = now.getUTCHours();
  return days.includes(now.getUTCDay()) && hoursUtc.some(([from, before]) => hour >= from && hour < before);
}

type Buckets = Pick<PriceInForce, 'input' | 'cachedInput' | 'cacheWrite' | 'output'>;

function timesPercent({ input, cachedInput, cacheWrite, output }: Buckets, percent: number): Buckets {
  const times = (price: number): number => Math.ceil((price * percent) / 100);
  return { input: times(input), cachedInput: times(cachedInput), cacheWrite: times(cacheWrite), output: times(output) };
}
