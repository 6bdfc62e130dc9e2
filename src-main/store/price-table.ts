import type { EpochMs } from '../../src-shared/domain/units.ts';
import type { Database } from './open-database.ts';

/** Price of a model in integer micro-USD per million tokens, in force from `effectiveFrom` on. */
export interface PriceRow {
  readonly id: string;
  readonly model: string;
  readonly inputMicroUsdPerMillion: number;
  readonly cachedInputMicroUsdPerMillion: number;
  readonly outputMicroUsdPerMillion: number;
  readonly effectiveFrom: EpochMs;
  readonly source: string;
}

/** Adds price rows that are not there yet; a row once stored never changes. */
export async function insertPrices(database: Database, prices: readonly PriceRow[]): Promise<void> {
  if (prices.length === 0) return;
  await database
    .insertInto('price')
    .values(
      prices.map((price) => ({
        id: price.id,
        model: price.model,
        input_micro_usd_per_million: price.inputMicroUsdPerMillion,
        cached_input_micro_usd_per_million: price.cachedInputMicroUsdPerMillion,
        output_micro_usd_per_million: price.outputMicroUsdPerMillion,
        effective_from: price.effectiveFrom,
        source: price.source,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The price of a model in force at a point in time; null where none is known. */
export async function findPrice(database: Database, model: string, at: EpochMs): Promise<PriceRow | null> {
  const row = await database
    .selectFrom('price')
    .selectAll()
    .where('model', '=', model)
    .where('effective_from', '<=', at)
    .orderBy('effective_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    model: row.model,
    inputMicroUsdPerMillion: row.input_micro_usd_per_million,
    cachedInputMicroUsdPerMillion: row.cached_input_micro_usd_per_million,
    outputMicroUsdPerMillion: row.output_micro_usd_per_million,
    effectiveFrom: row.effective_from as EpochMs,
    source: row.source,
  };
}
