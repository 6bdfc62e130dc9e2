import type { Selectable } from 'kysely';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import type { Database } from './open-database.ts';
import type { Schema } from './schema.ts';

/** A price that an attempt was booked by, in integer micro-USD per million tokens. */
export interface PriceRow {
  /** Names the row, tier and hour; never means another price. */
  readonly id: string;
  readonly model: string;
  readonly inputMicroUsdPerMillion: number;
  readonly cachedInputMicroUsdPerMillion: number;
  readonly cacheWriteMicroUsdPerMillion: number;
  readonly outputMicroUsdPerMillion: number;
  /** Length of the prompt above which it holds; null for short prompts. */
  readonly abovePromptTokens: number | null;
  readonly peak: boolean;
  readonly effectiveFrom: EpochMs;
  readonly source: string;
}

/** Keeps a price for the attempts that are booked by it; one that is there never changes. */
export async function insertPrice(database: Database, price: PriceRow): Promise<void> {
  await database
    .insertInto('price')
    .values({
      id: price.id,
      model: price.model,
      input_micro_usd_per_million: price.inputMicroUsdPerMillion,
      cached_input_micro_usd_per_million: price.cachedInputMicroUsdPerMillion,
      cache_write_micro_usd_per_million: price.cacheWriteMicroUsdPerMillion,
      output_micro_usd_per_million: price.outputMicroUsdPerMillion,
      above_prompt_tokens: price.abovePromptTokens,
      peak: price.peak ? 1 : 0,
      effective_from: price.effectiveFrom,
      source: price.source,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The price that an attempt was booked by; null where there is none of that id. */
export async function findPrice(database: Database, id: string): Promise<PriceRow | null> {
  const row = await database.selectFrom('price').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toPrice(row);
}

function toPrice(row: Selectable<Schema['price']>): PriceRow {
  return {
    id: row.id,
    model: row.model,
    inputMicroUsdPerMillion: row.input_micro_usd_per_million,
    cachedInputMicroUsdPerMillion: row.cached_input_micro_usd_per_million,
    cacheWriteMicroUsdPerMillion: row.cache_write_micro_usd_per_million,
    outputMicroUsdPerMillion: row.output_micro_usd_per_million,
    abovePromptTokens: row.above_prompt_tokens,
    peak: row.peak === 1,
    effectiveFrom: row.effective_from as EpochMs,
    source: row.source,
  };
}
