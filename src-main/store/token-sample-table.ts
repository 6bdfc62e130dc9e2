import type { EpochMs } from '../../src-shared/domain/units.ts';
import { inTransaction } from './open-database.ts';
import type { Database } from './open-database.ts';

/** Input tokens of one answered request, as forecast and as the relay reported them. */
export interface StoredTokenSample {
  readonly atMs: EpochMs;
  readonly forecastTokens: number;
  readonly reportedTokens: number;
}

/**
 * Keeps what a relay reported beside what was forecast.
 *
 * @param database - Of the data folder.
 * @param about - Relay and model, as they were asked.
 * @param sample - Both counts above 0.
 * @param most - Newest samples of this relay and model that stay.
 */
export async function insertTokenSample(
  database: Database,
  about: { readonly relayId: string; readonly model: string },
  sample: StoredTokenSample,
  most: number,
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await transaction
      .insertInto('token_sample')
      .values({ relay_id: about.relayId, model: about.model, at: sample.atMs, forecast_tokens: sample.forecastTokens, reported_tokens: sample.reportedTokens })
      .execute();
    const oldestKept = await transaction
      .selectFrom('token_sample')
      .select('sequence')
      .where('relay_id', '=', about.relayId)
      .where('model', '=', about.model)
      .orderBy('sequence', 'desc')
      .offset(most - 1)
      .limit(1)
      .executeTakeFirst();
    if (oldestKept === undefined) return;
    await transaction
      .deleteFrom('token_sample')
      .where('relay_id', '=', about.relayId)
      .where('model', '=', about.model)
      .where('sequence', '<', oldestKept.sequence)
      .execute();
  });
}

/** What is known of a model on a relay, oldest first. */
export async function listTokenSamples(database: Database, about: { readonly relayId: string; readonly model: string }): Promise<readonly StoredTokenSample[]> {
  const rows = await database
    .selectFrom('token_sample')
    .select(['at', 'forecast_tokens', 'reported_tokens'])
    .where('relay_id', '=', about.relayId)
    .where('model', '=', about.model)
    .orderBy('sequence')
    .execute();
  return rows.map((row) => ({ atMs: row.at as EpochMs, forecastTokens: row.forecast_tokens, reportedTokens: row.reported_tokens }));
}
